export interface CallView {
  readonly id: string;
  readonly startedAt: string;
  readonly ended: boolean;
  /** The user name of the record whose mailbox was proved. */
  readonly verified?: string;
  /** The owner of the mailbox said that they did not call. */
  readonly stopped: boolean;
  readonly codeSent: boolean;
  readonly deeds: readonly { readonly at: string; readonly words: string }[];
  /** The call-back that it answers. */
  readonly callBack?: { readonly phone: string; readonly name?: string; readonly words?: string };
}

/** `POST /calls` {id, startedAt, handoffId?}; a call-back is taken by it: `taken`: somebody else is calling them. */
export type CallBegunView = CallView | { readonly outcome: 'taken'; readonly by: string };

/** `GET /calls/:id` · `POST /calls/:id/end`. */

/** `POST /calls/:id/question` {text}: what to read out, in the policy's words. */
export interface CallAnswerView {
  readonly outcome: 'answer' | 'choices' | 'none';
  readonly passages: readonly {
    readonly id: string;
    readonly section: string;
    readonly text: readonly string[];
    readonly url: string;
  }[];
}

/** `POST /calls/:id/code` {claimed, purpose}. */
export interface CallCodeView {
  readonly outcome: 'sent' | 'throttled' | 'stopped' | 'ended';
}

/** `POST /calls/:id/check` {code}. */
export type CallCheckView =
  | { readonly outcome: 'verified'; readonly call: CallView; readonly record: RecordView }
  | { readonly outcome: 'wrong'; readonly attemptsLeft: number }
  | { readonly outcome: 'spent' | 'expired' | 'none' | 'throttled' | 'stopped' };

/** What an agent sees of a record whose owner is proved: partly hidden. */
export interface RecordView {
  readonly userName: string;
  readonly frozen: boolean;
  readonly fields: readonly {
    readonly field: string;
    readonly label: string;
    /** Partly hidden. */
    readonly value: string;
    readonly choice: boolean;
    /** Needs a second person. */
    readonly secondPerson: boolean;
  }[];
}

/** `POST /calls/:id/change` {id, changes: {field: text}}: needs a proof in this call. */
export type CallChangedView =
  | {
      readonly outcome: 'done';
      readonly applied: readonly string[];
      readonly waiting: readonly string[];
    }
  | {
      readonly outcome:
        | 'notVerified'
        | 'stopped'
        | 'frozen'
        | 'emailTaken'
        | 'mailboxUnproved'
        | 'conflict'
        | 'nothing';
    }
  | { readonly outcome: 'invalid'; readonly field: string; readonly why: string };

/** `POST /calls/:id/report` {id, kind, urgency, aboutStaff, whatHappened, noticed?, email?, name?, phone?} → CaseOpenedView. */
