import { z } from 'zod';
import type { Audit } from '../../services/audit';
import { dueInWords } from '../../services/businessDays';
import type { CaseBoard, CaseRow } from '../../services/caseBoard';
import { roundOf } from '../../services/caseRounds';
import type { Case } from '../../services/cases';
import { KIND_WORDS } from '../../services/caseWords';
import { findCaseReference } from '../../services/entities';
import { ProductError } from '../../services/errors';
import type { WaitingMails } from '../../services/inbound/waitingMails';
import { promisesByMonth } from '../../services/promisesByMonth';
import { doToCase, type CaseAction, type CaseDeedParts } from './caseDeeds';
import { caseView, type CaseViewParts } from './caseView';
import type { CaseLine, CasesView, MessageView, PromisesView } from './contract';
import { CASE_KINDS, CASE_URGENCIES, fieldsOf, param } from './fields';
import { messagesOf, type MessageSource } from './messages';
import { noteReading } from './reading';
import { Download, get, post, type Caller, type ConsoleCall, type ConsoleRoutes } from './route';
import type { Sight } from './sight';

type ReceivedBetween = Parameters<typeof promisesByMonth>[0]['records']['receivedBetween'];

/** What the routes of cases need. */
export interface CaseRouteParts extends CaseViewParts, CaseDeedParts, MessageSource {
  readonly accounts: CaseViewParts['accounts'];
  readonly audit: Audit;
  readonly board: CaseBoard;
  readonly caseRecords: {
    readonly byReference: (reference: string) => Promise<Case | undefined>;
    readonly receivedBetween: ReceivedBetween;
  };
  readonly mails: Pick<WaitingMails, 'files'>;
  readonly sight: Sight;
  /** IANA zone of the company. */
  readonly zone: string;
}

const HANDLE = 'cases.handle';
const ACTIONS: readonly CaseAction[] = ['answer', 'note', 'extend', 'close', 'reopen', 'name'];
const LONGEST_SEARCH = 200;
const FILTER = z.object({
  state: z.enum(['open', 'answered', 'closed', 'all']).optional(),
  kind: CASE_KINDS.optional(),
  urgency: CASE_URGENCIES.optional(),
  text: z.string().max(LONGEST_SEARCH).optional(),
});

/** Cases; one that somebody may not see is to them as if it were not there. */
export function caseRoutes(parts: CaseRouteParts): ConsoleRoutes {
  const { board, mails } = parts;
  return [
    get('/cases', HANDLE, (call) => list(parts, call)),
    get('/cases/:reference', HANDLE, async (call) => {
      const found = await seen(parts, call);
      const transcript = await transcriptOf(parts, call, found);
      return caseView(parts, lineOf(await board.row(found)), found, transcript !== undefined);
    }),
    get('/cases/:reference/transcript', HANDLE, async (call): Promise<readonly MessageView[]> => {
      const conversationId = await transcriptOf(parts, call, await seen(parts, call));
      if (conversationId === undefined) return [];
      return (await messagesOf(parts, conversationId, { all: true })).messages;
    }),
    get('/cases/:reference/files/:mail/:number', HANDLE, async (call) => {
      const { origin, followUps } = await seen(parts, call);
      const mailId = param(call, 'mail');
      const isOfCase = [origin, ...followUps].some((each) => each?.mailId === mailId);
      const files = isOfCase ? await mails.files(mailId) : [];
      return fileOf(files, param(call, 'number'));
    }),
    ...ACTIONS.map((action) =>
      post(`/cases/:reference/${action}`, HANDLE, async (call) => {
        const found = await seen(parts, call);
        return doToCase(parts, action, found, call.caller, call.body);
      }),
    ),
    get('/promises', HANDLE, ({ caller }) => promises(parts, caller)),
  ];
}

/** The file of a list that a path names, from 1 on. @throws ProductError `NotFound`. */
export function fileOf(
  files: readonly { readonly name: string; readonly content: Buffer }[],
  number: string,
): Download {
  const file = /^[1-9]\d{0,3}$/.test(number) ? files[Number(number) - 1] : undefined;
  if (!file) throw new ProductError('NotFound', 'There is no such file.');
  return new Download(file.name, file.content);
}

async function list(
  { board, sight }: CaseRouteParts,
  { caller, query }: ConsoleCall,
): Promise<CasesView> {
  const asked = [...query].filter(([, value]) => value !== '');
  const filter = fieldsOf(FILTER, Object.fromEntries(asked));
  const { rows, more } = await board.list(filter, (cases) => sight.amongCases(caller, cases));
  return { cases: rows.map(lineOf), more };
}

/** @throws ProductError `NotFound`, also for a case that is there and not to be seen. */
async function seen(parts: CaseRouteParts, call: ConsoleCall): Promise<Case> {
  const reference = findCaseReference(param(call, 'reference'));
  const found = reference && (await parts.caseRecords.byReference(reference));
  if (!found || !(await parts.sight.ofCase(call.caller, found)))
    throw new ProductError('NotFound', 'There is no such case.');
  await noteReading(parts, call.caller, 'case.read', { kind: 'case', id: found.id });
  return found;
}

/** The conversation that a case came from, for whoever may read all of it: there may be other cases in it. */
async function transcriptOf(
  { sight }: CaseRouteParts,
  { caller }: ConsoleCall,
  { conversationId }: Case,
): Promise<string | undefined> {
  if (conversationId === undefined) return undefined;
  return (await sight.ofConversation(caller, conversationId)) ? conversationId : undefined;
}

function lineOf({ case: found, standing, dueAt, left, extended }: CaseRow): CaseLine {
  const { reference, kind, urgency, channel, aboutStaff, confirmed } = found;
  const { receivedAt, zone } = roundOf(found).promise;
  return {
    ...{ reference, kind, urgency, channel, aboutStaff, left, extended },
    ...{ kindWords: KIND_WORDS[kind], state: standing, unconfirmed: !confirmed },
    receivedAt: receivedAt.toISOString(),
    ...{ dueAt: dueAt.toISOString(), due: dueInWords(dueAt, zone) },
  };
}

/** Counts those cases alone that somebody sees: a number must not tell of another. */
async function promises(
  { caseRecords, sight, zone, clock }: CaseRouteParts,
  caller: Caller,
): Promise<PromisesView> {
  const receivedBetween: ReceivedBetween = async (from, to, limit, after) => {
    for (let last = after; ;) {
      const page = await caseRecords.receivedBetween(from, to, limit, last);
      const visible = await sight.amongCases(caller, page);
      last = page.at(-1)?.id;
      // An empty page says that there are no more.
      if (visible.length > 0 || last === undefined) return visible;
    }
  };
  return { months: await promisesByMonth({ records: { receivedBetween }, zone, clock }) };
}
