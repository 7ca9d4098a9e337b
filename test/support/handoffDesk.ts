import { CannedReplyRecords } from '../../models/cannedReplies';
import { ConsentRecords } from '../../models/consents';
import { ConversationRecords } from '../../models/conversations';
import { CustomerRecords } from '../../models/customers';
import { HandoffRecords } from '../../models/handoffs';
import { LinkRecords } from '../../models/links';
import type { Store } from '../../models/store';
import { VerificationRecords } from '../../models/verifications';
import { Consents } from '../../services/consents';
import { Conversations, type ActivityBody } from '../../services/conversations';
import { DeskNews, type DeskEvent } from '../../services/deskNews';
import type { Messenger } from '../../services/effects';
import { Handoffs, type HandoffParts, type HandoffRequest } from '../../services/handoffs';
import type { CustomerSide } from '../../services/handoffs/customerSide';
import { agentOf } from '../../services/handoffs/transcript';
import { Limits } from '../../services/limits';
import { Links } from '../../services/links';
import { Notices } from '../../services/notices';
import { RecordEffects } from '../../services/recordEffects';
import { Customers } from '../../services/records/customers';
import type { StaffMember } from '../../services/staffMember';
import { Verifications } from '../../services/verification';
import { caseDesk, ZONE } from './caseDesk';

export const ASHA: StaffMember = { accountId: 'a-asha', name: 'Asha', email: 'asha@example.com' };
export const RAVI: StaffMember = { accountId: 'a-ravi', name: 'Ravi', email: 'ravi@example.com' };
export const VERA: StaffMember = { accountId: 'a-vera', name: 'Vera', email: 'vera@example.com' };

/** What is kept of her where she did something. */
export const ASHA_SEEN = { accountId: ASHA.accountId, name: ASHA.name };

export const ID = '33333333-3333-4333-8333-333333333333';
export const OTHER_ID = '44444444-4444-4444-8444-444444444444';
export const CHAT = 'c1';

/** The n-th thing that an agent's page sends. */
export const said = (text: string, n = 1) => ({
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  text,
});

/** A wish for a person in the first conversation; `changes` take the place of what it holds. */
export const wish = (changes: Partial<HandoffRequest> = {}): HandoffRequest => {
  const { conversationId = CHAT } = changes;
  return {
    ...{ id: ID, conversationId, channelId: 'directline', reason: 'asked', topic: 'update_data' },
    conversationReference: { conversation: { id: conversationId } },
    ...changes,
  };
};

/** Which chat a reference is of. */
const chatOf = (reference: unknown): string =>
  (reference as { conversation: { id: string } }).conversation.id;

/**
 * What lets persons take over, over a store and real conversations, without a bot and HTTP: what would be said in a chat
 * is appended to its log under the keys that the channel uses.
 */
export async function handoffDesk(store: Store) {
  const desk = await caseDesk(store);
  const { audit, cases, clock, ids, log, mails, outbox, replyTokens, staff, terms } = desk;
  const records = {
    cannedReplies: new CannedReplyRecords(store),
    consents: new ConsentRecords(store),
    conversations: new ConversationRecords(store),
    customers: new CustomerRecords(store),
    handoffs: new HandoffRecords(store),
    links: new LinkRecords(store),
    verifications: new VerificationRecords(store),
  };
  for (const each of Object.values(records))
    if ('ensureIndexes' in each) await each.ensureIndexes();
  const customers = new Customers(records.customers, store.vault);
  const conversations = new Conversations(records.conversations, clock);
  const onEffects = (): void => undefined;
  const limits = new Limits(desk.records.attempts, clock);
  const verifications = new Verifications({
    ...{ clock, ids, customers, onEffects, vault: store.vault },
    ...{ limits, zone: ZONE },
    links: new Links(records.links, clock, ids, 'https://desk.example.com'),
    ...{ records: records.verifications, privacyMailbox: 'info@comantra.net' },
  });
  const news = new DeskNews();
  const told: DeskEvent[] = [];
  news.listen((event) => told.push(event));

  const append = async (reference: unknown, body: ActivityBody, key: string): Promise<void> => {
    await conversations.open(chatOf(reference));
    await conversations.append(chatOf(reference), { body, key });
  };
  const bot = (text: string): ActivityBody => ({ type: 'message', text, from: { role: 'bot' } });
  const messenger: Messenger = {
    send: async (reference, { text }, key) => append(reference, bot(text), `reply:${key}.1`),
  };
  const customerSide: CustomerSide = {
    say: async (reference, { text, agentName }, key) =>
      append(reference, { ...bot(text), channelData: { agent: { name: agentName } } }, key),
    typing: async (reference, agentName) => {
      conversations.pass(chatOf(reference), {
        ...{ type: 'typing', channelData: { agent: { name: agentName } } },
      });
    },
    askConsent: async ({ id, scope, conversationReference }) =>
      append(conversationReference, bot(`May they? ${scope}`), `consent-${id}`),
    askAfterTalk: async ({ id, conversationReference }) =>
      append(conversationReference, bot('How was it?'), `after-${id}`),
  };
  const consents = new Consents({
    ...{ customerSide, news, clock, ids, log, onEffects, records: records.consents },
  });
  const parts: HandoffParts = {
    ...{ messenger, customerSide, conversations, verifications, customers, consents, news },
    ...{ terms, clock, limits, log, onEffects, records: records.handoffs },
  };
  const effects = new RecordEffects(
    [records.handoffs.effects, records.consents.effects, records.verifications.effects],
    { audit, cases, messenger, notices: new Notices(outbox, replyTokens, staff, clock) },
    clock,
    log,
  );
  await conversations.begin(CHAT, 'user-1');
  return {
    ...{ audit, clock, consents, conversations, customerSide, ids, log, mails, news, parts },
    ...{ records, store, told, verifications, handoffs: new Handoffs(parts) },
    /** Handoffs of another process, or of one that a crash cut short: parts may be replaced. */
    another: (changes: Partial<HandoffParts> = {}) => new Handoffs({ ...parts, ...changes }),
    /** The customer writes. */
    async writes(text: string, conversationId = CHAT): Promise<void> {
      const body = { type: 'message', text, from: { role: 'user' } };
      await conversations.appendInbound(conversationId, { body });
    },
    /** Carries out all that follows, and delivers all mails. */
    async settle(): Promise<void> {
      while ((await effects.sweep()) > 0);
      await outbox.deliverDue();
    },
    /** What stands in a chat, with who said it. */
    async lines(conversationId = CHAT): Promise<string[]> {
      const { activities } = await conversations.since(conversationId, 0, 1000);
      return activities.map(({ body }) => {
        const { role } = body.from as { role: string };
        return `${role === 'user' ? 'Customer' : (agentOf(body) ?? 'Bot')}: ${String(body.text)}`;
      });
    },
    /** What the audit log tells of a handoff, in order: what, and whether the customer, the desk or staff did it. */
    async actions(id = ID): Promise<string[]> {
      while ((await effects.sweep()) > 0);
      const entries = await audit.entriesAbout('handoff', id);
      return entries.map(({ action, by }) => `${action} ${by.replace(/:.*/, '')}`);
    },
  };
}

export type HandoffDesk = Awaited<ReturnType<typeof handoffDesk>>;

export const CLAIMED = (name: string): string =>
  `Bot: You are talking to ${name} now, a person at Comantra. I, the bot, will stay quiet until they hand back.`;
