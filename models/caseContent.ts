/** What a case is made of; the store's side of it is in `cases`. */

export type { Effect } from './effects';

export type CaseKind = 'breach' | 'misuse' | 'complaint' | 'question';
/** `now`: harm is being done this minute; `high`: someone got in or data got out; `normal`: the rest. */
export type Urgency = 'now' | 'high' | 'normal';
export type AboutStaff = 'no' | 'staff' | 'privacy_manager';
/** `link`: a button behind a link in one of our mails. */
export const CASE_CHANNELS = ['chat', 'mail', 'link', 'phone'] as const;
export type CaseChannel = (typeof CASE_CHANNELS)[number];

/** What the customer told, in their words. */
export interface Report {
  readonly whatHappened: string;
  /** When they noticed: their words, and the date in the company's zone where it could be read. */
  readonly noticed?: { readonly words: string; readonly date?: string };
  readonly email?: string;
  /** The address was read from their words and not yet confirmed by them. */
  readonly emailUnconfirmed?: boolean;
  /** They said that somebody else can read their mailbox. */
  readonly mailboxShared?: boolean;
  readonly name?: string;
  readonly phone?: string;
  /** The customer record whose mailbox they proved in the chat, and whether it was held still then. */
  readonly record?: { readonly userName: string; readonly frozen: boolean };
  /** The record that they mean and could not prove to be theirs, and why they cannot use its mailbox. */
  readonly claimed?: { readonly name: string; readonly trouble: 'lost' | 'shared' | 'none' };
  /** They had a record held still while they told this. */
  readonly held?: true;
}

/** A file that came with a mail; it is kept in the mail and never opened. */
export interface AttachedFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
}

/** The mail that a case came by. */
export interface CaseOrigin {
  /** Id of the inbound mail. */
  readonly mailId: string;
  /** With angle brackets. */
  readonly messageId?: string;
  readonly subject: string;
  readonly attachments: readonly AttachedFile[];
  /** It came from a list or a machine, which gets no acknowledgement. */
  readonly bulk: boolean;
  /** Nothing showed that it came from the address that it names. */
  readonly unverified: boolean;
}

/** The five-business-day clock of a case; everything needed to compute it again is pinned. */
export interface CasePromise {
  readonly receivedAt: Date;
  readonly dueAt: Date;
  readonly calendarHash: string;
  readonly zone: string;
  readonly days: number;
  readonly rule: string;
}

/** What a member of staff answered. */
export interface Answer {
  /** That of the mail it came in, so that the same answer twice is one. */
  readonly id: string;
  /** When it reached the desk. */
  readonly answeredAt: Date;
  /** The address it came from, or `operator` for a command. */
  readonly by: string;
  readonly text: string;
  /** The mail that carried it to the customer came back. */
  readonly undelivered?: boolean;
}

/** A later date than promised; it stands beside the promise and does not change its verdict. */
export interface Extension {
  readonly dueAt: Date;
  readonly at: Date;
  readonly by: string;
  readonly reason: string;
}

/** How a case stands: whether an answer is still owed, and otherwise what came last. */
export const CASE_STATES = ['open', 'answered', 'closed'] as const;
export type CaseState = (typeof CASE_STATES)[number];

export type ClosedAs = 'closed' | 'spam' | 'notPrivacy';

export interface Closing {
  readonly as: ClosedAs;
  readonly at: Date;
  readonly by: string;
  readonly reason: string;
}

/** That staff opened a case again. */
export interface Reopening {
  readonly at: Date;
  readonly by: string;
  readonly reason: string;
}

/** A promise and what came of it; a case that is reopened gets another. */
export interface Round {
  readonly promise: CasePromise;
  /** How it began, where it was not with the report or with what the customer wrote then. */
  readonly reopened?: Reopening;
  /** In order of their receipt; the first stopped the clock. */
  readonly answers: readonly Answer[];
  readonly extensions: readonly Extension[];
  readonly closing?: Closing;
}

/** What the customer wrote after the case was opened. */
export interface FollowUp {
  readonly mailId: string;
  readonly at: Date;
  readonly subject: string;
  readonly text: string;
  readonly attachments: readonly AttachedFile[];
  /** Nothing showed that it came from the address that it names. */
  readonly unverified?: boolean;
  /** The address it came from, where that is not the customer's: a person let it through. */
  readonly from?: string;
}

/** What staff wrote for themselves. */
export interface Note {
  readonly at: Date;
  readonly by: string;
  readonly text: string;
}

/** What the clock of an open promise does, in this order. */
export const CLOCK_EVENTS = ['warning2', 'warning1', 'missed', 'apology'] as const;
export type ClockEventName = (typeof CLOCK_EVENTS)[number];

/** What the clock of a case does next. */
export interface NextClockEvent {
  readonly event: ClockEventName;
  readonly nextAt: Date;
}

export interface Case {
  /** UUID; that of the report draft or inbound mail it came from. */
  readonly id: string;
  /** `PD-XXXX-XXXX`. */
  readonly reference: string;
  readonly kind: CaseKind;
  readonly urgency: Urgency;
  readonly aboutStaff: AboutStaff;
  readonly confirmed: boolean;
  readonly channel: CaseChannel;
  readonly conversationId?: string;
  readonly openedAt: Date;
  /** Whether a PIN opens it; otherwise the e-mail address of the report does. */
  readonly opensByPin: boolean;
  readonly report: Report;
  readonly origin?: CaseOrigin;
  /** Where the conversation can be reached, as Bot Framework gives it. */
  readonly conversationReference?: unknown;
  /** At least one; the last is the one in force. */
  readonly rounds: readonly Round[];
  readonly followUps: readonly FollowUp[];
  readonly notes: readonly Note[];
  /** Accounts of staff that it is about: they see neither it nor its transcript. */
  readonly namedStaff?: readonly string[];
  /** Absent when nothing is left for the clock to do. */
  readonly clock?: NextClockEvent;
  /** Causes of changes that were made already, so that none is made twice. */
  readonly handled: readonly string[];
  /** When the digest goes out that tells staff of it, in the place of a mail of its own. */
  readonly digestAt?: Date;
  /** Counts the changes: one is made only to the case as it was read. */
  readonly revision: number;
}
