import type { Customer } from '../../models/customerContent';
import type { Effect } from '../../models/effects';
import type { UpdateRequest } from '../../models/updateContent';
import { auditEventEffect, noticeEffect } from '../recordEffects';
import { fieldFacts, fieldsOf } from './fields';
import { waitingMail } from './mails';
import type { UpdateParts } from './parts';
import { DisownLinks, mailboxOf } from './recipients';
import { staffMail } from './staffMail';

/** Tells staff of a request that waits for a second person, and the mailbox on file. */
export async function waitingEffects(
  { links, publicUrl }: UpdateParts,
  asked: UpdateRequest,
  customer: Customer,
): Promise<Effect[]> {
  const mailbox = asked.trouble ? undefined : mailboxOf(asked, customer);
  const staff = noticeEffect(
    asked.id,
    'second',
    { staff: 'managers' },
    staffMail(asked, publicUrl),
  );
  if (!mailbox) return [staff];
  const url = await new DisownLinks(links, asked.id, 'request').urlFor(customer.id, mailbox.to);
  const mail = waitingMail(fieldsOf(asked), url);
  return [staff, noticeEffect(asked.id, 'waiting', { customer: mailbox.to }, mail)];
}

/** The audit entry of a request that came in. */
export const requestedEffect = (asked: UpdateRequest, by = 'customer'): Effect =>
  auditEventEffect(asked.id, 'update.requested', {
    ...{ action: 'update.requested', at: asked.receivedAt, by },
    about: { kind: 'update', id: asked.id },
    facts: {
      ...{ kind: asked.kind, door: asked.door, state: asked.state },
      ...(asked.trouble ? { trouble: asked.trouble } : {}),
      ...fieldFacts(fieldsOf(asked)),
    },
  });
