import { Schema } from 'mongoose';
import type { Customer, Freeze } from './customerContent';
import { effectSchema, type EffectDocument } from './pendingEffects';
import { sealed, type Vault } from './sealed';

/** What of a record is sealed, as one value. */
export type CustomerContent = Omit<Customer, 'id' | 'revision'>;

/** Keyed hashes, by which a record is found. */
export interface LookUps {
  userNameIndex: string;
  emailIndex?: string;
  formerEmailIndexes: string[];
}

/** A record as it is stored. */
export interface CustomerDocument extends LookUps {
  _id: string;
  content: string;
  /** When it was frozen, for finding it; everything else of the freeze is sealed. */
  frozenAt?: Date;
  revision: number;
  effects: EffectDocument[];
  /** The import that it came by. */
  importId?: string;
  importedAt?: Date;
  /** The id of an import that is not finished: until then no reader sees the record. */
  staged?: string;
}

/** The collection of customer records. */
export const COLLECTION = 'customers';

/** How a customer record is stored. */
export const customerSchema = new Schema<CustomerDocument>(
  {
    _id: { type: String, required: true },
    content: sealed(),
    userNameIndex: { type: String, required: true },
    emailIndex: String,
    formerEmailIndexes: [String],
    frozenAt: Date,
    revision: { type: Number, required: true },
    effects: [effectSchema],
    importId: String,
    importedAt: Date,
    staged: String,
  },
  { versionKey: false, strict: 'throw' },
);
// With `staged`, so that what an unfinished import left behind takes no name and no address from anybody.
customerSchema.index({ userNameIndex: 1, staged: 1 }, { unique: true });
customerSchema.index(
  { emailIndex: 1, staged: 1 },
  { unique: true, partialFilterExpression: { emailIndex: { $exists: true } } },
);
customerSchema.index({ formerEmailIndexes: 1 });
customerSchema.index({ frozenAt: 1 }, { sparse: true });
customerSchema.index({ staged: 1 }, { sparse: true });
customerSchema.index({ importId: 1 }, { sparse: true });
customerSchema.index({ 'effects.id': 1 }, { sparse: true });

/**
 * The form in which names and addresses are looked up: without regard to capitals and to how a character is encoded.
 * Letters of another alphabet that only look alike stay other letters.
 */
export const lookUpForm = (value: string): string =>
  value.normalize('NFKC').trim().toLowerCase().normalize('NFC');

/** The purpose of the hashes of user names. */
export const USER_NAME = 'customers/userName';
/** The purpose of the hashes of addresses, present and former. */
export const EMAIL = 'customers/email';

/** All hashes that a name or an address may be stored under. */
export const hashes = (vault: Vault, purpose: string, value: string): string[] =>
  vault.blindIndexes(purpose, lookUpForm(value));

/** The hashes of a record, by the key that writes. */
export function lookUpsOf(
  vault: Vault,
  { userName, email, formerEmails }: CustomerContent,
): LookUps {
  const hash = (purpose: string, value: string) => vault.blindIndex(purpose, lookUpForm(value));
  return {
    userNameIndex: hash(USER_NAME, userName),
    ...(email === undefined ? {} : { emailIndex: hash(EMAIL, email) }),
    formerEmailIndexes: formerEmails.map((former) => hash(EMAIL, former.email)),
  };
}

/** What was sealed, with its instants: a seal holds JSON, in which they are text. */
export function withDates({
  formerEmails,
  freeze,
  heldUnproved,
}: CustomerContent): Pick<CustomerContent, 'formerEmails' | 'freeze' | 'heldUnproved'> {
  const dated = ({ at, lapsesAt, ...rest }: Freeze): Freeze => ({
    ...rest,
    at: new Date(at),
    ...(lapsesAt ? { lapsesAt: new Date(lapsesAt) } : {}),
  });
  return {
    formerEmails: formerEmails.map(({ email, until }) => ({ email, until: new Date(until) })),
    ...(freeze ? { freeze: dated(freeze) } : {}),
    ...(heldUnproved ? { heldUnproved: heldUnproved.map((at) => new Date(at)) } : {}),
  };
}

/** What the content of a record is sealed under. */
export function contentPath(id: string): string {
  return `${COLLECTION}/${id}/content`;
}
