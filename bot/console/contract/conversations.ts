import type { RecordView } from './telephone';
export interface PersonView {
  readonly accountId: string;
  readonly name: string;
}

/** A line of the queue. */
export interface HandoffLine {
  readonly id: string;
  readonly state: 'waiting' | 'held' | 'callBack';
  /** Counts its changes of hands: the `since` of what is done to it. */
  readonly turn: number;
  readonly requestedAt: string;
  readonly reason: 'asked' | 'misunderstood' | 'anger' | 'beyond';
  /** In words, such as "Change of data". */
  readonly topic: string;
  /** Masked, such as "p•••@example.com", or "Visitor 4F2A" where nothing was proved. */
  readonly customer: string;
  readonly verified: boolean;
  readonly channel: string;
  readonly holder?: PersonView;
  readonly meantFor?: PersonView;
  /** Who is calling them back now. */
  readonly takenBy?: PersonView;
}

/** `GET /queue`: those waiting, longest first; those held by me, and with `conversations.oversee` by anybody; call-backs. */
export interface QueueView {
  readonly waiting: readonly HandoffLine[];
  readonly held: readonly HandoffLine[];
  readonly callBacks: readonly HandoffLine[];
}

/** One message of a conversation's log. */
export interface MessageView {
  /** Its place in the log: orders, and tells what is known already. */
  readonly sequence: number;
  readonly at: string;
  readonly from: 'customer' | 'bot' | 'agent';
  /** The agent's. */
  readonly name?: string;
  /** Plain text, shown as it stands. Codes, PINs and the like are masked. */
  readonly text: string;
  /** Titles of the policy's sections that it quotes, with their addresses. */
  readonly citations: readonly { readonly name: string; readonly url: string }[];
  /** What was offered to be pressed. */
  readonly choices: readonly string[];
  /** Labels and values of a card. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
}

export interface NoteView {
  readonly id: string;
  readonly at: string;
  readonly by: string;
  readonly text: string;
}

export interface ConsentView {
  readonly id: string;
  readonly state: 'asked' | 'given' | 'refused' | 'revoked' | 'ended';
  readonly scope: string;
  readonly minutes: number;
  readonly askedAt: string;
  readonly givenAt?: string;
  readonly until?: string;
  readonly endedAt?: string;
  readonly endedBy?: 'customer' | 'agent' | 'time' | 'conversation';
}

/** `GET /handoffs/:id`: for whoever holds it, or oversees. Opening it is audited. */
export interface ConversationView extends HandoffLine {
  readonly mine: boolean;
  /** False when it has ended. */
  readonly open: boolean;
  /** The customer has ended the chat. */
  readonly chatEnded: boolean;
  /** The user name of the record whose mailbox was proved. */
  readonly userName?: string;
  readonly messages: readonly MessageView[];
  /** More messages before the first of these. */
  readonly earlier: boolean;
  readonly notes: readonly NoteView[];
  readonly draft: string;
  readonly consents: readonly ConsentView[];
  readonly history: readonly { readonly at: string; readonly words: string }[];
}

/** `POST /handoffs/:id/claim` {since?}: `since` is the line's `turn`; what has changed hands since is not taken. */
export type ClaimedView =
  | { readonly outcome: 'claimed'; readonly conversation: ConversationView }
  /** Somebody else was first. */
  | { readonly outcome: 'taken'; readonly by: string }
  /** Nobody waits there any more, or not as the page showed it. */
  | { readonly outcome: 'gone' };

/** `POST /handoffs/:id/say` with `{id, text}`: `id` is a UUID by which saying it again says it once. */
export type SaidView =
  | { readonly outcome: 'said' }
  | { readonly outcome: 'notHeld' }
  | { readonly outcome: 'chatEnded' };

/**
 * `/note` {id, text} · `/transfer` {to?, since?} (without `to` back to the queue) · `/return` {since?} ·
 * `/close` {disposition, since?} · `/draft` {text} · `/typing`. What has changed hands since, by its `turn`, is `notHeld`.
 */
export type HandoffDoneView = { readonly outcome: 'done' } | { readonly outcome: 'notHeld' };

/** `POST /handoffs/:id/verify` with `{claimed}`: an e-mail address or user name that the customer gave. */
export type CodeSentView =
  | { readonly outcome: 'sent' }
  | { readonly outcome: 'throttled' }
  | { readonly outcome: 'notHeld' };

/** `GET /handoffs/:id/record`: what stands on the record of a customer whose mailbox was proved. */
export type HandoffRecordView =
  | { readonly outcome: 'record'; readonly record: RecordView }
  | { readonly outcome: 'notVerified' | 'notHeld' };

/** `POST /handoffs/:id/propose` with `{changes: {field: text}, reason}`: needs a proof in the conversation. */
export type ProposedView =
  | { readonly outcome: 'proposed'; readonly updateId: string }
  | { readonly outcome: 'notVerified' | 'nothing' | 'notHeld' }
  | { readonly outcome: 'invalid'; readonly field: string; readonly why: string };

/** `POST /handoffs/:id/case` with `{id, kind, urgency, aboutStaff, sequence, email?, words}`: `sequence` is the message that first told it. */
export interface CaseOpenedView {
  readonly outcome: 'opened';
  readonly reference: string;
  /** In words with the zone. */
  readonly due: string;
  /** To be read out or shown to the customer, who gave no address. */
  readonly pin?: string;
}

/** `POST /handoffs/:id/consent` with `{scope, minutes}`; `POST /handoffs/:id/consent/end`. */
export type ConsentAskedView =
  | { readonly outcome: 'asked'; readonly consent: ConsentView }
  | { readonly outcome: 'askedBefore' | 'notHeld' | 'none' }
  | { readonly outcome: 'ended' };

/** `GET /people`: those at the console now to whom a conversation can be passed. */
export type PeopleView = readonly PersonView[];

/** `GET /replies`; `POST /replies` {id?, title, text}; `POST /replies/:id/remove`. Fields: `{customer}`, `{agent}`, `{reference}`, `{due}`, `{phone}`, `{mailbox}`. */
export interface CannedReplyView {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}
