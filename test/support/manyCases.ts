import type { Case, CaseRecords } from '../../models/cases';
import type { Store } from '../../models/store';

const BATCH = 1000;

/** Stores many open cases at once, faster than one by one; what they report is what the first reports. */
export async function storeMany(
  store: Store,
  records: CaseRecords,
  [first, ...others]: readonly Case[],
): Promise<void> {
  if (!first) return;
  await records.insert(first, []);
  const collection = store.connection.collection<{ _id: string; content: string }>('cases');
  const template = (await collection.findOne({ _id: first.id }))!;
  const pathOf = (id: string): string => `cases/${id}/content`;
  const content = store.vault.open(template.content, pathOf(first.id)) as object;
  const documents = others.map(({ id, reference, rounds, clock, openedAt, followUps, notes }) => ({
    ...{ ...template, _id: id, reference, openedAt },
    ...{ clock, promises: rounds.map(({ promise }) => promise) },
    content: store.vault.seal({ ...content, rounds, followUps, notes }, pathOf(id)),
  }));
  for (let at = 0; at < documents.length; at += BATCH)
    await collection.insertMany(documents.slice(at, at + BATCH));
}

/** How many documents the store compared with a query while something was done. */
export async function documentsRead(store: Store, act: () => Promise<unknown>): Promise<number> {
  const tally = async (): Promise<number> => {
    const status = await store.connection.db!.command({ serverStatus: 1 });
    return (status.metrics as { queryExecutor: { scannedObjects: number } }).queryExecutor
      .scannedObjects;
  };
  const before = await tally();
  await act();
  return (await tally()) - before;
}
