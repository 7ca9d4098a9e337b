import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../bot/root';
import { CallRecords } from '../../models/calls';
import type { Store } from '../../models/store';
import { UpdateRequestRecords } from '../../models/updateRequests';
import { Calls } from '../../services/calls';
import { DeskNews, type DeskEvent } from '../../services/deskNews';
import { loadGuidance } from '../../services/guidance';
import { loadPolicy } from '../../services/policy';
import { RecordEffects } from '../../services/recordEffects';
import { Customers } from '../../services/records/customers';
import type { StaffMember } from '../../services/staffMember';
import type { Understanding } from '../../services/understanding/types';
import { Updates } from '../../services/updates';
import { customerOf } from './customers';
import { verificationDesk } from './verificationDesk';

export const ASHA = customerOf({
  ...{ id: '22222222-2222-4222-8222-222222222222', userName: 'asha.rao', name: 'Asha Rao' },
  ...{ email: 'asha.rao@example.com', phone: '+919830012345', newsletter: true },
});
export const CALL = '55555555-5555-4555-8555-555555555555';
export const MEERA: StaffMember = {
  ...{ accountId: 'meera', name: 'Meera Nair', email: 'meera@comantra.net' },
};
export const TOM: StaffMember = {
  ...{ accountId: 'tom', name: 'Tom', email: 'tom@comantra.net' },
};
/** Half an hour before the test's clock. */
export const STARTED = new Date('2026-11-23T04:00:00Z');

const read = (file: string): string => readFileSync(path.join(ROOT, 'knowledge', file), 'utf8');

/** Takes words that are passages' ids to ask for these passages. */
const understanding: Understanding = {
  understand: (text) =>
    Promise.resolve({
      ...{ intent: 'faq', bestIntent: 'faq', score: 1, passages: [], openQuestion: false },
      offered: text.split(' ').filter((word) => word.includes('.')),
    }),
};

/** What takes telephone calls, over a store and beside a desk for codes and cases; mails are kept. */
export async function callDesk(store: Store) {
  const desk = await verificationDesk(store);
  const { audit, clock, ids, limits, links, log, mails, messenger, notices, staff } = desk;
  const { cases, outbox, records: caseRecords, terms } = desk.caseDesk;
  const records = {
    ...desk.records,
    calls: new CallRecords(store),
    updates: new UpdateRequestRecords(store),
  };
  await records.calls.ensureIndexes();
  await records.updates.ensureIndexes();
  const customers = new Customers(records.customers, store.vault);
  const kicks = { count: 0 };
  const onEffects = (): void => {
    kicks.count += 1;
  };
  const updates = new Updates({
    ...{ customers, links, limits, staff, clock, ids, log, onEffects },
    publicUrl: 'https://desk.example.com',
    records: records.updates,
    customerRecords: records.customers,
  });
  const news = new DeskNews();
  const heard: DeskEvent[] = [];
  news.listen((event) => heard.push(event));
  const calls = new Calls({
    ...{ updates, customers, cases, understanding, news, terms, clock, log, onEffects },
    records: records.calls,
    verifications: desk.verifications,
    policy: loadPolicy(read('policy.md')),
    guidance: loadGuidance(read('guidance.md')),
  });
  const { calls: ofCalls, updates: ofUpdates, customers: ofCustomers, verifications } = records;
  const effects = new RecordEffects(
    [ofUpdates, ofCustomers, records.links, verifications, ofCalls].map((each) => each.effects),
    { audit, cases, messenger, notices },
    clock,
    log,
  );
  await desk.know(ASHA);
  return {
    ...{ audit, calls, clock, heard, kicks, links, log, mails, records, store, updates },
    cases: caseRecords.cases,
    verifications: desk.verifications,
    know: desk.know,
    asha: async () => (await records.customers.byId(ASHA.id))!,
    begin: (id = CALL, agent = MEERA) => calls.begin({ id, agent, startedAt: STARTED }),
    /** Carries all out, and gives the mails that it led to. */
    async settle() {
      const before = mails.length;
      while ((await effects.sweep()) > 0);
      await desk.caseDesk.effects.sweep();
      await outbox.deliverDue();
      return mails.slice(before);
    },
    /** The code in the newest mail that has one, with all carried out before. */
    async code(): Promise<string> {
      await this.settle();
      return desk.code();
    },
    /** What the mailbox of Asha is sent to stop the call: the token of the newest link. */
    async stopToken(): Promise<string> {
      await this.settle();
      const [, token] = /link\/([\w-]{43}) opens/.exec(mails.at(-1)?.text ?? '') ?? [];
      return token!;
    },
    /** She has read out the right code, for that purpose. */
    async verify(purpose: 'change' | 'report' | 'question' = 'change', id = CALL): Promise<void> {
      await calls.sendCode(id, MEERA, { claimed: 'asha.rao', purpose });
      const checked = await calls.check(id, MEERA, await this.code());
      if (checked.outcome !== 'verified') throw new Error(`The code is ${checked.outcome}.`);
    },
    /** What the audit log says of a call, in order. */
    async audited(id = CALL) {
      await this.settle();
      return audit.entriesAbout('call', id);
    },
  };
}

export type CallDesk = Awaited<ReturnType<typeof callDesk>>;
