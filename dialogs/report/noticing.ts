import type { Report } from '../../services/cases';
import { findNoticed } from '../../services/entities';
import { isQuestion } from '../answers';
import { report as words } from '../wording';
import { withMore, withOwnEmail, type Draft } from './draft';
import { SHORT, withFacts } from './readings';
import {
  countWords,
  DONT_KNOW,
  taken,
  unclear,
  withReport,
  type DraftStep,
  type Reading,
} from './steps';

const VAGUE_TIME =
  /\b(?:ago|(?:days?|weeks?|months?|years?|hours?|while|time) back|last (?:\w+ )?(?:night|week|month|year|time|days?|weeks?|months?)|weeks?|months?|years?|recent\w*|a while|long time|not long|since|few|couple|morning|night|evening|noon|days?|earlier|ages|just before|just after)\b/i;
const VAGUE_WORDS_MOST = 10;
const SHORT_NO = 12;
const TRAILING = /[\s,.;:]+$/;
/** An answer with so many words beside the time tells more than the time. */
const STORY_BESIDE = 5;

/** Reads when it was noticed; what is told beside the time goes into the story. */
export function takeNoticed(draft: Draft, { text, understood, now, zone }: Reading): DraftStep {
  const found = isQuestion(text) ? undefined : findNoticed(text, now, zone);
  const told = (noticed: Report['noticed']): Draft =>
    withOwnEmail(
      { ...draft, report: withFacts({ ...draft.report, noticed }, text, now, zone) },
      text,
    );
  if (found?.outcome === 'found') {
    const tells = countWords(text) - countWords(found.words) >= STORY_BESIDE;
    const said = tells ? found.words : text.slice(0, SHORT);
    const state = told({ words: said.replace(TRAILING, ''), date: found.date });
    return taken(tells ? withMore(state, text) : state);
  }
  if (found?.outcome === 'impossible') return unclear(words.noticedImpossible);
  if (found?.outcome === 'future') return unclear(words.noticedFuture);
  if (understood.intent === 'no' && text.length <= SHORT_NO && !DONT_KNOW.test(text))
    return taken(told({ words: words.noticedNotTold }));
  const vague = DONT_KNOW.test(text) || VAGUE_TIME.test(text);
  return vague && !isQuestion(text) && countWords(text) <= VAGUE_WORDS_MOST && text.length <= SHORT
    ? taken(told({ words: text }))
    : unclear(words.noticedUnclear);
}

const TIME_WORDS_MOST = 6;
const SAYS_WHEN = /\b(?:notic\w+|happen\w*|date|it was|that was)\b/i;
const TIME_SENTENCE_MOST = 10;

/** A time said in place of the one that was told. */
export function correctedTime(draft: Draft, { text, now, zone }: Reading): DraftStep | undefined {
  const most = SAYS_WHEN.test(text) ? TIME_SENTENCE_MOST : TIME_WORDS_MOST;
  if (countWords(text) > most) return undefined;
  const found = findNoticed(text, now, zone);
  return found?.outcome === 'found'
    ? taken(withReport(draft, { noticed: { words: found.words, date: found.date } }))
    : undefined;
}
