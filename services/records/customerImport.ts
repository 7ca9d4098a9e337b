import type { Audit } from '../audit';
import type { CustomerRow, FileFault } from './customerFile';
import type { CustomerRecords } from './customers';
import type { Clock, Ids } from '../ports';

/** What came of an import; of a faulty one, nothing is in the store. */
export type ImportOutcome =
  | { readonly outcome: 'imported'; readonly count: number }
  /** A user name or address was taken while the import ran. */
  | { readonly outcome: 'overtaken' }
  | { readonly outcome: 'faulty'; readonly faults: readonly FileFault[] };

/** Told how many of the rows are stored; what it promises is waited for. */
export type OnProgress = (done: number) => unknown;

/** An import that began earlier than this is no longer running. */
const ABANDONED_MS = 60 * 60 * 1000;
const STORED_AT_ONCE = 500;

/** Takes in customers from a file: all of them or none, while the desk runs. */
export class CustomerImport {
  constructor(
    private readonly records: CustomerRecords,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Which of the rows have a user name or address that a record in the store has. */
  async conflicts(rows: readonly CustomerRow[]): Promise<FileFault[]> {
    const faults: FileFault[] = [];
    for (const column of ['userName', 'email'] as const) {
      const values = rows.flatMap(({ customer }) => customer[column] ?? []);
      const taken = await this.records.taken(column, values);
      for (const { line, customer } of rows)
        if (taken.has(customer[column] ?? ''))
          faults.push({ line, column, why: 'A customer in the store has it already.' });
    }
    return faults.sort((a, b) => a.line - b.line);
  }

  /**
   * Stores the rows where nobody sees them, looks once more whether a name or an address is taken, and shows them all at
   * once; what an earlier import left behind that was cut short is cleared up first.
   */
  async run(rows: readonly CustomerRow[], onProgress: OnProgress): Promise<ImportOutcome> {
    const importId = this.ids.uuid();
    const at = this.clock.now();
    await this.records.settleImports(new Date(at.getTime() - ABANDONED_MS));
    try {
      for (let from = 0; from < rows.length; from += STORED_AT_ONCE) {
        const some = rows.slice(from, from + STORED_AT_ONCE).map(({ customer }) => ({
          ...{ ...customer, id: this.ids.uuid() },
          ...{ formerEmails: [], handled: [], revision: 0 },
        }));
        await this.records.stage(importId, at, some);
        await onProgress(from + some.length);
      }
      const faults = await this.conflicts(rows);
      if (faults.length > 0) {
        await this.records.discard(importId);
        return { outcome: 'faulty', faults };
      }
    } catch (error) {
      await this.records.discard(importId).catch(() => undefined);
      throw error;
    }
    if (rows.length > 0 && !(await this.records.show(importId))) return { outcome: 'overtaken' };
    await this.audit.append({
      ...{ id: `${importId}-record.imported`, action: 'record.imported', at, by: 'operator' },
      about: { kind: 'record', id: importId },
      facts: { count: rows.length },
    });
    return { outcome: 'imported', count: rows.length };
  }
}
