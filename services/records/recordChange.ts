import type { Customer, CustomerRecords } from '../../models/customers';
import type { Effect } from '../../models/effects';

/** What becomes of a record, and what follows from it. */
export interface RecordChange {
  readonly changed: Customer;
  readonly effects: readonly Effect[];
}

/** Says what becomes of a record as it stands; undefined when nothing is to be changed. */
export type Change = (of: Customer) => RecordChange | undefined | Promise<RecordChange | undefined>;

/** What came of it; `unchanged`: nothing was to be changed. */
export type ChangeOutcome = 'changed' | 'unchanged' | 'emailTaken' | 'gone';

/** Somebody else changed the record at the same moment, so often in a row, does not happen. */
const MOST_TRIES = 10;

/** Changes a record as it stands, also when somebody else changed it meanwhile: then it is looked at anew. */
export async function changeRecord(
  records: CustomerRecords,
  found: Customer | undefined,
  change: Change,
): Promise<ChangeOutcome> {
  let of = found;
  for (let tries = 0; of && tries < MOST_TRIES; tries += 1) {
    const next = await change(of);
    if (!next) return 'unchanged';
    const written = await records.change(next.changed, next.effects);
    if (written !== 'stale') return written;
    of = await records.byId(of.id);
  }
  if (!of) return 'gone';
  throw new Error('A record was changed by others at every try.');
}
