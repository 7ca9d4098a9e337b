import { Schema, type Model } from 'mongoose';
import { lookUpForm } from './customerDocument';
import { isDuplicateKey } from './duplicateKey';
import type { Effect } from './effects';
import { effectSchema, PendingEffects, sealedEffects, type EffectDocument } from './pendingEffects';
import { changeRevision } from './revisions';
import { sealed, type Vault } from './sealed';
import type { SealedPlace } from './sealedPlace';
import type { StaffAccount } from './staffAccountContent';
import type { Store } from './store';

export type * from './staffAccountContent';

/** What of an account is sealed, as one value. */
type SealedContent = Pick<StaffAccount, 'email' | 'name' | 'passwordHash' | 'totpSecret'>;

interface AccountDocument extends Omit<StaffAccount, 'id' | 'roles' | keyof SealedContent> {
  _id: string;
  content: string;
  emailIndex?: string;
  roles: string[];
  effects: EffectDocument[];
}

const COLLECTION = 'staffaccounts';
/** The purpose of the hashes of addresses. */
const EMAIL = 'staffAccounts/email';

const schema = new Schema<AccountDocument>(
  {
    _id: { type: String, required: true },
    content: sealed(),
    emailIndex: String,
    roles: { type: [String], required: true },
    state: { type: String, required: true, enum: ['invited', 'active', 'disabled'] },
    totpConfirmed: { type: Boolean, required: true },
    lastTotpStep: { type: Number, required: true },
    invitation: String,
    epoch: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    revision: { type: Number, required: true },
    effects: [effectSchema],
  },
  { versionKey: false, strict: 'throw' },
);
schema.index(
  { emailIndex: 1 },
  { unique: true, partialFilterExpression: { emailIndex: { $exists: true } } },
);
schema.index({ state: 1 });
schema.index({ 'effects.id': 1 }, { sparse: true });

/** The accounts of staff in the store; each with what follows from its changes in one document write. */
export class StaffAccountRecords {
  private readonly model: Model<AccountDocument>;
  /** What still has to follow from their changes. */
  readonly effects: PendingEffects;
  private readonly vault: Vault;

  constructor(store: Store) {
    this.model = store.connection.model<AccountDocument>('StaffAccount', schema, COLLECTION);
    this.effects = new PendingEffects(store, COLLECTION);
    this.vault = store.vault;
  }

  async ensureIndexes(): Promise<void> {
    await this.model.createIndexes();
  }

  async byId(id: string): Promise<StaffAccount | undefined> {
    const found = await this.model.findById(id).lean<AccountDocument>();
    return found ? this.opened(found) : undefined;
  }

  /** Case-blind. */
  async byEmail(email: string): Promise<StaffAccount | undefined> {
    const found = await this.model
      .findOne({ emailIndex: { $in: this.hashes(email) } })
      .lean<AccountDocument>();
    return found ? this.opened(found) : undefined;
  }

  /** All there are, in the order in which they were made. */
  async all(state?: StaffAccount['state']): Promise<StaffAccount[]> {
    const found = await this.model
      .find(state ? { state } : {})
      .sort({ createdAt: 1, _id: 1 })
      .lean<AccountDocument[]>();
    return found.map((each) => this.opened(each));
  }

  /** Whether there is an active account with a role, apart from one. */
  async hasActive(role: string, apartFrom = ''): Promise<boolean> {
    const query = { state: 'active', roles: role, _id: { $ne: apartFrom } } as const;
    return (await this.model.exists(query)) !== null;
  }

  /** @returns false, and stores nothing, when another account has the address. */
  async insert(account: StaffAccount, effects: readonly Effect[]): Promise<boolean> {
    const { id } = account;
    if (await this.isOfAnother(account)) return false;
    try {
      await this.model.create({
        ...{ _id: id, ...this.clear(account) },
        effects: this.effects.sealed(id, effects),
      });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /**
   * Stores what has become of an account, with what follows from it.
   * @param changed carries the revision that it was read with.
   * @returns `stale`, and nothing changed: somebody else has changed it since; `emailTaken`: another account has the address.
   */
  async change(
    changed: StaffAccount,
    effects: readonly Effect[],
  ): Promise<'changed' | 'stale' | 'emailTaken'> {
    const { id, revision } = changed;
    if (await this.isOfAnother(changed)) return 'emailTaken';
    const { lastTotpStep, invitation, ...rest } = this.clear(changed);
    try {
      const isChanged = await changeRevision(this.model, {
        ...{ id, revision, fields: { ...rest, invitation }, optional: ['invitation'] },
        effects: this.effects.sealed(id, effects),
        // A code may have been taken since it was read.
        with: { $max: { lastTotpStep } },
      });
      return isChanged ? 'changed' : 'stale';
    } catch (error) {
      if (isDuplicateKey(error)) return 'emailTaken';
      throw error;
    }
  }

  /**
   * Notes that somebody signed in, atomically.
   * @param step of the code that was typed: taken once, and never one before it.
   * @returns false, and changes nothing, when the code was used, or the account is not as it was read any more.
   */
  async noteSignIn(
    { id, epoch }: Pick<StaffAccount, 'id' | 'epoch'>,
    step: number | undefined,
    effects: readonly Effect[],
  ): Promise<boolean> {
    const each = this.effects.sealed(id, effects);
    const { matchedCount } = await this.model.updateOne(
      {
        _id: id,
        epoch,
        state: 'active',
        ...(step === undefined ? {} : { lastTotpStep: { $lt: step } }),
      },
      {
        ...(step === undefined ? {} : { $set: { lastTotpStep: step } }),
        $push: { effects: { $each: each } },
      },
    );
    return matchedCount === 1;
  }

  /** Adds what follows from something that changes nothing else; nothing where there is no such account. */
  async addEffects(id: string, effects: readonly Effect[]): Promise<void> {
    const each = this.effects.sealed(id, effects);
    await this.model.updateOne({ _id: id }, { $push: { effects: { $each: each } } });
  }

  /** The unique index knows the newest key's hashes alone; another account may still stand under an older key's. */
  private async isOfAnother({ id, email }: StaffAccount): Promise<boolean> {
    if (email === undefined) return false;
    const query = { emailIndex: { $in: this.hashes(email) }, _id: { $ne: id } };
    return (await this.model.exists(query)) !== null;
  }

  private hashes(email: string): string[] {
    return this.vault.blindIndexes(EMAIL, lookUpForm(email));
  }

  private clear(account: StaffAccount): Omit<AccountDocument, '_id' | 'effects'> {
    const { id, roles, email, name, passwordHash, totpSecret, ...rest } = account;
    const content: SealedContent = { email, name, passwordHash, totpSecret };
    return {
      ...rest,
      ...lookUpsOf(this.vault, content),
      roles: [...roles],
      content: this.vault.seal(content, pathOf(id)),
    };
  }

  private opened(document: AccountDocument): StaffAccount {
    const { _id: id, content, emailIndex: _index, effects: _effects, ...rest } = document;
    // What `clear` sealed under this very id; the vault refuses anything else.
    return { ...rest, ...(this.vault.open(content, pathOf(id)) as SealedContent), id };
  }
}

const lookUpsOf = (vault: Vault, { email }: SealedContent): { emailIndex?: string } =>
  email === undefined ? {} : { emailIndex: vault.blindIndex(EMAIL, lookUpForm(email)) };

/** Where the accounts of staff hold something sealed. */
export const sealedFields: readonly SealedPlace[] = [
  {
    ...{ collection: COLLECTION, field: 'content', pathOf },
    indexes: (vault, opened) => ({ ...lookUpsOf(vault, opened as SealedContent) }),
  },
  sealedEffects(COLLECTION),
];

function pathOf(id: string): string {
  return `${COLLECTION}/${id}/content`;
}
