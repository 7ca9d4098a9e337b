export interface UpdateView {
  readonly id: string;
  readonly kind: 'change' | 'password';
  readonly state: 'person' | 'second';
  readonly receivedAt: string;
  /** In words: chat, mail, telephone, staff. */
  readonly door: string;
  readonly userName?: string;
  /** What the customer gave to be found by, where the record is not known. */
  readonly claimed?: string;
  /** In words, why it waits. */
  readonly why: string;
  readonly changes: readonly {
    readonly field: string;
    readonly label: string;
    readonly before: string;
    readonly after: string;
  }[];
  readonly vouched?: { readonly by: string; readonly reason: string };
  /** Whoever decides has to say whether the old mailbox is told. */
  readonly noticeToSettle: boolean;
  /** I asked for it or vouched for it: somebody else has to decide. */
  readonly mine: boolean;
}

/** `POST /updates/:id/{approve,refuse,vouch,done}` with `{reason, withholdNotice?, userName?}`; `words` say what came of it. */
export interface UpdateDecidedView {
  readonly outcome: string;
  readonly done: boolean;
  readonly words: string;
}
