import { sealedFields as ofActivities } from './activities';
import { sealedFields as ofBotState } from './botState';
import { sealedFields as ofCalls } from './calls';
import { sealedFields as ofCannedReplies } from './cannedReplies';
import { sealedFields as ofCases } from './cases';
import { sealedFields as ofChoices } from './choices';
import { sealedFields as ofConsents } from './consents';
import { sealedFields as ofConversations } from './conversations';
import { sealedFields as ofCustomers } from './customers';
import { sealedFields as ofDeputies } from './deputies';
import { sealedFields as ofHandoffs } from './handoffs';
import { sealedFields as ofInboundMails } from './inboundMails';
import { sealedFields as ofLinks } from './links';
import { sealedFields as ofOutbox } from './outbox';
import type { RawMails } from './rawMails';
import { sealedFields as ofReplyTokens } from './replyTokens';
import { sealedFields as ofReportDrafts } from './reportDrafts';
import { keyIdOf } from './sealed';
import type { SealedPlace } from './sealedPlace';
import type { Store } from './store';
import { sealedFields as ofStaffAccounts } from './staffAccounts';
import { sealedFields as ofUpdateRequests } from './updateRequests';
import { sealedFields as ofVerifications } from './verifications';

/** Everywhere in the store that something is sealed; the files of raw mails come on top. */
export const SEALED_PLACES: readonly SealedPlace[] = [
  ...ofActivities,
  ...ofBotState,
  ...ofCalls,
  ...ofCannedReplies,
  ...ofCases,
  ...ofChoices,
  ...ofConsents,
  ...ofConversations,
  ...ofCustomers,
  ...ofDeputies,
  ...ofHandoffs,
  ...ofInboundMails,
  ...ofLinks,
  ...ofOutbox,
  ...ofReplyTokens,
  ...ofReportDrafts,
  ...ofStaffAccounts,
  ...ofUpdateRequests,
  ...ofVerifications,
];

/** What sealing everything anew came to. */
export interface Resealed {
  /** Values that are sealed with the first key now, and were not before. */
  readonly resealed: number;
  /** Values that no key of the ring opens; they stay as they are. */
  readonly unreadable: number;
}

/** Told how many of the documents and files were looked at; what it promises is waited for. */
export type OnLooked = (looked: number, of: number) => unknown;

interface StoredDocument {
  readonly _id: string;
  readonly [field: string]: unknown;
}

/** A sealed value and where exactly it stands. */
interface SealedValue {
  readonly place: SealedPlace;
  readonly id: string;
  readonly elementId: string;
  /** The field with the place in its list, as MongoDB names it: `effects.2.body`. */
  readonly at: string;
  /** What must still be so when the value is replaced, beside the value itself. */
  readonly where: Readonly<Record<string, unknown>>;
  readonly value: string;
}

interface Replacement {
  readonly updateOne: {
    readonly filter: Record<string, unknown>;
    readonly update: { readonly $set: Record<string, unknown> };
  };
}

const BATCH = 200;
const MOST_PASSES = 5;

/**
 * Seals everything anew with the first key of the ring, while the desk runs: a value is replaced only as it was read, and
 * what is sealed with the first key already is left alone, so that it can be cut short and begun again.
 */
export class Reseal {
  constructor(
    private readonly store: Store,
    private readonly rawMails: RawMails,
  ) {}

  /** How many values each key has sealed, by the key's id. */
  async counts(): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    const count = (keyId: string): void => {
      counts.set(keyId, (counts.get(keyId) ?? 0) + 1);
    };
    for (const [collection, places] of byCollection())
      for await (const document of this.documents(collection))
        for (const { value } of places.flatMap((place) => valuesOf(document, place)))
          count(keyIdOf(value));
    for (const id of await this.rawMails.ids()) {
      const keyId = await this.rawMails.keyIdOf(id);
      if (keyId !== undefined) count(keyId);
    }
    return counts;
  }

  /** Seals everything anew; values that changed meanwhile are looked at again. */
  async run(onLooked: OnLooked): Promise<Resealed> {
    let resealed = 0;
    for (let pass = 1; ; pass += 1) {
      const done = await this.pass(onLooked);
      resealed += done.resealed;
      if (done.overtaken === 0 || pass === MOST_PASSES)
        return { resealed, unreadable: done.unreadable };
    }
  }

  private async pass(onLooked: OnLooked): Promise<Resealed & { readonly overtaken: number }> {
    const mails = await this.rawMails.ids();
    let total = mails.length;
    for (const collection of byCollection().keys())
      total += await this.store.connection.collection(collection).estimatedDocumentCount();
    const sum = { resealed: 0, unreadable: 0, overtaken: 0 };
    let looked = 0;
    for (const [collection, places] of byCollection()) {
      let replacements: Replacement[] = [];
      const write = async (): Promise<void> => {
        const matched = await this.replace(collection, replacements);
        sum.resealed += matched;
        sum.overtaken += replacements.length - matched;
        replacements = [];
      };
      for await (const document of this.documents(collection)) {
        for (const value of places.flatMap((place) => valuesOf(document, place))) {
          if (keyIdOf(value.value) === this.store.vault.keyIds[0]) continue;
          const replacement = this.replacementOf(value);
          if (replacement) replacements.push(replacement);
          else sum.unreadable += 1;
        }
        if (replacements.length >= BATCH) await write();
        looked += 1;
        await onLooked(looked, Math.max(total, looked));
      }
      await write();
    }
    for (const id of mails) {
      const outcome = await this.resealMail(id);
      if (outcome !== 'left') sum[outcome] += 1;
      looked += 1;
      await onLooked(looked, Math.max(total, looked));
    }
    return sum;
  }

  /** @returns how many values still were as they had been read. */
  private async replace(collection: string, replacements: readonly Replacement[]): Promise<number> {
    if (replacements.length === 0) return 0;
    const { matchedCount } = await this.store.connection
      .collection<StoredDocument>(collection)
      .bulkWrite([...replacements], { ordered: false });
    return matchedCount;
  }

  private replacementOf({
    place,
    id,
    elementId,
    at,
    where,
    value,
  }: SealedValue): Replacement | undefined {
    const { vault } = this.store;
    const path = place.pathOf(id, elementId);
    try {
      const opened = vault.open(value, path);
      const indexes = place.indexes?.(vault, opened) ?? {};
      return {
        updateOne: {
          filter: { _id: id, ...where, [at]: value },
          update: { $set: { [at]: vault.seal(opened, path), ...indexes } },
        },
      };
    } catch {
      return undefined;
    }
  }

  private async resealMail(id: string): Promise<'resealed' | 'unreadable' | 'left'> {
    const keyId = await this.rawMails.keyIdOf(id);
    if (keyId === undefined || keyId === this.store.vault.keyIds[0]) return 'left';
    try {
      await this.rawMails.reseal(id);
      return 'resealed';
    } catch {
      // Either its key is gone, or the mail itself by now.
      return (await this.rawMails.keyIdOf(id)) === undefined ? 'left' : 'unreadable';
    }
  }

  private documents(collection: string): AsyncIterable<StoredDocument> {
    return this.store.connection.collection<StoredDocument>(collection).find().batchSize(BATCH);
  }
}

function byCollection(): ReadonlyMap<string, readonly SealedPlace[]> {
  const grouped = new Map<string, SealedPlace[]>();
  for (const place of SEALED_PLACES)
    grouped.set(place.collection, [...(grouped.get(place.collection) ?? []), place]);
  return grouped;
}

/** The values that a document holds in one place: none, one, or one for each element of a list. */
function valuesOf(document: StoredDocument, place: SealedPlace): SealedValue[] {
  const { list, field } = place;
  const found = (holder: unknown, at: string, rest: Pick<SealedValue, 'elementId' | 'where'>) => {
    const value = valueAt(holder, field);
    return typeof value === 'string' ? [{ place, id: document._id, at, value, ...rest }] : [];
  };
  if (list === undefined) return found(document, field, { elementId: '', where: {} });
  const elements = document[list];
  if (!Array.isArray(elements)) return [];
  return elements.flatMap((element: unknown, index) => {
    const elementId = String(valueAt(element, 'id'));
    // By its place, since the embedded store has no `effects.$`; one that has moved meanwhile is looked at again.
    const where = { [`${list}.${index}.id`]: elementId };
    return found(element, `${list}.${index}.${field}`, { elementId, where });
  });
}

const valueAt = (holder: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null
          ? (value as Record<string, unknown>)[name]
          : undefined,
      holder,
    );
