/** What a handoff is made of; the store's side of it is in `handoffs`. */

export const HANDOFF_STATES = ['waiting', 'held', 'ended', 'callBack', 'calledBack'] as const;
/**
 * `waiting`: in the queue; `held`: an agent talks; `ended`: the bot or nobody goes on; `callBack`: the customer waits for
 * a call; `calledBack`: somebody has seen to it.
 */
export type HandoffState = (typeof HANDOFF_STATES)[number];

export const HANDOFF_REASONS = ['asked', 'misunderstood', 'anger', 'beyond'] as const;
/** Why a person was asked for. */
export type HandoffReason = (typeof HANDOFF_REASONS)[number];

/** How a handoff ended. */
export const DISPOSITIONS = [
  'solved',
  'caseOpened',
  'changeProposed',
  'passedOn',
  'noAnswer',
  'abuse',
  'returnedToBot',
  'customerLeft',
  'chatEnded',
] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** Who of staff holds or did something. */
export interface StaffPerson {
  readonly accountId: string;
  /** As customers see it. */
  readonly name: string;
}

/** A private note of staff. */
export interface HandoffNote {
  /** UUID given by the page, so that the same note twice is one. */
  readonly id: string;
  readonly at: Date;
  readonly by: StaffPerson;
  readonly text: string;
}

/** What happened to a handoff, in order. */
export interface HandoffEvent {
  readonly at: Date;
  readonly what:
    'requested' | 'claimed' | 'transferred' | 'requeued' | 'lost' | 'returned' | 'closed' | 'left';
  readonly by?: StaffPerson;
  readonly to?: StaffPerson;
}

/** A conversation that waits for, is or was held by an agent. */
export interface Handoff {
  /** UUID, fixed by the turn that asked for it. */
  readonly id: string;
  readonly conversationId: string;
  readonly state: HandoffState;
  /** As Bot Framework names the channel, such as `directline`. */
  readonly channelId: string;
  /** When the customer asked; orders the queue, and stays when they have to wait again. */
  readonly requestedAt: Date;
  readonly reason: HandoffReason;
  /** What it seems to be about: an intent's name. */
  readonly topic: string;
  /** Who holds it, while it is held. */
  readonly holder?: StaffPerson;
  /** For whom it waits, where it was passed to one person; others see it, and may take it as well. */
  readonly meantFor?: StaffPerson;
  /** When the holder's page was last there, or another hub last told anything, while it is held. */
  readonly holderSeenAt?: Date;
  /** The closing time of which the customer was told while they waited. */
  readonly closingTold?: Date;
  /** Where the conversation can be reached, as Bot Framework gives it. */
  readonly conversationReference: unknown;
  /** Sealed: what the customer gave to be called back. */
  readonly callBack?: { readonly phone: string; readonly name?: string; readonly words?: string };
  /** Who has taken it to call them back, and when; another may when they have not done so in an hour. */
  readonly takenBy?: StaffPerson;
  readonly takenAt?: Date;
  readonly notes: readonly HandoffNote[];
  /** What the holder had begun to type. */
  readonly draft?: string;
  readonly history: readonly HandoffEvent[];
  readonly disposition?: Disposition;
  readonly endedAt?: Date;
  /** `due`: the customer is yet to be asked how it was; `asked`; absent where nobody talked to them. */
  readonly afterTalk?: 'due' | 'asked';
  /** Whose mailbox had been proved when the talk ended: there the transcript may go. */
  readonly provedCustomerId?: string;
  /** 1 (bad) to 5 (good). */
  readonly rating?: number;
  /** Whether the transcript was mailed, or is about to be. */
  readonly transcriptMailed?: boolean;
  /** Who talked to the customer last. */
  readonly lastHolder?: StaffPerson;
  readonly revision: number;
}
