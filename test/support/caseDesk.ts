import { CalendarRecords } from '../../models/calendars';
import { CaseCheckRecords } from '../../models/caseChecks';
import { CaseRecords } from '../../models/cases';
import { OutboxRecords } from '../../models/outbox';
import { ReportDraftRecords } from '../../models/reportDrafts';
import type { Store } from '../../models/store';
import { parseCalendar } from '../../services/businessDays';
import { CaseChecks } from '../../services/caseChecks';
import { Cases, type CaseToOpen } from '../../services/cases';
import { Effects, type Messenger, type StaffAddresses } from '../../services/effects';
import type { OutgoingMail } from '../../services/mailer';
import { Outbox } from '../../services/outbox';
import type { Ids } from '../../services/ports';
import { PromiseTerms } from '../../services/promise';
import { ReportDrafts, type DraftContent } from '../../services/reportDrafts';
import { countedIds, TestClock } from './doubles';
import { keptLog } from './keptLog';

/** A line that was said in a conversation. */
export interface SaidLine {
  readonly reference: unknown;
  readonly text: string;
  readonly key: string;
}

const CALENDAR = parseCalendar({ weekend: [6, 7], opens: '09:00', closes: '18:00' });
export const ZONE = 'Asia/Kolkata';
export const STAFF: StaffAddresses = {
  managers: ['manager@example.com'],
  escalation: 'escalation@example.com',
};

/** What deals with cases, over a store, without chat and HTTP; mails and lines are kept. */
export async function caseDesk(
  store: Store,
  options: {
    ids?: Ids;
    messenger?: Messenger;
    /** In the place of those of the store, to fail where a test wants it. */
    records?: { cases?: CaseRecords; drafts?: ReportDraftRecords };
  } = {},
) {
  const { ids = countedIds() } = options;
  const clock = new TestClock(new Date('2026-11-23T04:30:00Z'));
  const log = keptLog();
  const records = {
    cases: new CaseRecords(store),
    outbox: new OutboxRecords(store),
    drafts: new ReportDraftRecords(store),
    caseChecks: new CaseCheckRecords(store),
    ...options.records,
  };
  for (const each of Object.values(records)) await each.ensureIndexes();

  const mails: OutgoingMail[] = [];
  const mailer = {
    send: async (mail: OutgoingMail) => {
      mails.push(mail);
      return { outcome: 'accepted' as const };
    },
    close: async () => undefined,
  };
  const said: SaidLine[] = [];
  const messenger: Messenger = options.messenger ?? {
    send: async (reference: unknown, text: string, key: string) => {
      if (!said.some((line) => line.key === key)) said.push({ reference, text, key });
    },
  };
  const kicks = { count: 0 };
  const outbox = new Outbox(records.outbox, mailer, clock, ids, log, {
    from: 'desk@comantra.net',
    domain: 'comantra.net',
  });
  const terms = new PromiseTerms(CALENDAR, ZONE, 5, new CalendarRecords(store));
  const cases = new Cases(records.cases, terms, store.vault, ids, log, {
    chatUrl: 'https://desk.example.com',
    onEffects: () => (kicks.count += 1),
  });
  const caseChecks = new CaseChecks(cases, records.caseChecks, clock);
  const effectsFor = (addresses: StaffAddresses) =>
    new Effects(records.cases, outbox, messenger, addresses, clock, log);
  const effects = effectsFor(STAFF);
  const drafts = new ReportDrafts(records.drafts, cases, clock, log);
  return {
    ...{
      cases,
      caseChecks,
      clock,
      drafts,
      effects,
      effectsFor,
      ids,
      kicks,
      log,
      mails,
      outbox,
      records,
      said,
    },
    /** Carries out all effects and delivers all mails. */
    async settle(): Promise<void> {
      await effects.sweep();
      await outbox.deliverDue();
    },
  };
}

export type CaseDesk = Awaited<ReturnType<typeof caseDesk>>;

export const CASE_ID = '11111111-1111-4111-8111-111111111111';

/** A confirmed report with an e-mail address; `changes` take the place of what it holds. */
export const toOpen = (changes: Partial<CaseToOpen> = {}): CaseToOpen => ({
  id: CASE_ID,
  kind: 'breach',
  urgency: 'high',
  aboutStaff: 'no',
  confirmed: true,
  conversationId: 'c1',
  receivedAt: new Date('2026-11-23T04:00:00Z'),
  report: {
    whatHappened: 'A zebra read my letters.',
    email: 'Rina.Sen@example.org',
    name: 'Rina Sen',
    phone: '+919830012345',
  },
  ...changes,
});

/** What is told so far of such a report. */
export const draftOf = (changes: Partial<DraftContent> = {}): DraftContent => ({
  kind: 'breach',
  urgency: 'high',
  report: { whatHappened: 'A zebra read my letters.' },
  reference: { conversation: { id: 'c1' } },
  ...changes,
});
