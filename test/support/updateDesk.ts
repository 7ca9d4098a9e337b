import { CustomerRecords, type Customer } from '../../models/customers';
import { LinkRecords } from '../../models/links';
import type { Store } from '../../models/store';
import { UpdateRequestRecords } from '../../models/updateRequests';
import { Customers } from '../../services/records/customers';
import { Limits } from '../../services/limits';
import { Links } from '../../services/links';
import { Notices } from '../../services/notices';
import { RecordEffects } from '../../services/recordEffects';
import type { RecordField } from '../../services/records/recordFields';
import { Updates, type FieldChange, type UpdateRequest } from '../../services/updates';
import { caseDesk, type SaidLine } from './caseDesk';
import { customerOf, storeCustomers } from './customers';

export const MANAGER = 'manager@example.com';
export const ESCALATION = 'escalation@example.com';
export const NOW = new Date('2026-11-23T04:30:00Z');
export const ID = '44444444-4444-4444-8444-444444444444';
export const REFERENCE = { conversation: { id: 'c1' } };

export const ASHA = customerOf({
  ...{ id: '22222222-2222-4222-8222-222222222222', userName: 'asha.rao', name: 'Asha Rao' },
  ...{ email: 'asha.rao@oldmail.invalid', phone: '+919830012345', newsletter: true },
  mailingAddress: '8 Lake Terrace\nKolkata 700029',
});

/** A change of a field of hers, as it was shown to her. */
export const to = (field: RecordField, after: FieldChange['after']): FieldChange => ({
  ...{ field, after },
  before: ASHA[field] ?? null,
});

export const PHONE = to('phone', '+919831067890');
export const NAME = to('name', 'Asha Sen');
export const EMAIL = to('email', 'asha.sen@newmail.invalid');

/** A deed of staff, now. */
export const deedOf = (by = MANAGER, reason = 'She called, and it is she.') => ({
  ...{ by, reason },
  at: NOW,
});

/** What changes records on request, over a store and beside a desk for cases; mails and lines are kept. */
export async function updateDesk(store: Store) {
  const desk = await caseDesk(store);
  const { audit, cases, clock, ids, log, mails, outbox, replyTokens, staff } = desk;
  const records = {
    customers: new CustomerRecords(store),
    links: new LinkRecords(store),
    updates: new UpdateRequestRecords(store),
  };
  for (const each of Object.values(records)) await each.ensureIndexes();
  await storeCustomers(records.customers, ASHA);
  const said: SaidLine[] = [];
  const messenger = {
    send: async (reference: unknown, words: { text: string; whenIdle?: string }, key: string) => {
      said.push({ reference, ...words, key });
    },
  };
  const links = new Links(records.links, clock, ids, 'https://desk.example.com');
  const updates = new Updates({
    ...{ links, staff, clock, ids, log, publicUrl: 'https://desk.example.com' },
    records: records.updates,
    customerRecords: records.customers,
    customers: new Customers(records.customers, store.vault),
    limits: new Limits(desk.records.attempts, clock),
    onEffects: () => undefined,
  });
  const effects = new RecordEffects(
    [records.updates.effects, records.customers.effects],
    { audit, cases, messenger, notices: new Notices(outbox, replyTokens, staff, clock) },
    clock,
    log,
  );
  const settle = async (): Promise<void> => {
    while ((await effects.sweep()) > 0);
    await desk.settle();
  };
  return {
    ...{ audit, cases, clock, links, log, mails, records, said, settle, store, updates },
    /** A change that she has confirmed, with the mailbox on file proved. */
    request: (changes: readonly FieldChange[], id = ID, newMailboxProved = false) =>
      updates.request({
        ...{ id, changes, newMailboxProved, customerId: ASHA.id, door: 'chat' },
        conversationReference: REFERENCE,
      }),
    asha: async (): Promise<Customer> => (await records.customers.byId(ASHA.id))!,
    /** Her record is changed otherwise meanwhile. */
    async meanwhile(change: Partial<Customer>): Promise<void> {
      const found = (await records.customers.byId(ASHA.id))!;
      await records.customers.change({ ...found, ...change }, []);
    },
    /** The only request that waits. */
    async waiting(): Promise<UpdateRequest> {
      const [found, ...more] = await records.updates.waiting(10);
      if (!found || more.length > 0) throw new Error('There is not one request that waits.');
      return found;
    },
    /** Carries all out, and gives who got what mail since it was last asked, in order. */
    async news(): Promise<string[]> {
      await settle();
      const news = mails.splice(0).map(({ to: address, subject }) => `${address}: ${subject}`);
      return news.sort();
    },
    actionsAbout: async (id: string): Promise<string[]> => {
      await settle();
      return (await audit.entriesAbout('update', id)).map(({ action }) => action);
    },
  };
}

export type UpdateDesk = Awaited<ReturnType<typeof updateDesk>>;
