import { z } from 'zod';
import { dueInWords } from '../../services/businessDays';
import { CALL_PURPOSES, type Call, type Calls } from '../../services/calls';
import type { Clock } from '../../services/ports';
import { ProductError } from '../../services/errors';
import type { Handoffs } from '../../services/handoffs';
import type { Customers } from '../../services/records/customers';
import type { StaffAccounts } from '../../services/staffAccounts';
import { aboutWhom } from './aboutWhom';
import { callView, recordView, type CallViewParts } from './callView';
import type {
  CallAnswerView,
  CallBegunView,
  CallCheckView,
  CallCodeView,
  CaseOpenedView,
} from './contract';
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
import type { Reading } from './reading';
import { get, post, type ConsoleCall, type ConsoleRoutes, type RightRoute } from './route';

/** What the routes of telephone calls need. */
export interface CallRouteParts extends CallViewParts {
  readonly accounts: Pick<StaffAccounts, 'allActive'>;
  readonly calls: Calls;
  readonly customers: Pick<Customers, 'byId'>;
  readonly handoffs: Pick<Handoffs, 'byId' | 'calledBack' | 'leaveCallBack' | 'takeCallBack'>;
  readonly reading: Reading;
  readonly clock: Clock;
  readonly publicUrl: string;
  /** IANA zone in which due dates are told. */
  readonly zone: string;
}

const BEGIN = z.object({ id: uuid, startedAt: z.iso.datetime(), handoffId: uuid.optional() });
/** `again`: the caller was not reached, so that the call-back goes on waiting. */
const END = z.object({ again: z.boolean().optional() });
const QUESTION = z.object({ text: words });
const CODE = z.object({ claimed: line, purpose: z.enum(CALL_PURPOSES) });
const CHECK = z.object({ code: z.string().max(40) });
const CHANGE = z.object({ id: uuid, changes: z.record(z.string().max(40), z.string().max(600)) });
const REPORT = z.object({
  ...{ id: uuid, kind: CASE_KINDS, urgency: CASE_URGENCIES, aboutStaff: CASE_STAFF },
  ...{ whatHappened: words, noticed: line.optional() },
  ...{ email: line.optional(), name: line.optional(), phone: line.optional() },
});

/** Telephone calls; to everybody but the agent who took it there is no such call, which the service sees to. */
export function callRoutes(parts: CallRouteParts): ConsoleRoutes {
  const { calls, handoffs } = parts;
  const route = (path: string, handle: RightRoute['handle']) => post(path, 'calls.take', handle);
  return [
    route('/calls', (call) => begin(parts, call)),
    get('/calls/:id', 'calls.take', async (call) => callView(parts, await ownCall(parts, call))),
    route('/calls/:id/end', async (call) => {
      const { again = false } = fieldsOf(END, call.body);
      const { id, handoffId } = await ownCall(parts, call);
      await calls.end(id, call.caller);
      if (handoffId !== undefined)
        await (again
          ? handoffs.leaveCallBack(handoffId, call.caller)
          : handoffs.calledBack(handoffId, call.caller));
      return callView(parts, await ownCall(parts, call));
    }),
    route('/calls/:id/question', async (call): Promise<CallAnswerView> => {
      const { text } = fieldsOf(QUESTION, call.body);
      const { outcome, passages } = await calls.question(param(call, 'id'), call.caller, text);
      return {
        outcome,
        passages: passages.map((passage) => ({
          ...{ id: passage.id, section: passage.sectionTitle, text: passage.text },
          url: `${parts.publicUrl}/policy#${passage.id}`,
        })),
      };
    }),
    route('/calls/:id/code', async (call): Promise<CallCodeView> => {
      const wanted = fieldsOf(CODE, call.body);
      return { outcome: await calls.sendCode(param(call, 'id'), call.caller, wanted) };
    }),
    route('/calls/:id/check', (call) => check(parts, call)),
    route('/calls/:id/change', (call) =>
      calls.change(param(call, 'id'), call.caller, fieldsOf(CHANGE, call.body)),
    ),
    route('/calls/:id/report', (call) => report(parts, call)),
  ];
}

/** @throws ProductError `NotFound` where nobody waits to be called back. */
async function begin(
  parts: CallRouteParts,
  { body, caller: agent }: ConsoleCall,
): Promise<CallBegunView> {
  const { calls, handoffs, reading } = parts;
  const { startedAt, handoffId, id } = fieldsOf(BEGIN, body);
  const before = await calls.byId(id);
  if (before?.agent.accountId === agent.accountId) return callView(parts, before);
  const begun = { id, agent, startedAt: new Date(startedAt) };
  if (handoffId === undefined) return callView(parts, await calls.begin(begun));
  await reading.refuseConcerned(agent, handoffId);
  const taken = await handoffs.takeCallBack(handoffId, agent);
  if (taken.outcome === 'takenBefore') return { outcome: 'taken', by: taken.by.name };
  if (taken.outcome === 'gone')
    throw new ProductError('NotFound', 'Nobody waits to be called back there any more.');
  try {
    return await callView(parts, await calls.begin({ ...begun, handoffId }));
  } catch (error) {
    await handoffs.leaveCallBack(handoffId, agent);
    throw error;
  }
}

/** @throws ProductError `NotFound` for a call of somebody else, too. */
async function ownCall({ calls }: CallRouteParts, call: ConsoleCall): Promise<Call> {
  const found = await calls.byId(param(call, 'id'));
  if (found?.agent.accountId !== call.caller.accountId)
    throw new ProductError('NotFound', 'There is no such call.');
  return found;
}

async function check(parts: CallRouteParts, call: ConsoleCall): Promise<CallCheckView> {
  const { calls, customers, clock } = parts;
  const { code } = fieldsOf(CHECK, call.body);
  const checked = await calls.check(param(call, 'id'), call.caller, code);
  if (checked.outcome !== 'verified') return checked;
  const record = await customers.byId(checked.customerId);
  // It went in this very moment.
  if (!record) return { outcome: 'none' };
  return {
    outcome: 'verified',
    call: await callView(parts, await ownCall(parts, call)),
    record: recordView(record, clock),
  };
}

async function report(
  { accounts, calls, zone }: CallRouteParts,
  call: ConsoleCall,
): Promise<CaseOpenedView> {
  const told = fieldsOf(REPORT, call.body);
  const aboutStaff = await aboutWhom(accounts, told.aboutStaff, told.whatHappened);
  const report = { ...told, aboutStaff };
  const { reference, dueAt, pin } = await calls.report(param(call, 'id'), call.caller, report);
  return {
    ...{ outcome: 'opened', reference, due: dueInWords(dueAt, zone) },
    ...(pin === undefined ? {} : { pin }),
  };
}
