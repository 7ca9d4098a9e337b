import type { FieldChange, MailboxTrouble, UpdateRequest } from '../../models/updateContent';
import { noticeEffect } from '../recordEffects';
import { conversationOf, fieldsOf } from './fields';
import { personMail } from './mails';
import type { UpdateParts } from './parts';
import { isTheShared } from './recipients';
import { staffMail } from './staffMail';
import { requestedEffect } from './waiting';

/** A wish of somebody who cannot use the mailbox on file, or has none. */
export interface UnprovedChange {
  /** UUID, fixed by the turn. */
  readonly id: string;
  /** An e-mail address or a user name, as they gave it. */
  readonly claimed: string;
  readonly trouble: MailboxTrouble;
  /** Where they are written to; proved in this chat. */
  readonly email: string;
  /** `before` is null: nothing of a record is looked at. */
  readonly changes: readonly FieldChange[];
  readonly conversationReference: unknown;
}

/** Keeps a wish for a person, and looks at no record: so nothing tells whether there is one. */
export async function askPerson(parts: UpdateParts, ask: UnprovedChange): Promise<void> {
  const receivedAt = parts.clock.now();
  const asked: UpdateRequest = {
    ...ask,
    ...{ kind: 'change', state: 'person', door: 'chat', receivedAt, revision: 0 },
    ...conversationOf(ask),
    provedAt: receivedAt,
    changes: ask.changes.map((change) => ({ ...change, before: null })),
  };
  const mail = personMail(asked.id, fieldsOf(asked));
  await parts.records.insert(asked, [
    requestedEffect(asked),
    noticeEffect(asked.id, 'person', { staff: 'managers' }, staffMail(asked, parts.publicUrl)),
    ...(isTheShared(asked)
      ? []
      : [noticeEffect(asked.id, 'contact', { customer: ask.email }, mail)]),
  ]);
  parts.log.info('update.waiting', { kind: asked.kind, state: asked.state });
  parts.onEffects();
}
