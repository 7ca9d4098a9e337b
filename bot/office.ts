import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { AuditRecords } from '../models/auditEntries';
import { BotStateRecords } from '../models/botState';
import { CalendarRecords } from '../models/calendars';
import { CaseCheckRecords } from '../models/caseChecks';
import { CaseRecords } from '../models/cases';
import { ConversationRecords } from '../models/conversations';
import { DeputyRecords } from '../models/deputies';
import { InboundMailRecords } from '../models/inboundMails';
import { MailboxPositions } from '../models/mailboxPositions';
import { OutboxRecords } from '../models/outbox';
import { RawMails } from '../models/rawMails';
import { ReplyTokenRecords } from '../models/replyTokens';
import { ReportDraftRecords } from '../models/reportDrafts';
import { openStore, type Store } from '../models/store';
import { UpdateRequestRecords } from '../models/updateRequests';
import { Audit } from '../services/audit';
import { readCalendar, type Calendar } from '../services/businessDays';
import { CaseChanges } from '../services/caseChanges';
import { CaseHandling } from '../services/caseHandling';
import { Cases } from '../services/cases';
import { ProductError } from '../services/errors';
import { FollowUps } from '../services/followUps';
import type { Clock, Ids, Log } from '../services/ports';
import { PromiseTerms } from '../services/promise';
import { ReplyTokens } from '../services/replyTokens';
import { Staff } from '../services/staff';
import type { Config } from './config';
import { createLog } from './log';
import { ROOT } from './root';
import { auditKeys, secretsOf, type Secrets } from './secrets';
import { systemClock, systemIds } from './system';

/** Every collection of the store, and the folder of raw mails. */
export type Records = Awaited<ReturnType<typeof openRecords>>;

/** Those who deal with cases, knowing neither chat nor HTTP nor how mail travels: for the desk and for its commands. */
export interface Office {
  readonly store: Store;
  readonly records: Records;
  readonly audit: Audit;
  readonly cases: Cases;
  readonly changes: CaseChanges;
  readonly followUps: FollowUps;
  readonly handling: CaseHandling;
  readonly replyTokens: ReplyTokens;
  readonly staff: Staff;
  readonly terms: PromiseTerms;
}

interface OfficeParts {
  readonly store: Store;
  readonly records: Records;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Called when a case has new effects. */
  readonly onEffects: () => void;
}

export function officeOf(config: Config, parts: OfficeParts): Office {
  const { store, records, secrets, clock, ids, log, onEffects } = parts;
  const { COMPANY_TIME_ZONE: zone, SLA_BUSINESS_DAYS: days, publicUrl: chatUrl } = config;
  const terms = new PromiseTerms(calendarOf(config), zone, days, records.calendars);
  const changes = new CaseChanges(records.cases, log, onEffects);
  const { PRIVACY_MANAGER_EMAIL: managers, ESCALATION_EMAIL: escalation } = config;
  const addresses = { managers, ...(escalation ? { escalation } : {}) };
  return {
    ...{ store, records, terms, changes },
    audit: new Audit(records.audit, auditKeys(secrets.store), clock, log),
    cases: new Cases(records.cases, terms, store.vault, clock, ids, log, { chatUrl, onEffects }),
    followUps: new FollowUps(changes, terms, clock, chatUrl),
    handling: new CaseHandling(records.cases, changes, terms, clock, chatUrl),
    replyTokens: new ReplyTokens(records.replyTokens, clock, ids, config.MAIL_DOMAIN),
    staff: new Staff(addresses, records.deputies, clock, zone),
  };
}

/**
 * The office for a command that runs beside the desk: what follows from a change is carried out by the desk's sweeps.
 */
export async function composeOffice(
  config: Config,
): Promise<Office & { readonly config: Config; close(): Promise<void> }> {
  const secrets = secretsOf(config, systemIds);
  const store = await storeOf(config, secrets);
  const records = await openRecords(store, config);
  const log = createLog(config.LOG_LEVEL);
  const world = { clock: systemClock, ids: systemIds, log, onEffects: () => undefined };
  return {
    ...officeOf(config, { store, records, secrets, ...world }),
    config,
    close: () => store.close(),
  };
}

export const calendarOf = (config: Config): Calendar =>
  readCalendar(resolve(ROOT, config.CALENDAR_FILE));

export const storeOf = (config: Config, secrets: Secrets): Promise<Store> =>
  openStore({
    ...(config.MONGODB_URI ? { mongodbUri: config.MONGODB_URI } : {}),
    directory: config.DATA_DIR,
    keys: secrets.store,
  });

/** The embedded store ends with the process that serves it, so a desk must be that process. */
export async function refuseSecondDesk(
  store: Store,
  { DATA_DIR: directory }: Config,
): Promise<void> {
  if (!store.guest) return;
  await store.close();
  throw new ProductError(
    'StoreInUse',
    `Another desk, or one of its commands, is using ${directory}. Stop it or wait for it, or set DATA_DIR to another folder.`,
  );
}

/** @throws ProductError `ConfigInvalid` when the file cannot be read. */
export function readKeyFile(file: string): string {
  try {
    return readFileSync(resolve(ROOT, file), 'utf8');
  } catch (cause) {
    throw new ProductError('ConfigInvalid', 'DKIM_KEY_FILE names a file that cannot be read.', {
      cause,
    });
  }
}

export async function openRecords(store: Store, config: Config) {
  const records = {
    audit: new AuditRecords(store),
    botState: new BotStateRecords(store),
    calendars: new CalendarRecords(store),
    caseChecks: new CaseCheckRecords(store),
    cases: new CaseRecords(store),
    conversations: new ConversationRecords(store),
    deputies: new DeputyRecords(store),
    inbound: new InboundMailRecords(store),
    mailboxPositions: new MailboxPositions(store),
    outbox: new OutboxRecords(store),
    replyTokens: new ReplyTokenRecords(store),
    reportDrafts: new ReportDraftRecords(store),
    updateRequests: new UpdateRequestRecords(store),
  };
  await records.audit.ensureIndexes();
  await records.caseChecks.ensureIndexes();
  await records.cases.ensureIndexes();
  await records.conversations.ensureIndexes();
  await records.inbound.ensureIndexes();
  await records.outbox.ensureIndexes();
  await records.reportDrafts.ensureIndexes();
  const rawMails = new RawMails(resolve(config.DATA_DIR, 'mail-in'), store.vault);
  return { ...records, rawMails };
}
