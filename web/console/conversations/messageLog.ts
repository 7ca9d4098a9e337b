import type { MessageView } from '../../../bot/console/contract';

/** Messages that came in any order and any number of times, in order and each once. */
export function withMessages(
  known: readonly MessageView[],
  came: readonly MessageView[],
): readonly MessageView[] {
  const last = known.at(-1)?.sequence ?? 0;
  const [first] = came;
  // The usual one: the next message.
  if (came.length === 1 && first && first.sequence > last) return [...known, first];
  const bySequence = new Map(known.map((message) => [message.sequence, message]));
  const fresh = came.filter(({ sequence }) => !bySequence.has(sequence));
  if (fresh.length === 0) return known;
  for (const message of fresh) bySequence.set(message.sequence, message);
  return [...bySequence.values()].sort((one, other) => one.sequence - other.sequence);
}

/** A message that the agent has sent, as long as the log does not show it. */
export interface Outgoing {
  /** UUID by which it is said once, however often it is sent. */
  readonly id: string;
  readonly text: string;
  /** `refused`: it will not be said, and `why` tells. */
  readonly state: 'waiting' | 'sending' | 'failed' | 'said' | 'refused';
  /** The last message of the log when it was sent. */
  readonly after: number;
  readonly why?: string;
}

/**
 * The outgoing messages that the log does not show yet. One that is said is shown by the first message of mine after it
 * was sent; one whose answer is still out, only by its very words.
 */
export function notYetShown(
  outgoing: readonly Outgoing[],
  messages: readonly MessageView[],
  name: string,
): readonly Outgoing[] {
  if (outgoing.length === 0) return outgoing;
  const taken = new Set<number>();
  const left = outgoing.filter(({ state, text, after }) => {
    if (state === 'refused' || state === 'waiting') return true;
    const shown = messages.find(
      (message) =>
        message.sequence > after &&
        message.from === 'agent' &&
        message.name === name &&
        !taken.has(message.sequence) &&
        (state === 'said' || squeezed(message.text) === squeezed(text)),
    );
    if (shown) taken.add(shown.sequence);
    return !shown;
  });
  return left.length === outgoing.length ? outgoing : left;
}

const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();
