import { CustomerRecords } from '../../models/customers';
import { LinkRecords } from '../../models/links';
import type { Store } from '../../models/store';
import { Customers } from '../../services/records/customers';
import { FreezeDecisions } from '../../services/records/freezeDecisions';
import { Freezes } from '../../services/records/freezes';
import { Limits } from '../../services/limits';
import { Links } from '../../services/links';
import type { OutgoingMail } from '../../services/mailer';
import { Newsletter } from '../../services/records/newsletter';
import { Notices } from '../../services/notices';
import { PasswordLinks } from '../../services/records/passwordLinks';
import { RecordEffects } from '../../services/recordEffects';
import { caseDesk, ZONE } from './caseDesk';

export const DESK_URL = 'https://desk.example.com';
export const ACCOUNT_URL = 'https://shop.example.com/reset?lang=en';

/** What holds records still and sends links, over a store and beside a desk for cases; mails are kept. */
export async function recordDesk(
  store: Store,
  options: { accountUrl?: string | undefined } = { accountUrl: ACCOUNT_URL },
) {
  const desk = await caseDesk(store);
  const { audit, cases, clock, ids, log, mails, outbox, replyTokens, staff } = desk;
  const records = { customers: new CustomerRecords(store), links: new LinkRecords(store) };
  for (const each of Object.values(records)) await each.ensureIndexes();
  const kicks = { count: 0 };
  const customers = new Customers(records.customers, store.vault);
  const links = new Links(records.links, clock, ids, DESK_URL);
  const limits = new Limits(desk.records.attempts, clock);
  const parts = {
    ...{ customers, links, limits, staff, clock, ids, log, vault: store.vault },
    ...{ zone: ZONE, publicUrl: DESK_URL, privacyMailbox: 'info@comantra.net' },
    records: records.customers,
    onEffects: () => {
      kicks.count += 1;
    },
  };
  const notices = new Notices(outbox, replyTokens, staff, clock);
  const messenger = { send: async () => undefined };
  const effects = new RecordEffects(
    [records.customers.effects, records.links.effects],
    { audit, cases, messenger, notices },
    clock,
    log,
  );
  return {
    ...{ audit, cases, clock, customers, kicks, limits, links, log, mails, records, store },
    caseRecords: desk.records.cases,
    freezes: new Freezes(parts),
    decisions: new FreezeDecisions(parts),
    newsletter: new Newsletter(parts),
    passwordLinks: new PasswordLinks(parts, options.accountUrl),
    /** Carries out all that follows, and delivers all mails. */
    async settle(): Promise<void> {
      while ((await effects.sweep()) > 0);
      await desk.settle();
    },
    mailsTo: (address: string): OutgoingMail[] => mails.filter(({ to }) => to === address),
    actionsAbout: async (customerId: string): Promise<string[]> =>
      (await audit.entriesAbout('record', customerId)).map(({ action }) => action),
  };
}

export type RecordDesk = Awaited<ReturnType<typeof recordDesk>>;

/** How many commands the store is given by something. */
export async function commandsOf(store: Store, run: () => Promise<unknown>): Promise<string[]> {
  const given: string[] = [];
  store.connection.set('debug', (collection: string, method: string) => {
    given.push(`${collection}.${method}`);
  });
  try {
    await run();
  } finally {
    store.connection.set('debug', false);
  }
  return given;
}
