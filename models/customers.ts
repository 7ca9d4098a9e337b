import type { Model } from 'mongoose';
import type { Customer } from './customerContent';
import {
  COLLECTION,
  contentPath,
  customerSchema,
  EMAIL,
  hashes,
  lookUpForm,
  lookUpsOf,
  USER_NAME,
  withDates,
  type CustomerContent,
  type CustomerDocument,
  type LookUps,
} from './customerDocument';
import { isDuplicateKey } from './duplicateKey';
import type { Effect } from './effects';
import { PendingEffects, sealedEffects } from './pendingEffects';
import { changeRevision } from './revisions';
import type { Vault } from './sealed';
import type { SealedPlace } from './sealedPlace';
import type { Store } from './store';

export type * from './customerContent';
export { lookUpForm } from './customerDocument';

const LONG_AGO = new Date(0);
const MOST_HANDLED = 50;
/** Hashes in one query; the embedded store follows no more than 500 by its index. */
const ASKED_AT_ONCE = 400;
const VISIBLE = { staged: { $exists: false } } as const;

/** The customer records in the store. */
export class CustomerRecords {
  private readonly model: Model<CustomerDocument>;
  private readonly vault: Vault;
  /** What still has to follow from their changes. */
  readonly effects: PendingEffects;

  constructor(store: Store) {
    this.model = store.connection.model<CustomerDocument>('Customer', customerSchema, COLLECTION);
    this.vault = store.vault;
    this.effects = new PendingEffects(store, COLLECTION);
  }

  async ensureIndexes(): Promise<void> {
    await this.model.createIndexes();
  }

  async byId(id: string): Promise<Customer | undefined> {
    return this.one({ _id: id });
  }

  /** By the address on file: case-blind, and nothing else makes two spellings one. */
  async byEmail(email: string): Promise<Customer | undefined> {
    return this.one({ emailIndex: { $in: hashes(this.vault, EMAIL, email) } });
  }

  async byUserName(name: string): Promise<Customer | undefined> {
    return this.one({ userNameIndex: { $in: hashes(this.vault, USER_NAME, name) } });
  }

  /** Every record that had an address until not long ago. */
  async allByFormerEmail(email: string, now: Date): Promise<Customer[]> {
    const found = await this.model
      .find({ formerEmailIndexes: { $in: hashes(this.vault, EMAIL, email) }, ...VISIBLE })
      .lean<CustomerDocument[]>();
    const form = lookUpForm(email);
    return found
      .map((each) => this.opened(each))
      .filter(({ formerEmails }) =>
        formerEmails.some((former) => former.until > now && lookUpForm(former.email) === form),
      );
  }

  /**
   * Stores what has become of a record, with what follows from it. The user name stays.
   * @param changed carries the revision that it was read with.
   * @returns `stale`, and nothing changed: somebody else has changed it since; `emailTaken`: another record has the address.
   */
  async change(
    changed: Customer,
    effects: readonly Effect[],
  ): Promise<'changed' | 'stale' | 'emailTaken'> {
    const { id, revision, email, freeze } = changed;
    // The unique index knows the newest key's hashes alone; another record may still stand under an older key's.
    if (email !== undefined && (await this.isOfAnother(email, id))) return 'emailTaken';
    const { userNameIndex: _fixed, emailIndex, ...rest } = this.clear(changed);
    try {
      const isChanged = await changeRevision(this.model, {
        ...{ id, revision, fields: { ...rest, emailIndex, frozenAt: freeze?.at } },
        optional: ['emailIndex', 'frozenAt'],
        effects: this.effects.sealed(id, effects),
      });
      return isChanged ? 'changed' : 'stale';
    } catch (error) {
      if (isDuplicateKey(error)) return 'emailTaken';
      throw error;
    }
  }

  /** Page by page, in order of their ids. @param after the id of the last record of the page before. */
  async page(limit: number, after = ''): Promise<Customer[]> {
    const found = await this.model
      .find({ _id: { $gt: after }, ...VISIBLE })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<CustomerDocument[]>();
    return found.map((document) => this.opened(document));
  }

  async isEmpty(): Promise<boolean> {
    return (await this.model.exists(VISIBLE)) === null;
  }

  /** Records with a freeze, lapsed or not. */
  async frozen(): Promise<Customer[]> {
    const found = await this.model
      .find({ frozenAt: { $gt: LONG_AGO }, ...VISIBLE })
      .sort({ frozenAt: 1 })
      .lean<CustomerDocument[]>();
    return found.map((document) => this.opened(document));
  }

  /** Stores records of an import where no reader sees them yet, by one write. */
  async stage(importId: string, at: Date, customers: readonly Customer[]): Promise<void> {
    const staging = { importId, importedAt: at, staged: importId };
    await this.model.insertMany(
      customers.map((customer) => ({
        ...{ _id: customer.id, revision: customer.revision, effects: [] },
        ...{ ...this.clear(customer), ...staging },
        ...(customer.freeze ? { frozenAt: customer.freeze.at } : {}),
      })),
    );
  }

  /**
   * Makes the records of an import visible, all at once: in the embedded store by one write that a crash cuts short
   * nowhere. MongoDB writes one document after the other; what a crash cuts short there is finished by `settleImports`.
   * @returns false, and none of them is there any more, when a user name or address was taken meanwhile.
   */
  async show(importId: string): Promise<boolean> {
    try {
      await this.model.updateMany({ staged: importId }, { $unset: { staged: 1 } });
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      await this.discard(importId);
      return false;
    }
  }

  /** Removes all that an import has stored. */
  async discard(importId: string): Promise<void> {
    await this.model.deleteMany({ importId });
  }

  /**
   * Clears up behind imports that were cut short: removes what nobody has seen, and finishes what was being shown.
   * @param before imports that began later may still be running.
   */
  async settleImports(before: Date): Promise<void> {
    const staged = await this.model
      .find({ staged: { $gt: '' }, importedAt: { $lt: before } }, { staged: 1 })
      .lean<CustomerDocument[]>();
    for (const importId of new Set(staged.flatMap((each) => each.staged ?? []))) {
      if (await this.model.exists({ importId, ...VISIBLE })) await this.show(importId);
      else await this.model.deleteMany({ staged: importId });
    }
  }

  /** Those of the user names or addresses that a record has. */
  async taken(of: 'userName' | 'email', values: readonly string[]): Promise<ReadonlySet<string>> {
    const [field, purpose] =
      of === 'email' ? (['emailIndex', EMAIL] as const) : (['userNameIndex', USER_NAME] as const);
    const byHash = new Map(
      values.flatMap((value) => hashes(this.vault, purpose, value).map((hash) => [hash, value])),
    );
    const all = [...byHash.keys()];
    const taken = new Set<string>();
    for (let from = 0; from < all.length; from += ASKED_AT_ONCE) {
      const some = all.slice(from, from + ASKED_AT_ONCE);
      const found = await this.model
        .find({ [field]: { $in: some }, ...VISIBLE } as object, { [field]: 1 })
        .lean<CustomerDocument[]>();
      for (const each of found) taken.add(byHash.get(each[field] ?? '') ?? '');
    }
    return taken;
  }

  private async one(query: Record<string, unknown>): Promise<Customer | undefined> {
    const found = await this.model.findOne({ ...query, ...VISIBLE }).lean<CustomerDocument>();
    return found ? this.opened(found) : undefined;
  }

  private async isOfAnother(email: string, id: string): Promise<boolean> {
    const emailIndex = { $in: hashes(this.vault, EMAIL, email) };
    return (await this.model.exists({ emailIndex, _id: { $ne: id }, ...VISIBLE })) !== null;
  }

  private clear({ id, revision: _revision, ...content }: Customer): LookUps & { content: string } {
    const kept: CustomerContent = { ...content, handled: content.handled.slice(-MOST_HANDLED) };
    return { content: this.vault.seal(kept, contentPath(id)), ...lookUpsOf(this.vault, kept) };
  }

  private opened({ _id: id, revision, content }: CustomerDocument): Customer {
    // What `clear` sealed under this very id; the vault refuses anything else.
    const opened = this.vault.open(content, contentPath(id)) as CustomerContent;
    return { ...opened, ...withDates(opened), id, revision };
  }
}

/** Where customer records hold something sealed. */
export const sealedFields: readonly SealedPlace[] = [
  {
    ...{ collection: COLLECTION, field: 'content', pathOf: contentPath },
    indexes: (vault, opened) => ({ ...lookUpsOf(vault, opened as CustomerContent) }),
  },
  sealedEffects(COLLECTION),
];
