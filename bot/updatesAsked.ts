import { parseArgs } from 'node:util';
import { ProductError } from '../services/errors';
import { REASON_LENGTH, type StaffDeed } from '../services/updates';

export const UPDATES_USAGE = `Usage: npm run -s updates -- list [--all]    requests that wait for a person; --all: also those that are over
       npm run -s updates -- show ID         what one says, with the values
       npm run -s updates -- vouch ID --by ADDRESS --reason TEXT [--user NAME]
             the first person stands behind it; NAME: the user name of the record, where it is not the one they gave
       npm run -s updates -- approve ID --by ADDRESS --reason TEXT [--notice | --withhold-notice]
             the second person has it done; --withhold-notice: the mailbox on file until now is not told;
             one of the two has to be given where somebody else reads that mailbox
       npm run -s updates -- refuse ID --by ADDRESS --reason TEXT    the customer is sent the reason
       npm run -s updates -- done ID --by ADDRESS --reason TEXT      somebody has seen to a forgotten password
       npm run -s updates -- propose --user NAME --set FIELD=VALUE [--set …] --by ADDRESS --reason TEXT
             takes down what a customer asked for by telephone; a second person has to approve it
       ID: the first eight characters are enough. ADDRESS is yours, as it stands in the settings.
       FIELD: name, email, phone, mailingAddress, shippingAddress, billingAddress (lines apart by \\n),
             newsletter, marketingEmail, marketingPhone, marketingPost (on or off)`;

const DEEDS = ['vouch', 'approve', 'refuse', 'done'] as const;
/** The first eight hexadecimal digits of a UUID, or more of it. */
const ID = /^[0-9a-f]{8}[0-9a-f-]{0,28}$/;

/** What `npm run updates` is asked for. */
export type UpdatesAsked =
  | { readonly action: 'list'; readonly all: boolean }
  | { readonly action: 'show'; readonly id: string }
  | {
      readonly action: (typeof DEEDS)[number];
      readonly id: string;
      readonly deed: StaffDeed;
      readonly userName?: string;
      /** What happens to the mailbox on file, where that was said. */
      readonly notice?: 'given' | 'withheld';
    }
  | {
      readonly action: 'propose';
      readonly userName: string;
      readonly changes: Readonly<Record<string, string>>;
      readonly deed: StaffDeed;
    };

/**
 * Reads the command's arguments.
 * @param at when it is run.
 * @throws ProductError `BadArgument`, in words.
 */
export function updatesAsked(args: readonly string[], at: Date): UpdatesAsked {
  const { positionals, values } = parsed(args);
  const [action = '', given, ...rest] = positionals;
  if (rest.length > 0) throw misused();
  const { all = false, by, reason, user: userName, set: sets = [] } = values;
  const notice = noticeIn(values);
  const deedOptions = [by, reason, userName, notice, sets[0]];
  const noDeed = deedOptions.every((each) => each === undefined);
  if (action === 'list' && given === undefined && noDeed) return { action, all };
  if (all) throw misused();
  if (action === 'propose' && given === undefined && userName && !notice)
    return { action, userName, changes: changesIn(sets), deed: deedOf(at, by, reason) };
  const id = (given ?? '').toLowerCase();
  if (!ID.test(id) || sets.length > 0) throw misused();
  if (action === 'show' && noDeed) return { action, id };
  const deedAction = DEEDS.find((each) => each === action);
  if (!deedAction) throw misused();
  if ((userName !== undefined && action !== 'vouch') || (notice && action !== 'approve'))
    throw misused();
  return {
    ...{ action: deedAction, id, deed: deedOf(at, by, reason) },
    ...(notice ? { notice } : {}),
    ...(userName === undefined ? {} : { userName }),
  };
}

function noticeIn({
  notice: given = false,
  'withhold-notice': withheld = false,
}: ReturnType<typeof parsed>['values']): 'given' | 'withheld' | undefined {
  if (given && withheld) throw misused();
  if (withheld) return 'withheld';
  return given ? 'given' : undefined;
}

function deedOf(at: Date, by: string | undefined, reason = ''): StaffDeed {
  if (by === undefined || by === '') throw misused();
  const { least, most } = REASON_LENGTH;
  const why = reason.trim();
  if (why.length < least || why.length > most)
    throw new ProductError(
      'BadArgument',
      `Give a --reason of ${least} to ${most} characters: it is recorded.`,
    );
  return { at, by, reason: why };
}

/** A line break in an address is hard to type at a terminal. */
function changesIn(sets: readonly string[]): Record<string, string> {
  if (sets.length === 0) throw misused();
  const pairs = sets.map((set) => {
    const equals = set.indexOf('=');
    if (equals < 1) throw misused();
    return [set.slice(0, equals).trim(), set.slice(equals + 1).replaceAll('\\n', '\n')] as const;
  });
  if (new Set(pairs.map(([field]) => field)).size < pairs.length)
    throw new ProductError('BadArgument', 'Give each field once.');
  return Object.fromEntries(pairs);
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        all: { type: 'boolean' },
        by: { type: 'string' },
        reason: { type: 'string' },
        set: { type: 'string', multiple: true },
        user: { type: 'string' },
        notice: { type: 'boolean' },
        'withhold-notice': { type: 'boolean' },
      },
    });
  } catch (cause) {
    throw misused(cause);
  }
}

const misused = (cause?: unknown): ProductError =>
  new ProductError('BadArgument', UPDATES_USAGE, { cause });
