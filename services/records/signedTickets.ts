import { timingSafeEqual } from 'node:crypto';
import type { Vault } from '../../models/sealed';

/**
 * What a ticket says, and the desk's own mark of it, as `<says>.<mark>`: nobody else can make one.
 * @param says without personal data, since whoever has the ticket can read it.
 */
export const signed = (vault: Vault, purpose: string, says: string): string =>
  `${says}.${vault.blindIndex(purpose, says)}`;

/** What a ticket says; undefined when it is not one of this purpose, or was changed. Tickets of old keys are good, too. */
export function readSigned(vault: Vault, purpose: string, ticket: string): string | undefined {
  if (ticket.length > LONGEST) return undefined;
  const dot = ticket.lastIndexOf('.');
  if (dot < 0) return undefined;
  const says = ticket.slice(0, dot);
  const mark = Buffer.from(ticket.slice(dot + 1));
  const marks = vault.blindIndexes(purpose, says).map((each) => Buffer.from(each));
  // Each is looked at, so that the time taken does not tell which key it was.
  const fits = marks.map((each) => each.length === mark.length && timingSafeEqual(each, mark));
  return fits.includes(true) ? says : undefined;
}

const LONGEST = 300;
