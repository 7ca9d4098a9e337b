/** What a customer record is made of; the store's side of it is in `customers`. */

export const TEXT_FIELDS = [
  'name',
  'email',
  'phone',
  'mailingAddress',
  'shippingAddress',
  'billingAddress',
] as const;
export const CHOICE_FIELDS = [
  'newsletter',
  'marketingEmail',
  'marketingPhone',
  'marketingPost',
] as const;

export type TextField = (typeof TEXT_FIELDS)[number];
export type ChoiceField = (typeof CHOICE_FIELDS)[number];
/** What a customer may have changed. */
export type RecordField = TextField | ChoiceField;

/** Holds a record still: no changes, password links or copies; reporting and unsubscribing go on. */
export interface Freeze {
  readonly at: Date;
  /** `unverified`: somebody in a chat who had proved nothing; `link`: the holder of a mailbox we had written to. */
  readonly by: 'unverified' | 'link' | 'staff';
  /** When it ends by itself; absent once a person or a link stands behind it. */
  readonly lapsesAt?: Date;
  /** The case that it belongs to. */
  readonly caseId?: string;
}

export interface Customer {
  /** UUID. */
  readonly id: string;
  /** Unique; found case-blind; never changed by the desk. */
  readonly userName: string;
  readonly name?: string;
  /** Unique among the records that have one; found case-blind. */
  readonly email?: string;
  /** E.164. */
  readonly phone?: string;
  /** Several lines; so are the other addresses. */
  readonly mailingAddress?: string;
  readonly shippingAddress?: string;
  readonly billingAddress?: string;
  readonly newsletter: boolean;
  readonly marketingEmail: boolean;
  readonly marketingPhone: boolean;
  readonly marketingPost: boolean;
  /** Never more of a payment card than this. */
  readonly cardBrand?: string;
  readonly cardLast4?: string;
  /** Addresses that were changed not long ago: their owners can still have the record frozen, and are told of it. */
  readonly formerEmails: readonly { readonly email: string; readonly until: Date }[];
  readonly freeze?: Freeze;
  /** When it was held still on the word of somebody who had proved nothing, the last times: there may be but so many. */
  readonly heldUnproved?: readonly Date[];
  /** Causes of changes that were made already, so that none is made twice; the newest 50. */
  readonly handled: readonly string[];
  /** Counts the changes: one is made only to the record as it was read. */
  readonly revision: number;
}
