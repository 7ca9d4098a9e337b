import type { Customer } from '../../models/customerContent';
import type { UpdateRequest } from '../../models/updateContent';
import { comparable, sameMailbox } from '../addresses';
import { DISOWN_LASTS_MS, type LinkPurpose, type Links } from '../links';
import { sameValue } from '../records/recordFields';
import { fieldsOf } from './fields';

const same = (one: string | undefined, other: string | undefined): boolean =>
  sameMailbox(one ?? '', other ?? '');

/** Who is told of a change that was made. */
export interface Told {
  /** Get what was changed, masked. */
  readonly masked: readonly string[];
  /** Gets the names of the fields and no value. */
  readonly fieldsOnly?: string;
  /** Was to be told, and is not. */
  readonly withheld: boolean;
}

/**
 * Who is told of a change: the mailbox on file, the one that was, and the one that somebody gave who could prove no other.
 * A mailbox that was on file, or that could not prove its owner, may be in the wrong hands: it gets no value.
 */
export function toldOf(request: UpdateRequest, before: Customer, after: Customer): Told {
  const { trouble, email: contact, withholdNotice = false } = request;
  const moved = !sameValue('email', before.email, after.email);
  const doubtful = moved || trouble !== undefined ? before.email : undefined;
  const given = trouble === undefined ? undefined : contact;
  const masked = [
    ...(moved || trouble === undefined ? [after.email] : []),
    ...(same(given, after.email) || same(given, before.email) ? [] : [given]),
  ]
    .flatMap((address) => address ?? [])
    .filter((address) => !(withholdNotice && same(address, before.email)));
  return {
    masked,
    ...(doubtful === undefined || withholdNotice ? {} : { fieldsOnly: doubtful }),
    withheld: withholdNotice && before.email !== undefined,
  };
}

/**
 * Whether nothing may be written to where a customer said that we reach them: somebody else reads the mailbox that they
 * named as the one on file, and this is it, or another spelling of it.
 */
export const isTheShared = (
  { trouble, email = '', claimed = '' }: Pick<UpdateRequest, 'trouble' | 'email' | 'claimed'>,
  onFile = '',
): boolean =>
  trouble === 'shared' && [claimed, onFile].some((mailbox) => sameMailbox(mailbox, email));

/** Where the customer is written to about a request that was not carried out; `onFile`: as the record's own mailbox. */
export function mailboxOf(
  request: UpdateRequest,
  customer: Customer | undefined,
): { readonly to: string; readonly onFile: boolean } | undefined {
  const { trouble, email, door, changes } = request;
  if (trouble)
    return email === undefined || isTheShared(request, customer?.email)
      ? undefined
      : { to: email, onFile: false };
  // By telephone somebody said that the mailbox is to be another: who reads this one is not known.
  if (door === 'staff' && fieldsOf({ changes }).includes('email')) return undefined;
  return customer?.email === undefined ? undefined : { to: customer.email, onFile: true };
}

/** Makes the links "this wasn't me" of the mails of one change: one for each mailbox on file, then or now. */
export class DisownLinks {
  private readonly urls = new Map<string, string>();

  constructor(
    private readonly links: Links,
    private readonly updateId: string,
    private readonly about: Extract<LinkPurpose, { kind: 'disown' }>['about'],
  ) {}

  /** The same one when it is asked again, so that a write that has to be made anew leaves none behind. */
  async urlFor(customerId: string, mailbox: string): Promise<string> {
    const known = this.urls.get(comparable(mailbox));
    if (known) return known;
    const { updateId, about } = this;
    const purpose = { kind: 'disown', customerId, mailbox, updateId, about } as const;
    const { url } = await this.links.mint(purpose, DISOWN_LASTS_MS);
    this.urls.set(comparable(mailbox), url);
    return url;
  }
}
