import { parseArgs } from 'node:util';
import { dueInWords } from '../../services/businessDays';
import { ProductError } from '../../services/errors';
import type { Decided, FreezeDecisions, Held } from '../../services/records/freezeDecisions';
import { parseConfig } from '../config';
import { composeOffice } from '../office';
import { systemClock } from '../system';
import { runCommand, type CommandReport } from './run';

const USAGE = `Usage: npm run -s freezes -- list                                     the records that are held still
       npm run -s freezes -- hold USER --by ADDRESS --reason TEXT    held from now on until somebody lets it go
       npm run -s freezes -- keep USER --by ADDRESS --reason TEXT    one that is held: until somebody lets it go
       npm run -s freezes -- lift USER --by ADDRESS --reason TEXT    held no more
       USER is a user name as the list shows it, or a record's id as a mail gives it; ADDRESS is yours, as it stands in the settings.`;

const SHORTEST_REASON = 3;
const LONGEST_REASON = 500;

const BY_WORDS: Readonly<Record<Held['by'], string>> = {
  unverified: 'somebody in the chat who proved nothing',
  link: 'somebody who got one of our mails',
  staff: 'staff',
};

/** What the command needs of the office. */
export interface FreezesOffice {
  readonly freezeDecisions: Pick<FreezeDecisions, 'hold' | 'keep' | 'lift' | 'list'>;
}

/** `npm run freezes`: which records are held still, and who decided what about it; beside a running desk. */
async function main(): Promise<CommandReport> {
  const config = parseConfig();
  const asked = askedFor(process.argv.slice(2), systemClock.now());
  const office = await composeOffice(config);
  try {
    return await runFreezes(office, asked, config.COMPANY_TIME_ZONE);
  } finally {
    await office.close();
  }
}

const DEEDS = ['hold', 'keep', 'lift'] as const;
type Deed = (typeof DEEDS)[number];

/** What is to be done. */
export type FreezesAsked =
  | { readonly action: 'list' }
  | {
      readonly action: Deed;
      readonly userName: string;
      readonly deed: { readonly at: Date; readonly by: string; readonly reason: string };
    };

/**
 * Reads the command's arguments.
 * @throws ProductError `BadArgument`, in words.
 */
export function askedFor(args: readonly string[], at: Date): FreezesAsked {
  const { positionals, values } = parsed(args);
  const [action, userName = '', ...rest] = positionals;
  const { by = '', reason = '' } = values;
  if (rest.length > 0) throw misused();
  if (action === 'list' && userName === '') return { action };
  const deed = DEEDS.find((each) => each === action);
  if (!deed || userName === '' || by === '') throw misused();
  const why = reason.trim();
  if (why.length < SHORTEST_REASON || why.length > LONGEST_REASON)
    throw new ProductError(
      'BadArgument',
      `Give a --reason of ${SHORTEST_REASON} to ${LONGEST_REASON} characters: it is recorded.`,
    );
  return { action: deed, userName, deed: { at, by, reason: why } };
}

/** @param zone IANA zone in which instants are told. */
export async function runFreezes(
  { freezeDecisions }: FreezesOffice,
  asked: FreezesAsked,
  zone: string,
): Promise<CommandReport> {
  if (asked.action === 'list') return { lines: listed(await freezeDecisions.list(), zone) };
  const { action, userName, deed } = asked;
  const { outcome } = await freezeDecisions[action](userName, deed);
  return { lines: [WORDS[outcome](userName, action)], sound: outcome === 'done' };
}

function listed(held: readonly Held[], zone: string): string[] {
  if (held.length === 0) return ['No record is held still.'];
  return held.flatMap(({ userName, customerId, at, by, lapsesAt }) => [
    `${userName}  (record ${customerId})`,
    `  since ${dueInWords(at, zone)}, by ${BY_WORDS[by]}`,
    `  ${lapsesAt ? `ends by itself on ${dueInWords(lapsesAt, zone)}` : 'until somebody lets it go'}`,
  ]);
}

const DONE: Readonly<Record<Deed, (userName: string) => string>> = {
  hold: (userName) =>
    `The record of ${userName} is held still until somebody lets it go. Its mailboxes are told so.`,
  keep: (userName) =>
    `The record of ${userName} stays held still until somebody lets it go. Its mailbox is told so.`,
  lift: (userName) =>
    `The record of ${userName} is not held still any more. Its mailbox is told so.`,
};

const WORDS: Readonly<Record<Decided['outcome'], (userName: string, action: Deed) => string>> = {
  done: (userName, action) => DONE[action](userName),
  unknown: () => 'There is no record with that user name or id. Nothing was done.',
  notFrozen: (userName) => `The record of ${userName} is not held still. Nothing was done.`,
  kept: (userName) =>
    `The record of ${userName} is held still without an end already. Nothing was done.`,
  notStaff: () =>
    'That address is none of those who may decide: a privacy manager, a deputy on duty, or the escalation address. Nothing was done.',
};

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { by: { type: 'string' }, reason: { type: 'string' } },
    });
  } catch (cause) {
    throw misused(cause);
  }
}

const misused = (cause?: unknown): ProductError =>
  new ProductError('BadArgument', USAGE, { cause });

if (require.main === module) runCommand(main);
