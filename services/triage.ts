import type { CaseKind, Urgency } from './cases';
import { findChanges } from './entities';
import type { Danger } from './guidance';
import { soundsAngry } from './personNeeded';
import {
  ABOUT_AN_ACCOUNT,
  COMPLAINT,
  COMPUTER_BEING_USED,
  COMPUTER_ENTERED,
  DATA_OUT,
  HASTE,
  HOLD_STILL,
  IN_THE_PAST,
  MAILINGS,
  MISUSE,
  MONEY_BEING_TAKEN,
  MONEY_TAKEN,
  NOW,
  PHISHING,
  RIGHT_NOW,
  SOMEBODY_GOT_IN,
} from './triagePatterns';

/** What a report's words say about how it is to be treated; the customer can correct the kind. */
export interface Triage {
  readonly kind: Exclude<CaseKind, 'question'>;
  readonly urgency: Urgency;
  /** Set when harm is being done this minute. */
  readonly danger?: Danger;
}

const LONGEST_READ = 4000;

/** Sorts a report by its words. Rules, not statistics: what is urgent must not depend on training. */
export function triage(text: string): Triage {
  const words = plain(text);
  const danger = dangerIn(words);
  return {
    kind: kindOf(words) ?? mildest(words),
    urgency: danger ? 'now' : isHigh(words) ? 'high' : 'normal',
    ...(danger ? { danger } : {}),
  };
}

/**
 * The kind of report that words make; undefined when they report nothing, as in a question, or where the writer only
 * wants to leave the newsletter or get no offers any more.
 */
export function reportedKind(text: string): Triage['kind'] | undefined {
  const words = plain(text);
  const kind = kindOf(words);
  if (kind || !MAILINGS.test(words)) return kind;
  return wantsMailingsChanged(text) ? undefined : 'complaint';
}

const wantsMailingsChanged = (text: string): boolean =>
  findChanges(text.slice(0, LONGEST_READ)).changes.some(({ value }) => typeof value === 'boolean');

/** Whether the writer is angry or presses for haste, which makes a report urgent whatever it tells. */
export const presses = (text: string): boolean => soundsAngry(text) || HASTE.test(plain(text));

/** What a report is whose words say nothing of its kind. */
function mildest(words: string): Triage['kind'] {
  if (MAILINGS.test(words)) return 'complaint';
  return ABOUT_AN_ACCOUNT.test(words) ? 'misuse' : 'breach';
}

/** Whether the writer asks to have their account or record held still. */
export const asksToHold = (text: string): boolean => HOLD_STILL.test(plain(text));

/** Whether somebody may be using or changing the customer's account, or the customer asks to have it held still. */
export function endangersRecord(text: string): boolean {
  const words = plain(text);
  return MISUSE.test(words) || HOLD_STILL.test(words);
}

const plain = (text: string): string =>
  text
    .slice(0, LONGEST_READ)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ');

/** Money goes first: it cannot be got back, and its steps say to disconnect the computer too. */
function dangerIn(words: string): Danger | undefined {
  const past = IN_THE_PAST.test(words);
  const now = RIGHT_NOW.test(words) || (NOW.test(words) && !past);
  if (MONEY_BEING_TAKEN.test(words) || (now && MONEY_TAKEN.test(words))) return 'money';
  if (COMPUTER_BEING_USED.test(words) || (now && COMPUTER_ENTERED.test(words))) return 'computer';
  return undefined;
}

function kindOf(words: string): Triage['kind'] | undefined {
  if (DATA_OUT.test(words) || PHISHING.test(words)) return 'breach';
  if (MISUSE.test(words)) return 'misuse';
  const account = ABOUT_AN_ACCOUNT.test(words);
  if (MONEY_TAKEN.test(words) || MONEY_BEING_TAKEN.test(words))
    return account ? 'misuse' : 'breach';
  if (COMPLAINT.test(words)) return 'complaint';
  return undefined;
}

const isHigh = (words: string): boolean =>
  DATA_OUT.test(words) ||
  SOMEBODY_GOT_IN.test(words) ||
  MISUSE.test(words) ||
  MONEY_TAKEN.test(words);
