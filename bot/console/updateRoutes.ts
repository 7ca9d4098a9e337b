import { z } from 'zod';
import { sameMailbox } from '../../services/addresses';
import type { DeskNews } from '../../services/deskNews';
import { ProductError } from '../../services/errors';
import type { Clock } from '../../services/ports';
import type { Customers } from '../../services/records/customers';
import { FIELD_WORDS, shown } from '../../services/records/recordFields';
import {
  noticeToSettle,
  REASON_LENGTH,
  whyItWaits,
  type StaffDeed,
  type UpdateRequest,
  type Updates,
} from '../../services/updates';
import type { UpdateDecidedView, UpdateView } from './contract';
import { fieldsOf, line, param } from './fields';
import { get, post, type Caller, type ConsoleRoutes } from './route';
import { capitalised } from './words';
import { deedInWords, isDone, type UpdateDeedOutcome } from './updateWords';

/** What the routes of update requests need. */
export interface UpdateRouteParts {
  readonly updates: Pick<Updates, 'approve' | 'refuse' | 'vouch' | 'done'>;
  readonly waitingUpdates: {
    readonly waiting: (limit: number) => Promise<UpdateRequest[]>;
    readonly byId: (id: string) => Promise<UpdateRequest | undefined>;
  };
  readonly customers: Pick<Customers, 'byId'>;
  readonly news: DeskNews;
  readonly clock: Clock;
}

const MOST_LISTED = 200;
const DEED = z.object({
  reason: z.string().trim().min(REASON_LENGTH.least).max(REASON_LENGTH.most),
  withholdNotice: z.boolean().optional(),
  userName: line.optional(),
});
type Asked = z.infer<typeof DEED>;

const DOOR_WORDS: Readonly<Record<UpdateRequest['door'], string>> = {
  chat: 'Chat',
  mail: 'Mail',
  phone: 'Telephone',
  staff: 'Staff',
};

/** Update requests that wait for a person, and what those decide. */
export function updateRoutes(parts: UpdateRouteParts): ConsoleRoutes {
  const { updates, waitingUpdates, news, clock } = parts;
  const deciding = (
    action: string,
    decide: (id: string, deed: StaffDeed, asked: Asked) => Promise<UpdateDeedOutcome>,
  ) =>
    post(`/updates/:id/${action}`, 'updates.decide', async (call): Promise<UpdateDecidedView> => {
      const asked = fieldsOf(DEED, call.body);
      const deed = { at: clock.now(), by: call.caller.email, reason: asked.reason };
      const result = await decide(param(call, 'id'), deed, asked);
      news.tell({ kind: 'changed', what: 'updates' });
      return { outcome: result.outcome, done: isDone(result), words: deedInWords(result) };
    });
  return [
    get('/updates', 'updates.decide', async ({ caller }) => {
      const waiting = await waitingUpdates.waiting(MOST_LISTED);
      return Promise.all(waiting.map((request) => updateView(parts, caller, request)));
    }),
    get('/updates/:id', 'updates.decide', async (call) => {
      const found = await waitingUpdates.byId(param(call, 'id'));
      if (!found || !isWaiting(found))
        throw new ProductError('NotFound', 'That request does not wait any more.');
      return updateView(parts, call.caller, found);
    }),
    deciding('approve', (id, deed, { withholdNotice }) =>
      updates.approve(id, deed, withholdNotice === undefined ? {} : { withholdNotice }),
    ),
    deciding('refuse', (id, deed) => updates.refuse(id, deed)),
    deciding('vouch', (id, deed, { userName }) => updates.vouch(id, deed, userName)),
    deciding('done', (id, deed) => updates.done(id, deed)),
  ];
}

const isWaiting = ({ state }: UpdateRequest): boolean => state === 'person' || state === 'second';

async function updateView(
  { customers }: UpdateRouteParts,
  { email }: Caller,
  request: UpdateRequest,
): Promise<UpdateView> {
  const { id, kind, state, receivedAt, door, claimed, customerId, changes, vouched } = request;
  const record = customerId === undefined ? undefined : await customers.byId(customerId);
  return {
    ...{ id, kind, state: state === 'second' ? 'second' : 'person' },
    receivedAt: receivedAt.toISOString(),
    door: DOOR_WORDS[door],
    ...(record ? { userName: record.userName } : {}),
    ...(claimed === undefined || record ? {} : { claimed }),
    why: whyItWaits(request),
    changes: changes.map(({ field, before, after }) => ({
      ...{ field, label: capitalised(FIELD_WORDS[field]) },
      ...{ before: shown(field, before), after: shown(field, after) },
    })),
    ...(vouched ? { vouched: { by: vouched.by, reason: vouched.reason } } : {}),
    noticeToSettle: noticeToSettle(request) !== undefined,
    mine: vouched !== undefined && sameMailbox(vouched.by, email),
  };
}
