import type { RawMails } from '../models/rawMails';
import { Reseal, type OnLooked, type Resealed } from '../models/reseal';
import type { Store } from '../models/store';
import type { Audit } from './audit';
import type { Clock, Ids } from './ports';

/** A key and what it has sealed. */
export interface KeyUse {
  readonly id: string;
  readonly sealed: number;
  /** `writes`: the first of the ring; `reads`: one of the others; `unknown`: sealed something, and is not in the ring. */
  readonly role: 'writes' | 'reads' | 'unknown';
}

/** Moves everything from older keys of the ring to the first one. */
export class KeyRotation {
  private readonly reseal: Reseal;

  constructor(
    private readonly store: Store,
    rawMails: RawMails,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {
    this.reseal = new Reseal(store, rawMails);
  }

  /** The keys, those of the ring first and in its order. */
  async uses(): Promise<readonly KeyUse[]> {
    const counts = await this.reseal.counts();
    const { keyIds } = this.store.vault;
    const unknown = [...counts.keys()].filter((id) => !keyIds.includes(id)).sort();
    return [...keyIds, ...unknown].map((id, place) => ({
      id,
      sealed: counts.get(id) ?? 0,
      role: place === 0 ? 'writes' : keyIds.includes(id) ? 'reads' : 'unknown',
    }));
  }

  /** Seals everything with the first key, and makes the hashes anew by which customers are found. */
  async rotate(onLooked: OnLooked): Promise<Resealed> {
    const done = await this.reseal.run(onLooked);
    const [to = ''] = this.store.vault.keyIds;
    if (done.resealed > 0)
      await this.audit.append({
        ...{ id: `${this.ids.uuid()}-keys.rotated`, action: 'keys.rotated' },
        ...{ at: this.clock.now(), by: 'operator' },
        about: { kind: 'audit', id: 'keys' },
        facts: { count: done.resealed, to },
      });
    return done;
  }
}

/** The keys in words, and what an older one is still good for once nothing is sealed with it. */
export function keysInWords(uses: readonly KeyUse[]): string[] {
  const olds = uses.filter(({ role }) => role === 'reads');
  return [
    'Keys, the one that writes first:',
    ...uses.map(({ id, sealed, role }) => `  ${id}  ${ROLES[role]}  ${values(sealed)}`),
    ...(uses.some(({ role }) => role === 'unknown')
      ? [
          'What a key has sealed that is not in SECRET_KEY cannot be read: put the key back, behind the first one.',
        ]
      : []),
    ...(olds.length > 0 ? ['', ...beforeRemoval(olds)] : []),
  ];
}

const ROLES: Readonly<Record<KeyUse['role'], string>> = {
  writes: 'seals and opens',
  reads: 'opens only',
  unknown: 'is missing',
};

/** A count of sealed values, in words. */
export const values = (count: number): string =>
  `${count} sealed ${count === 1 ? 'value' : 'values'}`;

function beforeRemoval(olds: readonly KeyUse[]): string[] {
  const left = olds.filter(({ sealed }) => sealed > 0).map(({ id }) => id);
  return [
    left.length > 0
      ? `Before you take ${left.join(', ')} out of SECRET_KEY: npm run keys -- rotate. Otherwise what it has sealed is lost.`
      : 'Nothing is sealed any more with an older key.',
    'Whoever takes an older key out of SECRET_KEY should know what else ends with it:',
    '  - The audit log: entries and heads that were written with it no longer pass npm run audit -- verify, and what a member of staff did then can no longer be told to be theirs. Keep the key for as long as the log has to stand.',
    '  - PINs: cases without an e-mail address that were opened while it was the first key no longer open with their PIN. Wait until they are closed.',
    '  - Newsletters that were sent while it was the first key: their link for leaving no longer works. Wait until nobody opens them any more.',
    '  - Links for a new password and codes by mail that are not used yet: half an hour after the change they are over anyway.',
    '  - Mails that only name an earlier mail in their header no longer find its case; replies to the desk’s reply addresses do.',
    '  - Counts of tries and of mails a day begin anew.',
    'Reply addresses, and the links “this was not me” and “continue”, do not depend on any key.',
  ];
}
