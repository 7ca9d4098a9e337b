import { z } from 'zod';
import { ProductError } from '../../services/errors';
import type { WaitingMail, WaitingMails } from '../../services/inbound/waitingMails';
import type { Staff } from '../../services/staff';
import { fileOf } from './caseRoutes';
import type { MailDecidedView, MailLine, MailView } from './contract';
import { fieldsOf, param } from './fields';
import { get, post, type Caller, type ConsoleCall, type ConsoleRoutes } from './route';
import type { Sight } from './sight';

/** What the routes of waiting mails need. */
export interface MailRouteParts {
  readonly mails: WaitingMails;
  readonly sight: Sight;
  readonly staff: Pick<Staff, 'isEscalation'>;
}

const HANDLE = 'mails.handle';
const RELEASE = z.object({ asCase: z.boolean().optional() });

/** Mails that wait for a person; one about a case is for those who see that case. */
export function mailRoutes(parts: MailRouteParts): ConsoleRoutes {
  const { mails } = parts;
  return [
    get('/mails', HANDLE, async ({ caller }): Promise<readonly MailLine[]> => {
      const waiting = await mails.list();
      const seen = await Promise.all(waiting.map((mail) => isSeen(parts, caller, mail)));
      return waiting.filter((_, index) => seen[index]).map(lineOf);
    }),
    get('/mails/:id', HANDLE, async (call) => mailView(parts, await waitingOne(parts, call))),
    get('/mails/:id/files/:number', HANDLE, async (call) => {
      const { record } = await waitingOne(parts, call);
      return fileOf(await mails.files(record.id), param(call, 'number'));
    }),
    post('/mails/:id/release', HANDLE, async (call): Promise<MailDecidedView> => {
      const { asCase = false } = fieldsOf(RELEASE, call.body);
      const id = await decidableId(parts, call);
      const as = asCase ? 'case' : undefined;
      return { outcome: await mails.release(id, call.caller.email, as) };
    }),
    post('/mails/:id/discard', HANDLE, async (call): Promise<MailDecidedView> => {
      const id = await decidableId(parts, call);
      return { outcome: await mails.discard(id, call.caller.email) };
    }),
  ];
}

async function isSeen(
  { sight, staff }: MailRouteParts,
  caller: Caller,
  { record, about }: WaitingMail,
): Promise<boolean> {
  if (about) return sight.ofCase(caller, about);
  // What the escalation address writes may be about the managers.
  return !staff.isEscalation(record.envelope.from) || staff.isEscalation(caller.email);
}

/** @throws ProductError `NotFound`. */
async function waitingOne(parts: MailRouteParts, call: ConsoleCall): Promise<WaitingMail> {
  const found = await parts.mails.byId(param(call, 'id'));
  const waits = found?.record.state === 'quarantined' || found?.record.state === 'held';
  if (!found || !waits || !(await isSeen(parts, call.caller, found)))
    throw new ProductError('NotFound', 'No such mail waits for a person.');
  return found;
}

/** Also of one that waits no more: that is an outcome. @throws ProductError `NotFound`. */
async function decidableId(parts: MailRouteParts, call: ConsoleCall): Promise<string> {
  const found = await parts.mails.byId(param(call, 'id'));
  if (!found || !(await isSeen(parts, call.caller, found)))
    throw new ProductError('NotFound', 'There is no such mail.');
  return found.record.id;
}

function lineOf({ record, why, about }: WaitingMail): MailLine {
  const { id, receivedAt, envelope, state, bytes } = record;
  return {
    ...{ id, why, bytes, from: envelope.from, receivedAt: receivedAt.toISOString() },
    state: state === 'held' ? 'held' : 'quarantined',
    ...(about ? { reference: about.reference } : {}),
  };
}

async function mailView({ mails }: MailRouteParts, mail: WaitingMail): Promise<MailView> {
  const { id, envelope } = mail.record;
  const said = await mails.words(mail.record);
  const { from = [], subject = '', text = '', attachments = [] } = said ?? {};
  return {
    ...lineOf(mail),
    from: from.join(', ') || envelope.from,
    ...{ to: envelope.to, subject },
    text: said ? text : 'What this mail says is not kept here.',
    files: attachments.map(({ name, bytes }, index) => ({
      ...{ name, bytes },
      href: `/console/api/mails/${id}/files/${index + 1}`,
    })),
  };
}
