import { resolve } from 'node:path';
import { ConversationState, type TurnContext } from 'botbuilder';
import { CalendarRecords } from '../models/calendars';
import { CaseCheckRecords } from '../models/caseChecks';
import { CaseRecords } from '../models/cases';
import { ConversationRecords } from '../models/conversations';
import { BotStateRecords } from '../models/botState';
import { OutboxRecords } from '../models/outbox';
import { ReportDraftRecords } from '../models/reportDrafts';
import { openStore, type Store } from '../models/store';
import { readCalendar, yearsWithoutHolidays, type Calendar } from '../services/businessDays';
import { CaseChecks } from '../services/caseChecks';
import { Cases } from '../services/cases';
import { Conversations } from '../services/conversations';
import { Effects, type Messenger, type StaffAddresses } from '../services/effects';
import { ProductError } from '../services/errors';
import { fileMailer, smtpMailer } from '../services/mailer';
import { Outbox } from '../services/outbox';
import type { Clock, Ids, Log } from '../services/ports';
import { PromiseTerms } from '../services/promise';
import { redact } from '../services/redact';
import { ReportDrafts } from '../services/reportDrafts';
import type { Understanding } from '../services/understanding/types';
import type { Config } from './config';
import { deskOf } from './desk';
import { directLineChannel } from './directLine';
import { azureChannel, prepareAdapter } from './channels';
import { createLog } from './log';
import { mountMailTray } from './mailTray';
import { ConversationMessenger } from './messenger';
import { Metrics } from './metrics';
import { mountPages } from './pages';
import { ROOT } from './root';
import { Schedule, type Sweep } from './schedule';
import { secretsOf, type Secrets } from './secrets';
import { clientAddresses, closeServer, createServer, listen, mountHealth } from './server';
import { SupportBot } from './supportBot';
import { systemClock, systemIds } from './system';

/** The whole product, ready to listen. */
export interface Product {
  /** Starts serving and sweeping; resolves with the port. */
  start(): Promise<number>;
  /** Runs every sweep now, rather than at its pace. */
  sweep(): Promise<void>;
  /** Finishes turns, sweeps and mails under way, closes sockets and the store. */
  close(): Promise<void>;
  readonly mailDirectory: string;
  readonly cases: Cases;
  /** What whoever starts the desk should know, in words. */
  readonly warnings: readonly string[];
  readonly storeKind: Store['kind'];
}

/** What a test may put in the place of the real thing. */
export interface Replacements {
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly log?: Log;
  /** A store of its own, such as one in memory. */
  readonly store?: Store;
  /** Learning takes seconds; tests learn once. */
  readonly understanding?: Understanding;
}

const EFFECTS_EVERY_MS = 5_000;
const OUTBOX_EVERY_MS = 5_000;
const DRAFTS_EVERY_MS = 30_000;

/** Builds everything from the settings; nothing listens and nothing is swept before `start`. */
export async function compose(config: Config, replacements: Replacements = {}): Promise<Product> {
  const { clock = systemClock, ids = systemIds } = replacements;
  const calendar = calendarOf(config);
  const secrets = secretsOf(config, ids);
  const store = replacements.store ?? (await storeOf(config, secrets));
  await refuseSecondDesk(store, config);
  const mailDirectory = resolve(config.DATA_DIR, 'mail');
  const mailer = config.SMTP_URL
    ? smtpMailer({ url: config.SMTP_URL })
    : fileMailer({ directory: mailDirectory });

  const records = await openRecords(store);
  const metrics: Metrics = new Metrics(() => outbox.counts());
  const log =
    replacements.log ??
    createLog(config.LOG_LEVEL, (event) => {
      metrics.count(event);
    });
  const outbox: Outbox = new Outbox(records.outbox, mailer, clock, ids, log, {
    from: config.MAIL_FROM,
    domain: config.MAIL_DOMAIN,
  });
  const cases = casesOf(config, { calendar, store, records, ids, log }, () => {
    schedule.kick(effectsSweep);
  });
  const reportDrafts = new ReportDrafts(records.reportDrafts, cases, clock, log);
  const desk = deskOf(config, {
    clock,
    caseChecks: new CaseChecks(cases, records.caseChecks, clock),
    reportDrafts,
    understanding: replacements.understanding,
  });
  const bot = new SupportBot(desk, new ConversationState(records.botState));
  const onTurn = async (context: TurnContext): Promise<void> => {
    const began = performance.now();
    await bot.onTurn(context);
    metrics.turn((performance.now() - began) / 1000);
  };

  const channel = directLineChannel({
    conversations: new Conversations(records.conversations, clock),
    clock,
    ids,
    log,
    secrets: secrets.directLine,
    publicUrl: config.publicUrl,
    corsOrigins: config.CORS_ORIGINS,
    clientAddress: clientAddresses(config.TRUSTED_PROXIES),
    redact,
    onTurn,
  });
  prepareAdapter(channel.adapter, log);
  const server = createServer(log);
  const cloud = azureChannel(config, server, log, onTurn);
  const messenger: Messenger = new ConversationMessenger({
    directLine: channel.adapter,
    ...(cloud ? { cloud } : {}),
  });
  const effects = new Effects(records.cases, outbox, messenger, staffOf(config), clock, log);

  const outboxSweep: Sweep = {
    name: 'outbox',
    everyMs: OUTBOX_EVERY_MS,
    run: () => outbox.deliverDue(),
  };
  const effectsSweep: Sweep = {
    name: 'effects',
    everyMs: EFFECTS_EVERY_MS,
    run: async () => {
      if ((await effects.sweep()) === 0) return;
      schedule.kick(effectsSweep);
      schedule.kick(outboxSweep);
    },
  };
  const draftsSweep: Sweep = {
    name: 'drafts',
    everyMs: DRAFTS_EVERY_MS,
    run: () => reportDrafts.passOnLeft(),
  };
  const schedule: Schedule = new Schedule([draftsSweep, effectsSweep, outboxSweep], log);

  mountPages(server, {
    policy: desk.policy,
    publicUrl: config.publicUrl,
    companyPhone: config.COMPANY_PHONE,
    privacyMailbox: config.PRIVACY_MAILBOX,
    mailTray: trayIsOpen(config),
  });
  channel.mount(server);
  if (trayIsOpen(config)) mountMailTray(server, { directory: mailDirectory });
  mountHealth(server, { storeKind: store.kind, ping: () => store.ping(), metrics }, log);

  return {
    mailDirectory,
    cases,
    warnings: warningsOf(config, calendar, clock),
    storeKind: store.kind,
    async start() {
      await channel.resume();
      const port = await listen(server, config.PORT, config.HOST);
      schedule.start();
      log.info('desk.started', { port, store: store.kind });
      return port;
    },
    sweep: () => schedule.runAll(),
    async close() {
      const serverClosed = closeServer(server);
      await channel.close();
      await Promise.all([schedule.stop(), outbox.close(), mailer.close()]);
      await serverClosed;
      await store.close();
      log.info('desk.stopped');
    },
  };
}

/**
 * The cases alone, for a command that runs beside the desk: what follows from a change is carried out by the desk's
 * sweeps.
 */
export async function composeCases(
  config: Config,
): Promise<{ cases: Cases; close(): Promise<void> }> {
  const store = await storeOf(config, secretsOf(config, systemIds));
  const records = await openRecords(store);
  const parts = { calendar: calendarOf(config), store, records, ids: systemIds };
  const log = createLog(config.LOG_LEVEL);
  return {
    cases: casesOf(config, { ...parts, log }, () => undefined),
    close: () => store.close(),
  };
}

/** The embedded store ends with the process that serves it, so a desk must be that process. */
async function refuseSecondDesk(store: Store, { DATA_DIR: directory }: Config): Promise<void> {
  if (!store.guest) return;
  await store.close();
  throw new ProductError(
    'StoreInUse',
    `Another desk, or one of its commands, is using ${directory}. Stop it or wait for it, or set DATA_DIR to another folder.`,
  );
}

const calendarOf = (config: Config): Calendar => readCalendar(resolve(ROOT, config.CALENDAR_FILE));

const storeOf = (config: Config, secrets: Secrets): Promise<Store> =>
  openStore({
    ...(config.MONGODB_URI ? { mongodbUri: config.MONGODB_URI } : {}),
    directory: config.DATA_DIR,
    keys: secrets.store,
  });

function casesOf(
  config: Config,
  parts: { calendar: Calendar; store: Store; records: Records; ids: Ids; log: Log },
  onEffects: () => void,
): Cases {
  const { calendar, store, records, ids, log } = parts;
  const { COMPANY_TIME_ZONE: zone, SLA_BUSINESS_DAYS: days, publicUrl: chatUrl } = config;
  const terms = new PromiseTerms(calendar, zone, days, records.calendars);
  return new Cases(records.cases, terms, store.vault, ids, log, { chatUrl, onEffects });
}

/** The mail tray is for development: not in production, and not when mails really go out. */
const trayIsOpen = (config: Config): boolean =>
  config.NODE_ENV !== 'production' && config.SMTP_URL === undefined;

interface Records {
  readonly botState: BotStateRecords;
  readonly calendars: CalendarRecords;
  readonly caseChecks: CaseCheckRecords;
  readonly cases: CaseRecords;
  readonly conversations: ConversationRecords;
  readonly outbox: OutboxRecords;
  readonly reportDrafts: ReportDraftRecords;
}

async function openRecords(store: Store): Promise<Records> {
  const records = {
    botState: new BotStateRecords(store),
    calendars: new CalendarRecords(store),
    caseChecks: new CaseCheckRecords(store),
    cases: new CaseRecords(store),
    conversations: new ConversationRecords(store),
    outbox: new OutboxRecords(store),
    reportDrafts: new ReportDraftRecords(store),
  };
  await records.caseChecks.ensureIndexes();
  await records.cases.ensureIndexes();
  await records.conversations.ensureIndexes();
  await records.outbox.ensureIndexes();
  await records.reportDrafts.ensureIndexes();
  return records;
}

/** What is amiss in the settings and no reason not to start. */
function warningsOf(config: Config, calendar: Calendar, clock: Clock): string[] {
  const { COMPANY_TIME_ZONE: zone, SLA_BUSINESS_DAYS: days, ESCALATION_EMAIL: escalation } = config;
  const years = yearsWithoutHolidays(calendar, clock.now(), zone, days);
  return [
    ...years.map(
      (year) =>
        `${config.CALENDAR_FILE} lists no holiday in ${year}: due dates may fall on days on which nobody works.`,
    ),
    ...(escalation
      ? []
      : [
          'ESCALATION_EMAIL is not set: the mail about a case that concerns the privacy manager waits until it is.',
        ]),
  ];
}

const staffOf = (config: Config): StaffAddresses => ({
  managers: config.PRIVACY_MANAGER_EMAIL,
  ...(config.ESCALATION_EMAIL ? { escalation: config.ESCALATION_EMAIL } : {}),
});
