import type { Choice, ChoiceRecords } from '../models/choices';
import type { Audit } from './audit';
import { derivedId } from './derivedId';
import { exampleWords, holdsValues } from './exampleWords';
import type { Clock, Log } from './ports';
import type { Added, ExampleFiles } from './understanding/exampleFiles';

export type { Choice } from '../models/choices';

/** A choice that a customer takes. */
export interface TakenChoice {
  readonly conversationId: string;
  /** The message by which it was taken: the same one again is the same choice. */
  readonly activityId: string;
  /** The question that passages were offered for; unset where its words alone do not say what was asked. */
  readonly text?: string | undefined;
  /** Ids of the passages that were offered, best first. */
  readonly offered: readonly string[];
  /** Id of the one that was taken. */
  readonly chosen: string;
}

/** What became of a proposal that was to be accepted; only `accepted` changes anything. */
export type Accepted =
  | { readonly outcome: 'accepted'; readonly choice: Choice }
  | Exclude<Added, { readonly outcome: 'added' }>
  /** Its words still hold a long number or an address. */
  | { readonly outcome: 'personal' }
  | { readonly outcome: 'unknown' };

const DAY_MS = 24 * 60 * 60 * 1000;
/** Words that nobody decided on by then are removed. */
const KEPT_MS = 90 * DAY_MS;
const MOST_PENDING = 500;

/** What customers chose where passages came close: proposals of examples, on which a person decides. */
export class Choices {
  constructor(
    private readonly parts: {
      readonly records: ChoiceRecords;
      readonly examples: ExampleFiles;
      readonly audit: Pick<Audit, 'append'>;
      readonly clock: Clock;
      readonly log: Log;
    },
  ) {}

  /** A customer chose: the log gets ids only; the words are kept sealed and without values, where they are fit for an example. */
  async taken({ conversationId, activityId, text, offered, chosen }: TakenChoice): Promise<void> {
    const { records, clock, log } = this.parts;
    log.info('choice.taken', { conversationId, passage: chosen, count: offered.length });
    const words = text === undefined ? undefined : exampleWords(text);
    if (words === undefined) return;
    const id = derivedId(`choice/${conversationId}/${activityId}`);
    await records.insert({ id, at: clock.now(), conversationId, offered, chosen, words });
  }

  /** The proposals that wait for a decision, oldest first; at most 500. */
  pending(): Promise<Choice[]> {
    return this.parts.records.oldest(MOST_PENDING);
  }

  /** The proposals whose id begins so, at most two. */
  beginningWith(prefix: string): Promise<Choice[]> {
    return this.parts.records.beginningWith(prefix);
  }

  /** Adds the words to the examples of the passage that was chosen, and removes the proposal. */
  async accept(id: string): Promise<Accepted> {
    const { records, examples } = this.parts;
    const [choice] = await records.beginningWith(id);
    if (choice?.id !== id) return { outcome: 'unknown' };
    if (holdsValues(choice.words)) return { outcome: 'personal' };
    const added = await examples.add(choice.chosen, choice.words);
    if (added.outcome !== 'added') return added;
    await this.decided(choice, 'choice.accepted');
    return { outcome: 'accepted', choice };
  }

  /** Removes the proposal; its words are learnt nowhere. */
  async reject(id: string): Promise<'rejected' | 'unknown'> {
    const [choice] = await this.parts.records.beginningWith(id);
    if (choice?.id !== id) return 'unknown';
    await this.decided(choice, 'choice.rejected');
    return 'rejected';
  }

  /** Removes what a conversation's customer had asked. */
  async forgetOf(conversationId: string): Promise<void> {
    await this.parts.records.removeOfConversation(conversationId);
  }

  /** Removes what nobody decided on in 90 days; cheap where there is nothing. */
  async removeOld(): Promise<void> {
    const { records, clock } = this.parts;
    await records.removeBefore(new Date(clock.now().getTime() - KEPT_MS));
  }

  private async decided(
    { id, chosen }: Choice,
    action: 'choice.accepted' | 'choice.rejected',
  ): Promise<void> {
    const { audit, clock, records } = this.parts;
    await audit.append({
      ...{ id: `${id}-${action}`, action, at: clock.now(), by: 'operator' },
      about: { kind: 'choice', id },
      facts: { passage: chosen },
    });
    await records.remove(id);
  }
}
