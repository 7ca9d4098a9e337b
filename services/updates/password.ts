import { noticeEffect } from '../recordEffects';
import type { UpdateRequest } from '../../models/updateContent';
import { comparable } from '../addresses';
import { metLimit } from '../askerLimits';
import { DISOWN_LASTS_MS, type LinkPurpose } from '../links';
import type { Asker, Throttled } from '../verification';
import { requestedEffect } from './waiting';
import { conversationOf } from './fields';
import { passwordMail } from './mails';
import type { UpdateParts } from './parts';
import { staffMail } from './staffMail';

const HOUR_MS = 60 * 60 * 1000;
const PER_MAILBOX = { most: 3, windowMs: 24 * HOUR_MS };
const BOUNDS = {
  conversation: { most: 3, windowMs: HOUR_MS },
  origin: { most: 10, windowMs: HOUR_MS },
  mailbox: PER_MAILBOX,
};

/** Somebody has forgotten their password, and there is no page for a new one. */
export interface ForgottenPassword {
  /** UUID, fixed by the turn. */
  readonly id: string;
  /** An e-mail address or a user name, as they gave it. */
  readonly claimed: string;
  readonly conversationReference: unknown;
}

/** Has a person help with a forgotten password, and tells the mailbox on file; the same work for a record that is none. */
export async function askPassword(
  parts: UpdateParts,
  asker: Asker,
  ask: ForgottenPassword,
): Promise<{ readonly outcome: 'taken' } | Throttled> {
  const { clock, customers, limits, links, records } = parts;
  if (await records.byId(ask.id)) return { outcome: 'taken' };
  const typed = comparable(ask.claimed.normalize('NFKC'));
  const cause = { cause: ask.id, typed };
  const throttled = await metLimit(limits, 'password', BOUNDS, asker, cause);
  if (throttled) return throttled;
  const found = await customers.find(ask.claimed);
  // Told to nobody: it would show that an address and a user name are of one record.
  const reached = await limits.take('password/record', found?.id ?? typed, PER_MAILBOX);
  const asked: UpdateRequest = {
    ...ask,
    ...{ kind: 'password', state: 'person', door: 'chat', changes: [], revision: 0 },
    ...conversationOf(ask),
    ...(found ? { customerId: found.id } : {}),
    receivedAt: clock.now(),
  };
  const to = reached ? found?.email : undefined;
  const purpose: LinkPurpose = {
    ...{ kind: 'disown', customerId: found?.id ?? ask.id, mailbox: to ?? typed },
    ...{ updateId: ask.id, about: 'request' },
  };
  // Also where nobody gets it: the work is the same, and nothing can be done with it.
  const { url } = await links.mint(purpose, DISOWN_LASTS_MS);
  const told = await records.passwordWaitsSince(hourOf(asked.receivedAt));
  await records.insert(asked, [
    requestedEffect(asked),
    ...(told
      ? []
      : [noticeEffect(ask.id, 'person', { staff: 'managers' }, staffMail(asked, parts.publicUrl))]),
    ...(to === undefined
      ? []
      : [noticeEffect(ask.id, 'password', { customer: to }, passwordMail(url))]),
  ]);
  parts.log.info('update.waiting', { kind: asked.kind, state: asked.state });
  parts.onEffects();
  return { outcome: 'taken' };
}

/** The beginning of its hour: staff have a mail, and the list, where another one of that hour waits. */
const hourOf = (at: Date): Date => new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);
