import type { Understood } from '../../services/understanding/types';
import { isQuestion } from '../answers';
import { report as words } from '../wording';
import type { Draft } from './draft';
import { plainName, withFacts } from './readings';
import { ask, type DraftStep, type Reading } from './steps';

const NO_REPORT =
  /\b(?:no report|(?:don['’]?t|do not|didn['’]?t|did not) (?:want|wish|mean|need) to (?:report|complain)|not (?:reporting|a report|a complaint))\b/i;
const DROPS =
  /\b(?:forget (?:it|about it|this|the whole thing)|drop (?:it|this|that)|never ?mind|changed my mind|not a breach|(?:only|just) (?:a question|asked|asking|wanted to (?:ask|know)))\b/i;
const LONGEST_WISH = 100;

/** Whether the words wish the whole of it away: it is asked before anything is lost. */
export const wishesAway = (text: string): boolean =>
  wantsNoReport(text) || (text.length <= LONGEST_WISH && DROPS.test(text));

/** Whether somebody says outright that they report nothing. */
export const wantsNoReport = (text: string): boolean =>
  text.length <= LONGEST_WISH && NO_REPORT.test(text);

const COURTESIES: Partial<Record<Understood['intent'], string>> = {
  thanks: words.welcome,
  goodbye: words.leaving,
};

/** A name of two words and more, in capitals: alone it may be anything. */
const FULL_NAME = /^\W*\p{Lu}[\p{L}'.-]+(?: \p{Lu}[\p{L}'.-]+)+\b/u;

/**
 * What is said beside the question and answers none: a wish to drop it, a courtesy, or something of themselves that
 * will be asked for later. Undefined when it is nothing of these.
 */
export function saidBeside(
  draft: Draft,
  { text, understood, now, zone }: Reading,
): DraftStep | undefined {
  if (draft.asking === 'drop') return undefined;
  if (wishesAway(text)) return ask(draft, 'drop');
  const courtesy = COURTESIES[understood.intent];
  if (courtesy !== undefined && understood.score === 1)
    return { outcome: 'ask', state: draft, say: courtesy };
  if (isQuestion(text)) return undefined;
  const told = withFacts(draft.report, text, now, zone);
  const name = told.name ?? (FULL_NAME.test(text) ? plainName(text) : undefined);
  const report = name === undefined ? told : { ...told, name };
  const isNew = (['name', 'phone', 'noticed'] as const).some(
    (field) => report[field] !== draft.report[field],
  );
  return isNew ? { outcome: 'more', state: { ...draft, report }, say: words.noted } : undefined;
}
