import { z } from 'zod';
import type { Audit } from '../../services/audit';
import { ProductError } from '../../services/errors';
import type { WaitingMail, WaitingMails } from '../../services/inbound/waitingMails';
import type { Clock } from '../../services/ports';
import type { Staff } from '../../services/staff';
import { fileOf } from './caseRoutes';
import type { MailDecidedView, MailLine, MailView } from './contract';
import { fieldsOf, param } from './fields';
import { noteReading } from './reading';
import { get, post, type Caller, type ConsoleCall, type ConsoleRoutes } from './route';
import type { Sight } from './sight';

/** What the routes of waiting mails need. */
export interface MailRouteParts {
  readonly audit: Audit;
  readonly clock: Clock;
  readonly mails: WaitingMails;
  readonly sight: Sight;
  readonly staff: Pick<Staff, 'isEscalation'>;
}

const HANDLE = 'mails.handle';
const RELEASE = z.object({ asCase: z.boolean().optional() });

/** Mails that wait for a person; one about a case is for those who see that case, and none for whoever it is about. */
export function mailRoutes(given: MailRouteParts): ConsoleRoutes {
  const { mails } = given;
  const parts = { ...given, known: new Map<string, boolean>() };
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

/** Mails to be read again for a list of them would take seconds; what they say does not change. */
const MOST_KNOWN = 5000;

interface Seeing extends MailRouteParts {
  /** Whether a mail is about somebody, where it was looked at before. */
  readonly known: Map<string, boolean>;
}

async function isSeen(parts: Seeing, caller: Caller, mail: WaitingMail): Promise<boolean> {
  const { sight, staff } = parts;
  const { record, about } = mail;
  if (staff.isEscalation(caller.email)) return true;
  // What the escalation address writes may be about the managers.
  if (about ? !(await sight.ofCase(caller, about)) : staff.isEscalation(record.envelope.from))
    return false;
  return !(await isAbout(parts, caller, mail));
}

async function isAbout(
  { mails, sight, known }: Seeing,
  caller: Caller,
  { record }: WaitingMail,
): Promise<boolean> {
  const isManager = await sight.isManager(caller);
  const key = [record.id, caller.email, caller.name, isManager].join('\n');
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = await mails.isAbout(record, caller, isManager);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, found);
  return found;
}

/** Opens a waiting mail, which is audited. @throws ProductError `NotFound`. */
async function waitingOne(parts: Seeing, call: ConsoleCall): Promise<WaitingMail> {
  const found = await parts.mails.byId(param(call, 'id'));
  const waits = found?.record.state === 'quarantined' || found?.record.state === 'held';
  if (!found || !waits || !(await isSeen(parts, call.caller, found)))
    throw new ProductError('NotFound', 'No such mail waits for a person.');
  await noteReading(parts, call.caller, 'mail.read', { kind: 'mail', id: found.record.id });
  return found;
}

/** Also of one that waits no more: that is an outcome. @throws ProductError `NotFound`. */
async function decidableId(parts: Seeing, call: ConsoleCall): Promise<string> {
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
