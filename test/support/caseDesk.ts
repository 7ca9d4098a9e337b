import { auditKeys } from '../../bot/secrets';
import { AuditRecords } from '../../models/auditEntries';
import { CalendarRecords } from '../../models/calendars';
import { AttemptRecords } from '../../models/attempts';
import { CaseRecords } from '../../models/cases';
import { DeputyRecords } from '../../models/deputies';
import { OutboxRecords } from '../../models/outbox';
import { ReplyTokenRecords } from '../../models/replyTokens';
import { ReportDraftRecords } from '../../models/reportDrafts';
import type { Store } from '../../models/store';
import { Audit } from '../../services/audit';
import { parseCalendar, type Calendar } from '../../services/businessDays';
import { CaseChanges } from '../../services/caseChanges';
import { CaseChecks } from '../../services/caseChecks';
import type { CaseMessage } from '../../services/caseEffects';
import { CaseHandling } from '../../services/caseHandling';
import { Cases, type CaseToOpen } from '../../services/cases';
import { Effects, type Messenger } from '../../services/effects';
import { FollowUps } from '../../services/followUps';
import type { OutgoingMail } from '../../services/mailer';
import { Outbox } from '../../services/outbox';
import type { Ids } from '../../services/ports';
import { PromiseTerms } from '../../services/promise';
import { PromiseSweep } from '../../services/promiseSweep';
import { ReplyTokens } from '../../services/replyTokens';
import { ReportDrafts, type DraftContent } from '../../services/reportDrafts';
import { Staff, type StaffAddresses } from '../../services/staff';
import { countedIds, TestClock } from './doubles';
import { keptLog } from './keptLog';
import { TEST_KEY } from './product';

/** A line that was said in a conversation. */
export interface SaidLine {
  readonly reference: unknown;
  readonly text: string;
  readonly whenIdle?: string;
  readonly key: string;
}

export const CALENDAR = parseCalendar({ weekend: [6, 7], opens: '09:00', closes: '18:00' });
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
    calendar?: Calendar;
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
    attempts: new AttemptRecords(store),
    audit: new AuditRecords(store),
    ...options.records,
    deputies: new DeputyRecords(store),
    replyTokens: new ReplyTokenRecords(store),
  };
  for (const each of Object.values(records))
    if ('ensureIndexes' in each) await each.ensureIndexes();

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
    send: async (
      reference: unknown,
      words: Pick<CaseMessage, 'text' | 'whenIdle'>,
      key: string,
    ) => {
      if (!said.some((line) => line.key === key)) said.push({ reference, ...words, key });
    },
  };
  const kicks = { count: 0 };
  const onEffects = (): void => {
    kicks.count += 1;
  };
  const outbox = new Outbox(records.outbox, mailer, clock, ids, log, {
    from: 'desk@comantra.net',
    domain: 'comantra.net',
  });
  const calendars = new CalendarRecords(store);
  const termsOf = (calendar: Calendar) => new PromiseTerms(calendar, ZONE, 5, calendars);
  const terms = termsOf(options.calendar ?? CALENDAR);
  const chatUrl = 'https://desk.example.com';
  const cases = new Cases(records.cases, terms, store.vault, clock, ids, log, {
    chatUrl,
    onEffects,
  });
  const caseChecks = new CaseChecks(cases, records.attempts, clock);
  const changes = new CaseChanges(records.cases, log, onEffects);
  const handling = new CaseHandling(records.cases, changes, terms, clock, chatUrl);
  const followUps = new FollowUps(changes, terms, clock, chatUrl);
  const audit = new Audit(records.audit, auditKeys([TEST_KEY]), clock, log);
  const replyTokens = new ReplyTokens(records.replyTokens, clock, ids, 'comantra.net');
  const staffOf = (addresses: StaffAddresses) =>
    new Staff(addresses, records.deputies, clock, ZONE);
  const staff = staffOf(STAFF);
  const effectsFor = (addresses: StaffAddresses) =>
    new Effects(
      records.cases,
      { audit, messenger, outbox, replyTokens, staff: staffOf(addresses) },
      clock,
      log,
    );
  const effects = effectsFor(STAFF);
  /** @param mailIsIn whether all mail received by then has been taken in. */
  const promisesFor = (
    mailIsIn: (upTo: Date) => boolean = () => true,
    sweepTerms: PromiseTerms = terms,
  ) =>
    new PromiseSweep(records.cases, changes, sweepTerms, clock, log, {
      person: 'write to info@comantra.net',
      mailIsIn: async (upTo) => mailIsIn(upTo),
    });
  const promises = promisesFor();
  const drafts = new ReportDrafts(records.drafts, cases, clock, log);
  return {
    ...{
      audit,
      cases,
      caseChecks,
      changes,
      clock,
      drafts,
      effects,
      effectsFor,
      followUps,
      handling,
      ids,
      kicks,
      log,
      mails,
      outbox,
      promises,
      promisesFor,
      records,
      replyTokens,
      said,
      staff,
      terms,
      termsOf,
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
  channel: 'chat',
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
