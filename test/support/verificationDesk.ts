import { AttemptRecords } from '../../models/attempts';
import { CustomerRecords, type Customer } from '../../models/customers';
import { LinkRecords } from '../../models/links';
import type { Store } from '../../models/store';
import { VerificationRecords } from '../../models/verifications';
import { Customers } from '../../services/records/customers';
import { Limits } from '../../services/limits';
import { Links } from '../../services/links';
import { Notices } from '../../services/notices';
import { RecordEffects } from '../../services/recordEffects';
import { Verifications } from '../../services/verification';
import { caseDesk, ZONE } from './caseDesk';
import { storeCustomers } from './customers';
import { countedIds } from './doubles';

/**
 * What proves customers, over a store, without chat and HTTP.
 * @param seed another for each desk of a store: ids are drawn from it.
 */
export async function verificationDesk(store: Store, seed = 'desk') {
  const ids = countedIds(seed);
  const desk = await caseDesk(store, { ids });
  const { audit, cases, clock, log, mails, outbox, replyTokens, staff } = desk;
  const records = {
    attempts: new AttemptRecords(store),
    customers: new CustomerRecords(store),
    links: new LinkRecords(store),
    verifications: new VerificationRecords(store),
  };
  for (const each of Object.values(records)) await each.ensureIndexes();
  const limits = new Limits(records.attempts, clock);
  const links = new Links(records.links, clock, ids, 'https://desk.example.com');
  const verifications = new Verifications({
    ...{ limits, links, clock, ids, vault: store.vault },
    records: records.verifications,
    customers: new Customers(records.customers, store.vault),
    ...{ zone: ZONE, privacyMailbox: 'info@comantra.net' },
    onEffects: () => undefined,
  });
  const notices = new Notices(outbox, replyTokens, staff, clock);
  const messenger = { send: async () => undefined };
  const effects = new RecordEffects(
    [records.verifications.effects],
    { audit, cases, messenger, notices },
    clock,
    log,
  );
  return {
    caseDesk: desk,
    ...{ ids, messenger, notices },
    ...{ audit, clock, effects, limits, links, log, mails, records, staff, store, verifications },
    know: (...customers: readonly Customer[]) => storeCustomers(records.customers, ...customers),
    /** Carries out all effects and gives the mails that it led to. */
    async settle() {
      const before = mails.length;
      await effects.sweep();
      await outbox.deliverDue();
      return mails.slice(before);
    },
    /** The code in the newest mail that has one; settles first. Mails that go out together have no order. */
    async code(): Promise<string> {
      await this.settle();
      for (const { text } of [...mails].reverse()) {
        const [, one, other] = /^Your code: (\d{3}) (\d{3})$/m.exec(text) ?? [];
        if (one && other) return one + other;
      }
      throw new Error('No mail has a code.');
    },
  };
}

export type VerificationDesk = Awaited<ReturnType<typeof verificationDesk>>;

/** A code that is another one. */
export const wrongFor = (code: string, by = 1): string =>
  String((Number(code) + by) % 1_000_000).padStart(6, '0');
