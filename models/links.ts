import { Schema, type Model } from 'mongoose';
import type { Effect } from './effects';
import { effectSchema, PendingEffects, sealedEffects, type EffectDocument } from './pendingEffects';
import { sealed, type Vault } from './sealed';
import type { SealedPlace } from './sealedPlace';
import type { Store } from './store';

/** What a link in a mail is for. */
export type LinkPurpose =
  /** "This wasn't me": holds a record still. */
  | {
      readonly kind: 'disown';
      readonly customerId: string;
      /** The address that the link was sent to. */
      readonly mailbox: string;
      /** The update request that the mail told of. */
      readonly updateId?: string;
      readonly about: 'change' | 'request' | 'reset';
    }
  /** Goes on in the chat with a request that came by mail; proves the mailbox. */
  | { readonly kind: 'continue'; readonly updateId: string; readonly email: string }
  /** A way into the account site's page for a new password. */
  | { readonly kind: 'reset'; readonly customerId: string }
  /** Lets somebody of staff set up their account. */
  | { readonly kind: 'invite'; readonly accountId: string }
  /** "Stop, I didn't call": ends what an agent does for a caller who claims to be the owner of the mailbox. */
  | {
      readonly kind: 'stopCall';
      readonly callId: string;
      readonly customerId: string;
      readonly mailbox: string;
    };

/** A link as it is kept: its token is not. */
export interface Link {
  /** SHA-256 of the token, in hexadecimal. */
  readonly id: string;
  readonly purpose: LinkPurpose;
  readonly expiresAt: Date;
  /** Who used it; nobody else can then. */
  readonly usedBy?: string;
}

interface LinkDocument {
  _id: string;
  purpose: string;
  expiresAt: Date;
  usedBy?: string;
  effects: EffectDocument[];
}

const COLLECTION = 'links';

const schema = new Schema<LinkDocument>(
  {
    _id: { type: String, required: true },
    purpose: sealed(),
    expiresAt: { type: Date, required: true },
    usedBy: String,
    effects: { type: [effectSchema], required: true },
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ expiresAt: 1 });
schema.index({ 'effects.id': 1 }, { sparse: true });

/** The links that mails carry. */
export class LinkRecords {
  private readonly model: Model<LinkDocument>;
  /** What still has to follow from their changes. */
  readonly effects: PendingEffects;
  private readonly vault: Vault;

  constructor(store: Store) {
    this.model = store.connection.model<LinkDocument>('Link', schema, COLLECTION);
    this.effects = new PendingEffects(store, COLLECTION);
    this.vault = store.vault;
  }

  async ensureIndexes(): Promise<void> {
    await this.model.createIndexes();
  }

  /** Stores a link and what follows from its being made. */
  async insert(link: Omit<Link, 'usedBy'>, effects: readonly Effect[]): Promise<void> {
    await this.create(link, this.effects.sealed(link.id, effects));
  }

  /** Costs what `insert` costs, and nothing follows: for whoever asks about somebody we do not know. */
  async insertDecoy(link: Omit<Link, 'usedBy'>, effects: readonly Effect[]): Promise<void> {
    this.effects.sealed(link.id, effects);
    await this.create(link, []);
  }

  async byId(id: string): Promise<Link | undefined> {
    const found = await this.model.findById(id).lean<LinkDocument>();
    return found ? this.opened(found) : undefined;
  }

  /**
   * Marks a link as used and stores what follows from it, in one atomic update.
   * @returns false, and changes nothing, when it is used already or over.
   */
  async use(id: string, by: string, now: Date, effects: readonly Effect[]): Promise<boolean> {
    const result = await this.model.updateOne(
      { _id: id, usedBy: { $exists: false }, expiresAt: { $gt: now } },
      {
        $set: { usedBy: by },
        $push: { effects: { $each: this.effects.sealed(id, effects) } },
      },
    );
    return result.matchedCount === 1;
  }

  /** Removes the links that were over before then. */
  async removeExpired(before: Date): Promise<void> {
    await this.model.deleteMany({ expiresAt: { $lt: before } });
  }

  private async create(
    { id, purpose, expiresAt }: Omit<Link, 'usedBy'>,
    effects: EffectDocument[],
  ): Promise<void> {
    const sealedPurpose = this.vault.seal(purpose, pathOf(id));
    await this.model.create({ _id: id, purpose: sealedPurpose, expiresAt, effects });
  }

  private opened({ _id: id, purpose, expiresAt, usedBy }: LinkDocument): Link {
    return {
      id,
      // What `create` sealed under this very id; the vault refuses anything else.
      purpose: this.vault.open(purpose, pathOf(id)) as LinkPurpose,
      expiresAt,
      ...(usedBy === undefined ? {} : { usedBy }),
    };
  }
}

/** Where links hold something sealed. */
export const sealedFields: readonly SealedPlace[] = [
  { collection: COLLECTION, field: 'purpose', pathOf },
  sealedEffects(COLLECTION),
];

function pathOf(id: string): string {
  return `${COLLECTION}/${id}/purpose`;
}
