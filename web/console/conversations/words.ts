import type { ConsentView, MessageView } from '../../../bot/console/contract';
import { written } from '../times';

export const NOT_HELD = 'You do not hold this conversation any more.';

export const CHANGED_HANDS = 'Somebody else has taken or passed on this conversation meanwhile.';

const CONSENT: Readonly<Record<ConsentView['state'], string>> = {
  asked: 'Asked; the customer has not answered yet',
  given: 'The customer agrees',
  refused: 'The customer does not agree',
  revoked: 'Taken back by the customer',
  ended: 'Over',
};

/** How a consent stands. */
export function consentWords({ state, until, endedBy }: ConsentView): string {
  if (state === 'given' && until) return `${CONSENT.given}, until ${written(until, 'time')}`;
  if (state === 'ended' && endedBy === 'time') return 'Over: its time is up';
  if (state === 'ended' && endedBy === 'conversation') return 'Over with the conversation';
  return CONSENT[state];
}

const EXCERPT = 70;

/** A message in one line, with its time. */
export function excerpt({ at, text }: MessageView): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const short = line.length > EXCERPT ? `${line.slice(0, EXCERPT)}…` : line;
  return `${written(at, 'dateTime')} – ${short}`;
}

/** How an agent can say that a conversation ended. */
export const DISPOSITIONS = [
  ['solved', 'Solved'],
  ['caseOpened', 'A case was opened'],
  ['changeProposed', 'A change was proposed'],
  ['passedOn', 'Passed on to somebody else'],
  ['noAnswer', 'The customer did not answer'],
  ['abuse', 'Abuse'],
] as const;
