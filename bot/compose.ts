import { ConversationState, type TurnContext } from 'botbuilder';
import type { Store } from '../models/store';
import { CaseChecks } from '../services/caseChecks';
import { ChildStop } from '../services/childStop';
import { Conversations } from '../services/conversations';
import { DailyMail } from '../services/dailyMail';
import { Digests } from '../services/digests';
import { Effects } from '../services/effects';
import type { MailResolver } from '../services/inbound/authentication';
import { seedFictitious, type FictitiousCustomer } from '../services/records/fictitiousCustomers';
import { MailboxWatch } from '../services/mailboxWatch';
import { Outbox } from '../services/outbox';
import type { Clock, Ids, Log } from '../services/ports';
import { PromiseSweep } from '../services/promiseSweep';
import { RecordEffects } from '../services/recordEffects';
import { reachingAPerson } from '../services/reach';
import { redact } from '../services/redact';
import { ReportDrafts } from '../services/reportDrafts';
import type { Understanding } from '../services/understanding/types';
import { afterwards } from './afterwards';
import { azureChannel, prepareAdapter } from './channels';
import type { Config } from './config';
import { mountConsole, type Console } from './console';
import { deskOf, guidanceOf, policyOf, understandingOf } from './desk';
import { directLineChannel, type DirectLineChannel } from './directLine';
import { honourStatus, ownHub, withOutsideHub, type EngagementHub } from './engagementHub';
import { inboxOf, type Inbox } from './inbox';
import { createLog } from './log';
import { mailDoors } from './mailIn';
import { mailLedger } from './mailLedger';
import { mountMailTray } from './mailTray';
import { Metrics } from './metrics';
import { officeOf, refuseSecondDesk, storeOf, type Office } from './office';
import { mailDirectoryOf, mailerOf, trayIsOpen } from './outgoing';
import { mountPages } from './pages';
import { peopleOf, type People } from './people';
import { openRecords, type Records } from './records';
import { Schedule, type Sweep } from './schedule';
import { secretsOf } from './secrets';
import { clientAddresses, closeServer, createServer, listen, mountHealth } from './server';
import { SupportBot } from './supportBot';
import { systemClock, systemIds } from './system';
import { trayDelivery } from './trayReply';
import { warningsOf } from './warnings';

/** The whole product, ready to listen. */
export interface Product {
  /** Starts serving and sweeping; resolves with the port. */
  start(): Promise<number>;
  /** Runs every sweep now, rather than at its pace. */
  sweep(): Promise<void>;
  /** Finishes turns, sweeps and mails under way, closes sockets and the store. */
  close(): Promise<void>;
  readonly mailDirectory: string;
  readonly office: Office;
  /** Where mail comes in, for whoever has one at hand. */
  readonly intake: Inbox['intake'];
  /** Port of the SMTP listener, once started. */
  smtpPort(): number | undefined;
  /** Customers to try it out as: in development, once started. */
  fictitious(): readonly FictitiousCustomer[];
  /** Address of a one-time link that makes the first administrator of the console; once started, and while there is none. */
  firstLink(): string | undefined;
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
  /** A hub of agents elsewhere, which gets every `handoff.initiate` as well. */
  readonly hub?: EngagementHub;
  /** Asked instead of DNS whether a mail comes from whom it names. */
  readonly resolver?: MailResolver;
}

const EVERY_MS = {
  effects: 5_000,
  outbox: 5_000,
  inbound: 5_000,
  drafts: 30_000,
  imap: 30_000,
  promises: 15_000,
  digests: 60_000,
  updates: 30_000,
  handoffs: 10_000,
  daily: 60_000,
} as const;
/** A mail of which this process knows nothing yet may be on its way through another; it is kept in far less time. */
const IN_FLIGHT_MS = 60_000;
const LEFTOVER_MS = 24 * 60 * 60 * 1000;

/** Builds everything from the settings; nothing listens and nothing is swept before `start`. */
export async function compose(config: Config, replacements: Replacements = {}): Promise<Product> {
  const { clock = systemClock, ids = systemIds } = replacements;
  const { COMPANY_TIME_ZONE: zone } = config;
  const secrets = secretsOf(config, ids);
  const mailer = mailerOf(config);
  const guidance = guidanceOf();
  const policy = policyOf();
  const metrics: Metrics = new Metrics(() => outbox.counts());
  const log =
    replacements.log ??
    createLog(config.LOG_LEVEL, (event) => {
      metrics.count(event);
    });
  const understanding = replacements.understanding ?? (await understandingOf(policy, log));
  const store = replacements.store ?? (await storeOf(config, secrets));
  await refuseSecondDesk(store, config);
  const records = await openRecords(store, config);

  const onEffects = (): void => {
    schedule.kick(sweeps.effects);
  };
  const office: Office = officeOf(config, {
    ...{ store, records, secrets, clock, ids, log },
    onEffects: () => {
      onEffects();
      office.news.tell({ kind: 'changed', what: 'updates' });
    },
  });
  const { audit, cases, changes, replyTokens, staff, terms, verifications } = office;
  const outbox: Outbox = new Outbox(records.outbox, mailer, clock, ids, log, {
    from: config.MAIL_FROM,
    domain: config.MAIL_DOMAIN,
    ends: mailLedger(audit, clock, (mail, why) => cameBack.mark(mail, why)),
  });
  const { intake, processing, notices, cameBack, enquiries }: Inbox = inboxOf(config, office, {
    ...{ guidance, outbox, clock, ids, log },
    ...(replacements.resolver ? { resolver: replacements.resolver } : {}),
    onMail: () => {
      schedule.kick(sweeps.inbound);
    },
  });
  const doors = mailDoors(config, {
    ...{ intake, clock, log },
    positions: records.mailboxPositions,
  });

  const reportDrafts = new ReportDrafts(records.reportDrafts, cases, clock, log);
  const conversations = new Conversations(records.conversations, clock);
  const people: People = peopleOf(office, {
    ...{ conversations, guidance, policy, understanding, clock, ids, log, onEffects },
    publicUrl: config.publicUrl,
    adapters: () => ({ directLine: channel.adapter, ...(cloud ? { cloud } : {}) }),
    afterTalk: (context, handoff) => bot.afterTalk(context, handoff),
    showPin: (context, text, hidden) => bot.showPin(context, text, hidden),
  });
  const { customerSide, handoffs, messenger } = people;
  const own = ownHub(handoffs);
  const hub = replacements.hub ? withOutsideHub(own, replacements.hub, log) : own;
  const desk = deskOf(config, {
    ...{ ...office, ...people, clock, guidance, policy, enquiries },
    staffed: () => staffConsole.staffed(),
    later: afterwards(log),
    childStop: new ChildStop({ ...office, conversations, reportDrafts, vault: store.vault }, clock),
    originOf: (id) => conversations.originOf(id),
    caseChecks: new CaseChecks(cases, records.attempts, clock),
    reportDrafts,
    understanding,
  });
  const bot: SupportBot = new SupportBot(desk, new ConversationState(records.botState));
  const onTurn = async (context: TurnContext): Promise<void> => {
    const began = performance.now();
    await bot.onTurn(context);
    metrics.turn((performance.now() - began) / 1000);
  };

  const clientAddress = clientAddresses(config.TRUSTED_PROXIES);
  const channel: DirectLineChannel = directLineChannel({
    ...{ conversations, clock, ids, log, redact, onTurn },
    secrets: secrets.directLine,
    publicUrl: config.publicUrl,
    corsOrigins: config.CORS_ORIGINS,
    clientAddress,
    onHandoffStatus: (conversationId, posted) =>
      honourStatus({ handoffs, customerSide, ids }, conversationId, posted),
  });
  prepareAdapter(channel.adapter, log, hub);
  const server = createServer(log);
  const cloud = azureChannel(config, server, { conversations, hub, log, onTurn });
  const effects = new Effects(
    records.cases,
    { audit, messenger, outbox, replyTokens, staff },
    clock,
    log,
  );
  const recordEffects = new RecordEffects(
    carriers(records).map(({ effects: waiting }) => waiting),
    { audit, cases, messenger, notices },
    clock,
    log,
  );
  const promises = new PromiseSweep(records.cases, changes, terms, clock, log, {
    person: reachingAPerson(config.PRIVACY_MAILBOX, config.COMPANY_PHONE),
    mailIsIn: async (upTo) =>
      clock.now().getTime() - upTo.getTime() >= IN_FLIGHT_MS &&
      doors.isIn(upTo) &&
      !(await records.inbound.waitingUntil(upTo)),
  });
  const digests = new Digests(records.cases, changes, notices, replyTokens, clock);
  const mailboxWatch = new MailboxWatch(notices, clock);
  const daily = new DailyMail(
    { audit, inbound: records.inbound, notices },
    clock,
    terms.calendar,
    zone,
  );

  const sweep = (name: keyof typeof EVERY_MS, run: () => Promise<unknown>): Sweep => ({
    ...{ name, run },
    everyMs: EVERY_MS[name],
  });
  const sweeps = {
    drafts: sweep('drafts', () => reportDrafts.passOnLeft()),
    imap: sweep('imap', async () => {
      const readAt = await doors.poll();
      if (readAt) await mailboxWatch.check(readAt);
    }),
    inbound: sweep('inbound', async () => {
      if ((await processing.sweep()) === 0) return;
      schedule.kick(sweeps.outbox);
      office.news.tell({ kind: 'changed', what: 'mails' });
    }),
    promises: sweep('promises', () => promises.sweep()),
    digests: sweep('digests', () => digests.sweep()),
    effects: sweep('effects', async () => {
      const done = (await effects.sweep()) + (await recordEffects.sweep());
      if (done === 0) return;
      schedule.kick(sweeps.effects);
      schedule.kick(sweeps.outbox);
    }),
    updates: sweep('updates', async () => {
      if ((await office.updates.sweep()) > 0) schedule.kick(sweeps.effects);
      await office.choices.removeOld();
      await office.links.removeOld();
      await office.accounts.removeOld();
      await verifications.removeOld();
    }),
    handoffs: sweep('handoffs', async () => {
      const done = (await handoffs.sweep()) + (await people.consents.sweep());
      if (done > 0) schedule.kick(sweeps.effects);
    }),
    daily: sweep('daily', () => daily.sweep()),
    outbox: sweep('outbox', () => outbox.deliverDue()),
  };
  const schedule: Schedule = new Schedule(Object.values(sweeps), log);

  mountPages(server, {
    policy: desk.policy,
    publicUrl: config.publicUrl,
    companyPhone: config.COMPANY_PHONE,
    privacyMailbox: config.PRIVACY_MAILBOX,
    mailTray: trayIsOpen(config),
    mailLinks: { ...office, ...people, clientAddress, log },
  });
  const staffConsole: Console = mountConsole(server, {
    ...{ ...office, ...people, conversations, reportDrafts, clock, log, clientAddress },
    publicUrl: config.publicUrl,
    privacyMailbox: config.PRIVACY_MAILBOX,
    companyPhone: config.COMPANY_PHONE,
  });
  channel.mount(server);
  if (trayIsOpen(config))
    mountMailTray(server, {
      ...{ clock, ids },
      directory: mailDirectoryOf(config),
      mailboxes: [config.PRIVACY_MAILBOX, config.ENQUIRY_MAILBOX],
      deliver: trayDelivery(intake, clock),
    });
  mountHealth(server, { storeKind: store.kind, ping: () => store.ping(), metrics }, log);
  const warnings = warningsOf(config, office, clock);
  let firstLink: string | undefined;
  let fictitious: readonly FictitiousCustomer[] = [];

  return {
    ...{ office, intake, warnings },
    mailDirectory: mailDirectoryOf(config),
    storeKind: store.kind,
    smtpPort: () => doors.smtpPort(),
    fictitious: () => fictitious,
    firstLink: () => firstLink,
    async start() {
      if (config.NODE_ENV === 'development' && store.kind === 'embedded')
        fictitious = await seedFictitious(records.customers, clock, ids);
      firstLink = await office.accounts.firstLink();
      await channel.resume();
      await intake.dropLeftovers(new Date(clock.now().getTime() - LEFTOVER_MS));
      await promises.offerExtensions();
      const port = await listen(server, config.PORT, config.HOST);
      warnings.push(...(await doors.open()));
      schedule.start();
      log.info('desk.started', { port, store: store.kind });
      return port;
    },
    sweep: () => schedule.runAll(),
    async close() {
      const serverClosed = closeServer(server);
      await Promise.all([channel.close(), doors.close(), staffConsole.close()]);
      await Promise.all([schedule.stop(), outbox.close(), mailer.close()]);
      await serverClosed;
      // One that was lent is its owner's.
      if (!replacements.understanding) await understanding.close?.();
      await store.close();
      log.info('desk.stopped');
    },
  };
}

/** Requests before records, so that the audit log tells of a request before it tells that it was carried out. */
const carriers = (records: Records) => [
  ...[records.updateRequests, records.customers, records.links, records.verifications],
  ...[records.handoffs, records.consents, records.calls, records.staffAccounts],
];
