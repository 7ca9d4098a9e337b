import type { Limit } from '../limits';

/*
 * The whole life of a code.
 *
 * 1. Somebody in a conversation names an e-mail address or a user name. Whatever they name, a challenge is stored, with
 *    one effect; only the holder of a mailbox can see whether it was a code. It goes to the mailbox on file, never to the
 *    address as it was typed: what looks the same need not be the same.
 * 2. The code is six digits of a cryptographic generator. It stands in the sealed mail and nowhere else; the challenge
 *    keeps a keyed hash that is bound to the challenge and the conversation, so that the store tells no code and another
 *    conversation's code is of no use. A challenge without a code keeps the hash of something that is no code.
 * 3. It lives ten minutes. Asking for it again makes a new code and voids the one before; the tries are counted on, since
 *    a count that began anew would be no count. A challenge that was tried five times in vain is spent, and asking again
 *    for the same in the same conversation is refused until it is removed.
 * 4. A try is counted by atomic updates before it is looked at, so that tries at once cannot slip through; the comparison
 *    takes constant time; a right one uses the challenge up in one atomic update, so that of two at once one wins, and
 *    gives its counts back.
 * 5. It proves a mailbox, not who somebody is. The proof belongs to the conversation and the record: fifteen minutes, five
 *    without a word from the customer (a shared computer), none after the chat has ended or an agent has handed it back,
 *    and none once the record has another mailbox that was not proved in the conversation.
 * 6. A code that is read out on the telephone is of a kind of its own, and all of this holds for it: its conversation is
 *    the call. It is bound to the agent who asked for it and to the purpose, too, both of which its mail names; a chat
 *    cannot use it, nor a call the code of a chat. The agent types what they hear and never sees it. Its proof lasts as
 *    long as another's, but not less where nothing is typed: the caller is there. "Stop: I did not call" in the mail, or
 *    the end of the call, voids code and proof.
 * 7. A day after it was sent the challenge is removed, so that nothing is kept of addresses that somebody made up.
 */

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How many codes there are. */
export const CODES = 1_000_000;
export const CODE_LASTS_MS = 10 * MINUTE_MS;
/** Tries at one challenge, through all its codes. */
export const TRIES = 5;
/** Between two codes for the same mailbox in a conversation: mail takes a while. */
export const RESEND_AFTER_MS = 30 * SECOND_MS;
export const CHALLENGE_KEPT_MS = DAY_MS;

export const PROOF_LASTS_MS = 15 * MINUTE_MS;
/** Without a word from the customer. */
export const PROOF_IDLE_MS = 5 * MINUTE_MS;

/** Limits of one kind; an attempt has to keep all of them. */
export type Bounds = Readonly<Record<string, Limit>>;

/**
 * Codes that are sent. A person needs one, and two or three where the mail is slow or the address was mistyped; each
 * more is a mail to somebody who may not have asked for it. `conversation` counts codes to mailboxes on file and codes to
 * new ones apart, since a changed address needs both.
 */
export const SENDS = {
  conversation: {
    minutes: { most: 3, windowMs: 10 * MINUTE_MS },
    hour: { most: 6, windowMs: HOUR_MS },
  },
  mailbox: { hour: { most: 5, windowMs: HOUR_MS }, day: { most: 10, windowMs: DAY_MS } },
  origin: { hour: { most: 20, windowMs: HOUR_MS } },
} as const satisfies Record<string, Bounds>;

/**
 * Tries in vain. Anybody can begin one conversation after another, and some can come from many addresses, so the limit per
 * mailbox is the one that holds: see `guessesInAYear`. It is also what a stranger can use up to shut the owner out for a
 * while, who then has a person to turn to, and a notice in the mailbox that says why.
 */
export const TRIES_IN_VAIN = {
  conversation: { hour: { most: 10, windowMs: HOUR_MS } },
  mailbox: { day: { most: 10, windowMs: DAY_MS }, month: { most: 40, windowMs: 30 * DAY_MS } },
  origin: { day: { most: 50, windowMs: DAY_MS } },
} as const satisfies Record<string, Bounds>;

/** At most one notice in so long a time that somebody tried to guess the codes to a mailbox. */
export const NOTICES: Limit = { most: 1, windowMs: DAY_MS };

/**
 * How many tries in vain a mailbox can see in a year of 365 days from somebody who never stops: windows of 30 days, one
 * right after the other, each with 40 tries: 365 / 30 x 40 = 487. Each is right with a chance of one in a million, so the
 * odds are 1 in 2,055 per mailbox and year (1 in 1,924 in a year that thirteen windows begin in).
 */
export const guessesInAYear = ({ most, windowMs }: Limit = TRIES_IN_VAIN.mailbox.month): number =>
  (365 * DAY_MS * most) / windowMs;
