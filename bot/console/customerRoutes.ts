import { z } from 'zod';
import { dueInWords } from '../../services/businessDays';
import type { Cases } from '../../services/cases';
import { namesTheManager } from '../../services/caseWords';
import type { Consents } from '../../services/consents';
import type { Conversations } from '../../services/conversations';
import type { DeskNews } from '../../services/deskNews';
import type { ChatCustomerSide } from '../customerSide';
import { ProductError } from '../../services/errors';
import type { Handoff } from '../../services/handoffs';
import type { Clock } from '../../services/ports';
import type { PromiseTerms } from '../../services/promise';
import type { Customers } from '../../services/records/customers';
import { isFrozen } from '../../services/records/freezes';
import type { ReportDrafts } from '../../services/reportDrafts';
import { redact } from '../../services/redact';
import type { StaffAccounts } from '../../services/staffAccounts';
import { REASON_LENGTH, type Updates } from '../../services/updates';
import type { Verifications } from '../../services/verification';
import { aboutWhom } from './aboutWhom';
import type {
  CaseOpenedView,
  CodeSentView,
  ConsentAskedView,
  HandoffRecordView,
  ProposedView,
} from './contract';
import { recordView } from './callView';
import { consentView } from './conversationView';
import {
  CASE_KINDS,
  CASE_STAFF,
  CASE_URGENCIES,
  fieldsOf,
  line,
  param,
  uuid,
  words,
} from './fields';
import { toldAt } from './messages';
import { holds, type Reading } from './reading';
import { get, post, type ConsoleCall, type ConsoleRoutes } from './route';

/** What is needed to do something for the customer of a conversation. */
export interface CustomerRouteParts {
  readonly accounts: Pick<StaffAccounts, 'allActive'>;
  readonly reading: Reading;
  readonly conversations: Pick<Conversations, 'originOf' | 'since'>;
  readonly verifications: Pick<Verifications, 'start' | 'proof'>;
  readonly customers: Pick<Customers, 'byId'>;
  readonly updates: Pick<Updates, 'propose'>;
  readonly cases: Pick<Cases, 'open'>;
  readonly consents: Pick<Consents, 'ask' | 'end' | 'ofHandoff'>;
  readonly news: DeskNews;
  readonly terms: Pick<PromiseTerms, 'from' | 'zone'>;
  readonly customerSide: Pick<ChatCustomerSide, 'tellPin'>;
  readonly reportDrafts: Pick<ReportDrafts, 'cancelOfConversation'>;
  readonly clock: Clock;
}

const VERIFY = z.object({ claimed: line });
const PROPOSE = z.object({
  changes: z.record(z.string().max(40), z.string().max(600)),
  reason: z.string().trim().min(REASON_LENGTH.least).max(REASON_LENGTH.most),
});
const CASE = z.object({
  id: uuid,
  kind: CASE_KINDS,
  urgency: CASE_URGENCIES,
  /** The message that first told it. */
  sequence: z.int().positive(),
  email: z.email().max(320).optional(),
  aboutStaff: CASE_STAFF,
  words,
});
const CONSENT = z.object({ scope: words, minutes: z.int().positive() });

/** What an agent does for the customer whose conversation they hold. */
export function customerRoutes(parts: CustomerRouteParts): ConsoleRoutes {
  const forHolder =
    <T>(deed: (handoff: Handoff, call: ConsoleCall, parts: CustomerRouteParts) => Promise<T>) =>
    async (call: ConsoleCall): Promise<T | { readonly outcome: 'notHeld' }> => {
      const handoff = await parts.reading.known(param(call, 'id'));
      return holds(call.caller, handoff) ? deed(handoff, call, parts) : { outcome: 'notHeld' };
    };
  const route = (deed: string, handle: (call: ConsoleCall) => Promise<unknown>) =>
    post(`/handoffs/:id/${deed}`, 'conversations.hold', handle);
  return [
    get('/handoffs/:id/record', 'conversations.hold', forHolder(record)),
    route('verify', forHolder(verify)),
    route('propose', forHolder(propose)),
    route('case', forHolder(openCase)),
    route('consent', forHolder(askConsent)),
    route('consent/end', forHolder(endConsent)),
  ];
}

/** The customer types the code in the chat; the agent never sees it. */
async function verify(
  { conversationId }: Handoff,
  { body }: ConsoleCall,
  { conversations, verifications }: CustomerRouteParts,
): Promise<CodeSentView> {
  const { claimed } = fieldsOf(VERIFY, body);
  const origin = await conversations.originOf(conversationId);
  const asker = { conversationId, ...(origin === undefined ? {} : { origin }) };
  const { outcome } = await verifications.start(asker, claimed);
  return { outcome };
}

/** What stands on the record of a customer whose mailbox was proved, partly hidden. */
async function record(
  { conversationId }: Handoff,
  _call: ConsoleCall,
  { verifications, customers, clock }: CustomerRouteParts,
): Promise<HandoffRecordView> {
  const proof = await verifications.proof(conversationId);
  const found = proof && (await customers.byId(proof.customerId));
  return found
    ? { outcome: 'record', record: recordView(found, clock) }
    : { outcome: 'notVerified' };
}

async function propose(
  { conversationId, conversationReference }: Handoff,
  { body, caller }: ConsoleCall,
  { verifications, customers, updates, clock, news }: CustomerRouteParts,
): Promise<ProposedView> {
  const { changes, reason } = fieldsOf(PROPOSE, body);
  const proof = await verifications.proof(conversationId);
  const record = proof && (await customers.byId(proof.customerId));
  if (!record) return { outcome: 'notVerified' };
  const { userName } = record;
  const deed = { at: clock.now(), by: caller.email, reason };
  const proposed = await updates.propose({ userName, changes, deed, conversationReference });
  switch (proposed.outcome) {
    case 'proposed':
      news.tell({ kind: 'changed', what: 'updates' });
      return { outcome: 'proposed', updateId: proposed.request.id };
    case 'invalid':
      return { outcome: 'invalid', field: proposed.field, why: proposed.why };
    case 'noField':
      return { outcome: 'invalid', field: proposed.field, why: 'There is no such field.' };
    case 'nothing':
      return { outcome: 'nothing' };
    case 'noRecord':
      return { outcome: 'notVerified' };
    case 'notStaff':
      throw new ProductError('NotAllowed', 'Your account may not propose changes.');
  }
}

/** @param due in words; `{reference}` is put in when the case has one. */
const toldOf = (due: string): string =>
  `A case is open for you with what you told us. Its reference is {reference}, and you will have an answer by ${due}.`;

async function openCase(
  handoff: Handoff,
  { body }: ConsoleCall,
  parts: CustomerRouteParts,
): Promise<CaseOpenedView> {
  const { conversations, verifications, customers, cases, customerSide, reportDrafts } = parts;
  const { clock, terms } = parts;
  const asked = fieldsOf(CASE, body);
  const { conversationId, conversationReference } = handoff;
  const receivedAt = await toldAt(conversations, conversationId, asked.sequence);
  if (!receivedAt)
    throw new ProductError('BadRequest', '“sequence” has to be a message of the customer.');
  const proof = await verifications.proof(conversationId);
  const record = proof && (await customers.byId(proof.customerId));
  const { id, kind, urgency } = asked;
  const { dueAt: promised } = await terms.from(receivedAt);
  const email = asked.email ?? record?.email;
  const whatHappened = redact(asked.words).text;
  // Words that name the manager must not reach them before somebody has looked; a question to them often does.
  const suspected = kind !== 'question' && namesTheManager(whatHappened);
  const said = suspected && asked.aboutStaff === 'no' ? 'privacy_manager' : asked.aboutStaff;
  const aboutStaff = await aboutWhom(parts.accounts, said, whatHappened);
  const opened = await cases.open(
    {
      ...{ id, kind, urgency, conversationId, conversationReference, receivedAt },
      ...{ confirmed: true, channel: 'chat' },
      aboutStaff,
      report: {
        whatHappened,
        ...(email === undefined ? {} : { email }),
        ...(record
          ? { record: { userName: record.userName, frozen: isFrozen(record, clock.now()) } }
          : {}),
      },
    },
    { reference: conversationReference, text: toldOf(dueInWords(promised, terms.zone)) },
  );
  // What they had begun to report to the bot is in good hands now.
  await reportDrafts.cancelOfConversation(conversationId);
  const { reference, dueAt, pin } = opened;
  // For the customer alone: whoever has it reads the answer.
  if (pin !== undefined) await customerSide.tellPin(conversationReference, id, pin);
  return { outcome: 'opened', reference, due: dueInWords(dueAt, terms.zone) };
}

async function askConsent(
  handoff: Handoff,
  { body, caller }: ConsoleCall,
  { consents }: CustomerRouteParts,
): Promise<ConsentAskedView> {
  const { scope, minutes } = fieldsOf(CONSENT, body);
  const outcome = await consents.ask(handoff, caller, scope, minutes);
  if (outcome !== 'asked') return { outcome };
  const asked = (await consents.ofHandoff(handoff.id)).find(({ state }) => state === 'asked');
  return asked ? { outcome: 'asked', consent: consentView(asked) } : { outcome: 'none' };
}

async function endConsent(
  { id }: Handoff,
  { caller }: ConsoleCall,
  { consents }: CustomerRouteParts,
): Promise<ConsentAskedView> {
  return { outcome: (await consents.end(id, caller)) ? 'ended' : 'none' };
}
