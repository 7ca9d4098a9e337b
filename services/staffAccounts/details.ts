import { z } from 'zod';
import { comparable } from '../addresses';
import { lineOf } from '../plainWords';
import { ROLES, type Role } from '../roles';

/** What is amiss with what was typed, in words for whoever typed it. */
export interface Invalid<Field extends string> {
  readonly outcome: 'invalid';
  readonly field: Field;
  readonly why: string;
}

const LONGEST_NAME = 80;
const LONGEST_EMAIL = 254;
const EMAIL = z.email().max(LONGEST_EMAIL);
const SOME_ROLES = z.array(z.enum(ROLES)).min(1);

/** A name as it is kept: one line, and no character that nobody sees. */
export const nameOf = (typed: string): string => lineOf(typed).normalize('NFC');

/** Why a name cannot be one, in words. */
export function whyNotName(name: string): string | undefined {
  if (name === '') return 'Please give a name: customers see it when they talk to a person.';
  return Array.from(name).length > LONGEST_NAME
    ? `A name has at most ${LONGEST_NAME} characters.`
    : undefined;
}

/** Why an address cannot be that of an account, in words. */
export function whyNotEmail(email: string, deskMailboxes: readonly string[]): string | undefined {
  if (!EMAIL.safeParse(email).success) return 'This is not an e-mail address.';
  return deskMailboxes.some((own) => comparable(own) === comparable(email))
    ? 'This is a mailbox of the desk itself, and nobody’s of staff.'
    : undefined;
}

/** Roles, each once, in the order of the rules; undefined where there is none, or one that is unknown. */
export function rolesFrom(given: readonly string[]): Role[] | undefined {
  const parsed = SOME_ROLES.safeParse(given);
  return parsed.success ? ROLES.filter((role) => parsed.data.includes(role)) : undefined;
}

/** What is said where no role is given. */
export const NO_ROLE = 'Please choose at least one role.';
