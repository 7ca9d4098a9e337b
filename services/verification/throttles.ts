import type { VerificationKind } from '../../models/verifications';
import type { Limits } from '../limits';
import { NOTICES, SENDS, TRIES_IN_VAIN, type Bounds } from './bounds';

/** Who asks. */
export interface Asker {
  readonly conversationId: string;
  /** Stands for where the conversation came from; absent where the channel does not tell. */
  readonly origin?: string;
}

/** It was too much; `by`: for what. */
export interface Throttled {
  readonly outcome: 'throttled';
  readonly by: 'conversation' | 'mailbox' | 'origin';
}

/** What a code is asked for: counted by, but not told apart by, whether there is a record. */
export interface Target {
  readonly kind: VerificationKind;
  /** The mailbox or user name as it was typed, in the form in which those that are alike are the same. */
  readonly typed: string;
  /** The record; where there is none, what was typed. */
  readonly record: string;
}

type Counter = readonly [by: Throttled['by'], value: string, bounds: Bounds];

/**
 * Counts codes and tries against their limits.
 *
 * A refusal goes by what was typed, so that it is the same whether or not there is a record. The same limits hold for the
 * record, which can be named by its address and by its user name; but a refusal for one name because of tries at the other
 * would tell that they belong together. So that one is never said: a code is not sent, a try is not looked at.
 */
export class Throttles {
  constructor(private readonly limits: Limits) {}

  /** Counts a code that is to be sent. */
  send(asker: Asker, { kind, typed }: Target): Promise<Throttled | undefined> {
    return this.takeAll('sent', [
      ['conversation', `${kind}/${asker.conversationId}`, SENDS.conversation],
      ...originOf(asker, SENDS.origin),
      ['mailbox', typed, SENDS.mailbox],
    ]);
  }

  /** Whether the record may be sent a code; counts it. */
  reaches({ record }: Target): Promise<boolean> {
    return this.takeEach('sent/record', record, SENDS.mailbox);
  }

  /** Counts a try before it is looked at. */
  attempt(asker: Asker, { typed }: Target): Promise<Throttled | undefined> {
    return this.takeAll('tried', triesOf(asker, typed));
  }

  /** Whether a try at the record may be looked at; counts it. */
  looksAt({ record }: Target): Promise<boolean> {
    return this.takeEach('tried/record', record, TRIES_IN_VAIN.mailbox);
  }

  /** Takes back what `attempt` and `looksAt` counted, since the try was right. */
  async right(asker: Asker, { typed, record }: Target): Promise<void> {
    for (const [by, value, bounds] of triesOf(asker, typed))
      for (const span of Object.keys(bounds))
        await this.limits.giveBack(`tried/${by}/${span}`, value);
    for (const span of Object.keys(TRIES_IN_VAIN.mailbox))
      await this.limits.giveBack(`tried/record/${span}`, record);
  }

  /** Whether this is the moment to tell the mailbox that somebody guesses; true once a day. */
  tells({ record }: Target): Promise<boolean> {
    return this.limits.take('guessed/record', record, NOTICES);
  }

  /** Until when no try is looked at, since there were too many in vain; undefined while tries are looked at. */
  async closedUntil({ typed, record }: Target): Promise<Date | undefined> {
    const ends: Date[] = [];
    // All of them, whichever is met: it takes as long.
    for (const [span, limit] of Object.entries(TRIES_IN_VAIN.mailbox))
      for (const [by, value] of [['mailbox', typed] as const, ['record', record] as const]) {
        const end = await this.limits.fullUntil(`tried/${by}/${span}`, value, limit);
        if (end) ends.push(end);
      }
    return ends.sort((one, other) => one.getTime() - other.getTime()).at(-1);
  }

  private async takeAll(
    what: string,
    counters: readonly Counter[],
  ): Promise<Throttled | undefined> {
    for (const [by, value, bounds] of counters)
      if (!(await this.takeEach(`${what}/${by}`, value, bounds)))
        return { outcome: 'throttled', by };
    return undefined;
  }

  private async takeEach(name: string, value: string, bounds: Bounds): Promise<boolean> {
    const taken: string[] = [];
    for (const [span, limit] of Object.entries(bounds)) {
      const each = `${name}/${span}`;
      if (await this.limits.take(each, value, limit)) {
        taken.push(each);
        continue;
      }
      // What was refused is not to use up the shorter span, too.
      for (const one of taken) await this.limits.giveBack(one, value);
      return false;
    }
    return true;
  }
}

const triesOf = (asker: Asker, typed: string): Counter[] => [
  ['conversation', asker.conversationId, TRIES_IN_VAIN.conversation],
  ...originOf(asker, TRIES_IN_VAIN.origin),
  // The last, so that nobody uses up what is the owner's after their own was used up.
  ['mailbox', typed, TRIES_IN_VAIN.mailbox],
];

const originOf = ({ origin }: Asker, bounds: Bounds): Counter[] =>
  origin === undefined ? [] : [['origin', origin, bounds]];
