import type { Customer, CustomerRecords } from '../models/customers';
import type { Effect } from '../models/effects';

/** What becomes of a record, and what follows from it. */
export interface RecordChange {
  readonly changed: Customer;
  readonly effects: readonly Effect[];
}

/** Says what becomes of a record as it stands; undefined when nothing is to be changed. */
export type Change = (of: Customer) => RecordChange | undefined;

const MOST_TRIES = 10;

/**
 * Changes a record as it stands, also when somebody else changed it meanwhile: then it is looked at anew. Not for a change
 * of the address, which may be taken.
 * @returns false when nothing was to be changed.
 */
export async function changeRecord(
  records: CustomerRecords,
  found: Customer,
  change: Change,
): Promise<boolean> {
  let of: Customer | undefined = found;
  for (let tries = 0; of && tries < MOST_TRIES; tries += 1) {
    const next = change(of);
    if (!next) return false;
    if ((await records.change(next.changed, next.effects)) === 'changed') return true;
    of = await records.byId(of.id);
  }
  if (!of) return false;
  throw new Error('A record was changed by others at every try.');
}
