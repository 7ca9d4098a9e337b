import type { PersonView } from './conversations';

export interface CaseLine {
  readonly reference: string;
  readonly kind: 'breach' | 'misuse' | 'complaint' | 'question';
  readonly kindWords: string;
  readonly urgency: 'now' | 'high' | 'normal';
  readonly channel: string;
  readonly aboutStaff: 'no' | 'staff' | 'privacy_manager';
  readonly receivedAt: string;
  readonly dueAt: string;
  /** In words with the zone. */
  readonly due: string;
  /** The time left in business terms, such as "2 business days left", "due today at 6:00 pm", "1 business day late". */
  readonly left: string;
  readonly state: 'open' | 'late' | 'answered' | 'closed';
  readonly extended: boolean;
  readonly unconfirmed: boolean;
}

/** `GET /cases?state=&kind=&urgency=&text=`: soonest due first; `state` is `open` (the default, late ones among them), `answered`, `closed` or `all`. */
export interface CasesView {
  readonly cases: readonly CaseLine[];
  /** There are more than were looked at. */
  readonly more: boolean;
}

/** One thing of a case's history, in order. */
export interface CaseEntryView {
  readonly at: string;
  readonly kind: 'report' | 'followUp' | 'answer' | 'note' | 'extension' | 'closing' | 'reopened';
  readonly title: string;
  readonly by: string;
  readonly text: string;
  readonly files: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly href: string;
  }[];
}

/** `GET /cases/:reference`; reading one is audited. */
export interface CaseView extends CaseLine {
  readonly email?: string;
  readonly name?: string;
  readonly phone?: string;
  readonly noticed?: string;
  readonly record?: string;
  readonly entries: readonly CaseEntryView[];
  readonly audit: readonly {
    readonly seq: number;
    readonly at: string;
    readonly words: string;
    readonly by: string;
  }[];
  /** Whether there is a conversation to read: `GET /cases/:reference/transcript` → MessageView[]. */
  readonly transcript: boolean;
  readonly named: readonly PersonView[];
  /** Accounts that could be named. */
  readonly couldBeNamed: readonly PersonView[];
  /** The earliest and the latest date that it can be extended to, `YYYY-MM-DD`. */
  readonly extendable?: { readonly from: string; readonly to: string };
}

/** `POST /cases/:reference/{answer {id,text}, note {id,text}, extend {id,date,reason}, close {id,as,reason}, reopen {id,reason}, name {accountIds}}`. */
export interface CaseDoneView {
  readonly outcome: string;
  readonly done: boolean;
  readonly words: string;
}

/** `GET /promises`: by month, the newest last. */
export interface PromisesView {
  readonly months: readonly {
    /** `YYYY-MM`. */
    readonly month: string;
    readonly kept: number;
    readonly missed: number;
    readonly open: number;
    readonly closedUnanswered: number;
  }[];
}

/** `GET /mails`; `GET /mails/:id`. */
export interface MailLine {
  readonly id: string;
  readonly receivedAt: string;
  readonly from: string;
  readonly state: 'quarantined' | 'held';
  /** Why, in words. */
  readonly why: string;
  readonly reference?: string;
  readonly bytes: number;
}
export interface MailView extends MailLine {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly files: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly href: string;
  }[];
}
/** `POST /mails/:id/release` {asCase?} · `POST /mails/:id/discard`. */
export interface MailDecidedView {
  readonly outcome: 'done' | 'notWaiting';
}
