import { resolve } from 'node:path';
import { AttemptRecords } from '../models/attempts';
import { AuditRecords } from '../models/auditEntries';
import { BotStateRecords } from '../models/botState';
import { CalendarRecords } from '../models/calendars';
import { CallRecords } from '../models/calls';
import { CannedReplyRecords } from '../models/cannedReplies';
import { CaseRecords } from '../models/cases';
import { ChoiceRecords } from '../models/choices';
import { ConsentRecords } from '../models/consents';
import { ConversationRecords } from '../models/conversations';
import { CustomerRecords } from '../models/customers';
import { DeputyRecords } from '../models/deputies';
import { HandoffRecords } from '../models/handoffs';
import { InboundMailRecords } from '../models/inboundMails';
import { LinkRecords } from '../models/links';
import { MailboxPositions } from '../models/mailboxPositions';
import { OutboxRecords } from '../models/outbox';
import { RawMails } from '../models/rawMails';
import { ReplyTokenRecords } from '../models/replyTokens';
import { ReportDraftRecords } from '../models/reportDrafts';
import { StaffAccountRecords } from '../models/staffAccounts';
import { StaffSessionRecords } from '../models/staffSessions';
import { UpdateRequestRecords } from '../models/updateRequests';
import { VerificationRecords } from '../models/verifications';
import type { Store } from '../models/store';
import type { Config } from './config';

/** Every collection of the store, and the folder of raw mails. */
export type Records = Awaited<ReturnType<typeof openRecords>>;

/** Opens every collection, with its indexes. */
export async function openRecords(store: Store, config: Config) {
  const records = {
    attempts: new AttemptRecords(store),
    audit: new AuditRecords(store),
    botState: new BotStateRecords(store),
    calendars: new CalendarRecords(store),
    calls: new CallRecords(store),
    cannedReplies: new CannedReplyRecords(store),
    cases: new CaseRecords(store),
    choices: new ChoiceRecords(store),
    consents: new ConsentRecords(store),
    conversations: new ConversationRecords(store),
    customers: new CustomerRecords(store),
    deputies: new DeputyRecords(store),
    handoffs: new HandoffRecords(store),
    inbound: new InboundMailRecords(store),
    links: new LinkRecords(store),
    mailboxPositions: new MailboxPositions(store),
    outbox: new OutboxRecords(store),
    replyTokens: new ReplyTokenRecords(store),
    reportDrafts: new ReportDraftRecords(store),
    staffAccounts: new StaffAccountRecords(store),
    staffSessions: new StaffSessionRecords(store),
    updateRequests: new UpdateRequestRecords(store),
    verifications: new VerificationRecords(store),
  };
  await records.attempts.ensureIndexes();
  await records.audit.ensureIndexes();
  await records.calls.ensureIndexes();
  await records.cases.ensureIndexes();
  await records.choices.ensureIndexes();
  await records.consents.ensureIndexes();
  await records.conversations.ensureIndexes();
  await records.customers.ensureIndexes();
  await records.handoffs.ensureIndexes();
  await records.inbound.ensureIndexes();
  await records.links.ensureIndexes();
  await records.outbox.ensureIndexes();
  await records.reportDrafts.ensureIndexes();
  await records.staffAccounts.ensureIndexes();
  await records.staffSessions.ensureIndexes();
  await records.updateRequests.ensureIndexes();
  await records.verifications.ensureIndexes();
  const rawMails = new RawMails(resolve(config.DATA_DIR, 'mail-in'), store.vault);
  return { ...records, rawMails };
}
