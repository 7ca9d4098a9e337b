import { randomUUID } from 'node:crypto';
import type { Customer, CustomerRecords } from '../../models/customers';

/** A customer with nothing but a user name and what a test gives. */
export const customerOf = (over: Partial<Customer> = {}): Customer => ({
  ...{ id: randomUUID(), userName: `user-${randomUUID().slice(0, 8)}` },
  ...{ newsletter: false, marketingEmail: false, marketingPhone: false, marketingPost: false },
  ...{ formerEmails: [], handled: [], revision: 0 },
  ...over,
});

/** Puts customers into a store, as an import does. */
export async function storeCustomers(
  records: CustomerRecords,
  ...customers: readonly Customer[]
): Promise<void> {
  const importId = randomUUID();
  await records.stage(importId, new Date('2026-01-01T00:00:00Z'), customers);
  await records.show(importId);
}
