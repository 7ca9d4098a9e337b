import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openStore, type Store } from '../models/store';
import { Audit } from '../services/audit';
import { readCalendar, type Calendar } from '../services/businessDays';
import { CaseChanges } from '../services/caseChanges';
import { CaseHandling } from '../services/caseHandling';
import { Cases } from '../services/cases';
import { Choices } from '../services/choices';
import { ProductError } from '../services/errors';
import { Limits } from '../services/limits';
import { Links } from '../services/links';
import { StaffAccounts } from '../services/staffAccounts';
import { DeskNews } from '../services/deskNews';
import { FollowUps } from '../services/followUps';
import type { Clock, Ids, Log } from '../services/ports';
import { PromiseTerms } from '../services/promise';
import { ReplyTokens } from '../services/replyTokens';
import { Staff } from '../services/staff';
import { ExampleFiles } from '../services/understanding/exampleFiles';
import type { Config } from './config';
import { createLog } from './log';
import { ROOT } from './root';
import { openRecords, type Records } from './records';
import { recordOfficeOf, type RecordOffice } from './recordOffice';
import { auditKeys, secretsOf, type Secrets } from './secrets';
import { systemClock, systemIds } from './system';

/** Those who deal with cases, knowing neither chat nor HTTP nor how mail travels: for the desk and for its commands. */
export interface Office extends RecordOffice {
  readonly store: Store;
  readonly records: Records;
  readonly audit: Audit;
  readonly cases: Cases;
  readonly accounts: StaffAccounts;
  readonly changes: CaseChanges;
  /** Proposals of examples, made of what customers chose. */
  readonly choices: Choices;
  readonly followUps: FollowUps;
  readonly handling: CaseHandling;
  readonly links: Links;
  /** What happens, for the pages of staff. */
  readonly news: DeskNews;
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
  /** Called when a case or a customer record has new effects. */
  readonly onEffects: () => void;
}

export function officeOf(config: Config, parts: OfficeParts): Office {
  const { store, records, secrets, clock, ids, log, onEffects } = parts;
  const { COMPANY_TIME_ZONE: zone, SLA_BUSINESS_DAYS: days, publicUrl: chatUrl } = config;
  const terms = new PromiseTerms(calendarOf(config), zone, days, records.calendars);
  const news = new DeskNews();
  const ofCases = (id: string): void => {
    onEffects();
    news.tell({ kind: 'case', id });
  };
  const changes = new CaseChanges(records.cases, log, ofCases);
  const { PRIVACY_MANAGER_EMAIL: managers, ESCALATION_EMAIL: escalation } = config;
  const addresses = { managers, ...(escalation ? { escalation } : {}) };
  const audit = new Audit(records.audit, auditKeys(secrets.store), clock, log);
  const limits = new Limits(records.attempts, clock);
  const links = new Links(records.links, clock, ids, chatUrl);
  const accounts = new StaffAccounts({
    ...{ links, limits, news, clock, ids, log, onEffects },
    accounts: records.staffAccounts,
    sessions: records.staffSessions,
    deskMailboxes: [config.PRIVACY_MAILBOX, config.ENQUIRY_MAILBOX],
  });
  const staff = new Staff(addresses, records.deputies, clock, zone, accounts);
  return {
    ...recordOfficeOf(config, {
      ...{ records, audit, staff, limits, links, clock, ids, log, onEffects },
      vault: store.vault,
    }),
    ...{ store, records, terms, changes, audit, staff, accounts, links, news },
    cases: new Cases(records.cases, terms, store.vault, clock, ids, log, {
      chatUrl,
      onEffects: ofCases,
    }),
    choices: new Choices({
      ...{ records: records.choices, audit, clock, log },
      examples: new ExampleFiles(join(ROOT, 'knowledge', 'utterances')),
    }),
    followUps: new FollowUps(changes, terms, clock, chatUrl),
    handling: new CaseHandling(records.cases, changes, terms, clock, chatUrl),
    replyTokens: new ReplyTokens(records.replyTokens, clock, ids, config.MAIL_DOMAIN),
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
