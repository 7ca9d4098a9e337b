import type { Activity, TurnContext } from 'botbuilder';
import type { Clock } from '../services/ports';

const INVISIBLE = /[\p{Cf}\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** A message's words without what cannot be seen; empty when there are none. */
export const wordsOf = (activity: Activity): string =>
  ((activity as { text?: unknown }).text?.toString() ?? '')
    .replace(/\r?\n|\t/g, '\u{E000}')
    .replace(INVISIBLE, '')
    .replaceAll('\u{E000}', '\n')
    .trim();

/** When the customer said this turn's message, as an ISO instant; the turn may run later than that. */
export function saidAt(context: TurnContext, clock: Clock): string {
  const now = clock.now();
  const { timestamp } = context.activity as { timestamp?: Date | string };
  const said = timestamp ? new Date(timestamp) : now;
  return (said < now ? said : now).toISOString();
}
