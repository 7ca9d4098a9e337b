import type { TurnContext } from 'botbuilder';
import { findEmail } from '../../services/entities';
import { triage } from '../../services/triage';
import type { Understood } from '../../services/understanding/types';
import { isQuestion } from '../answers';
import { askerOf, personOf, userNameIn } from '../asker';
import { plainAside } from '../asides';
import type { Desk } from '../desk';
import { FormDialog, type Aside, type Between, type Question, type Step } from '../formDialog';
import { freeze as words, verify } from '../wording/record';

export const FREEZE_DIALOG = 'freeze';

export interface FreezeOptions {
  /** The case that it belongs to. */
  readonly caseId: string;
}

interface Freezing {
  readonly asking: 'offer' | 'who';
  readonly caseId: string;
  readonly held?: boolean;
  readonly heard?: string;
  readonly unanswered?: boolean;
}

/** What came of it for the report that it belongs to. */
export interface FreezeResult {
  /** A record was held still, if there is one. */
  readonly held: boolean;
  /** What they said meanwhile that belongs to the report. */
  readonly heard?: string;
  /** They said that instead of an answer. */
  readonly unanswered?: boolean;
}

/** Holds a record still at once, for somebody who fears for it and could prove nothing yet. */
export class FreezeDialog extends FormDialog<Freezing, FreezeOptions> {
  constructor(desk: Desk) {
    super(FREEZE_DIALOG, desk);
  }

  protected async begin(_context: TurnContext, { caseId }: FreezeOptions): Promise<Freezing> {
    return { asking: 'offer', caseId };
  }

  protected question({ asking }: Freezing): Question {
    return asking === 'offer'
      ? { text: words.offer, choices: words.offerChoices }
      : { text: words.who, choices: [] };
  }

  protected takesAnyWords(): boolean {
    return false;
  }

  protected async take(
    context: TurnContext,
    state: Freezing,
    text: string,
    understood: Understood,
  ): Promise<Step<Freezing>> {
    // The report goes on with what they say: it has the safety steps for whoever is in danger.
    if (triage(text).danger) return { outcome: 'complete', state: { ...state, heard: text } };
    const wanted = state.asking === 'who' || (YES.test(text) && !NO.test(text));
    if (!wanted && (understood.intent === 'no' || NO.test(text))) {
      await context.sendActivity(words.notDone);
      return { outcome: 'complete', state };
    }
    // An address alone is no yes: it may be where they want to be written to, or the stranger's.
    const named = findEmail(text) ?? (state.asking === 'who' ? userNameIn(text) : undefined);
    const claimed = wanted && !THEIRS.test(text) ? named : undefined;
    if (claimed) return this.held(context, state, claimed);
    if (state.asking === 'who' && NOT_AT_ALL.test(text)) {
      await context.sendActivity(words.notDone);
      return { outcome: 'complete', state };
    }
    if (state.asking === 'who') return { outcome: 'unclear', say: verify.whoUnclear };
    if (understood.intent === 'yes' || YES.test(text))
      return { outcome: 'taken', state: { ...state, asking: 'who' } };
    return tells(text)
      ? { outcome: 'complete', state: { ...state, heard: text, unanswered: true } }
      : { outcome: 'unclear', say: words.offerUnclear };
  }

  private async held(
    context: TurnContext,
    state: Freezing,
    claimed: string,
  ): Promise<Step<Freezing>> {
    const asker = await askerOf(context, this.desk);
    const cause = context.activity.id ?? state.caseId;
    const asked = await this.desk.freezes.asked(asker, claimed, state.caseId, cause);
    const done = asked.outcome === 'done';
    await context.sendActivity(done ? words.done : verify.throttled[asked.by](personOf(this.desk)));
    return { outcome: 'complete', state: { ...state, held: done } };
  }

  protected async settled(_context: TurnContext, state: Freezing): Promise<Freezing> {
    return state;
  }

  protected async finish(): Promise<undefined> {
    return undefined;
  }

  protected override result({ held = false, heard, unanswered }: Freezing): FreezeResult {
    return {
      held,
      ...(heard === undefined ? {} : { heard }),
      ...(unanswered ? { unanswered } : {}),
    };
  }

  protected async cancel(context: TurnContext): Promise<void> {
    await context.sendActivity(words.notDone);
  }

  protected async aside(
    context: TurnContext,
    state: Freezing,
    between: Between,
  ): Promise<Aside<Freezing> | undefined> {
    if (between.kind === 'open') return undefined;
    return plainAside(context, this.desk, state, between, words.help);
  }
}

const TELLING_WORDS = 3;

/** Whether words go on with the story: it is the report that keeps them. */
const tells = (text: string): boolean =>
  !isQuestion(text) && text.split(/\s+/).filter(Boolean).length >= TELLING_WORDS;

const YES = /\b(?:hold|freeze|lock|block|do it|at once|yes|please do|ok(?:ay)?|sure)\b/i;
const NO =
  /\b(?:no|nope|nah|not|never|do not|don['’]?t|rather not|leave (?:it|me)|go on|what|why|how)\b/i;
const NOT_AT_ALL = /^\W*(?:no|nope|nah|not|never ?mind|don['’]?t|do not)\b/i;
const THEIRS = /\b(?:changed? (?:it|that|my \S+) to|(?:his|her|their|thief['’]?s|hacker['’]?s) )/i;
