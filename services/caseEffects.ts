import { createHash } from 'node:crypto';
import type { Case, Effect } from '../models/cases';
import type { AuditAction, AuditEvent } from './audit';
import type { CaseMail } from './caseMails';

/** Content of an effect of kind `message`: a line for the conversation that a case came from. */
export interface CaseMessage {
  readonly reference: unknown;
  readonly text: string;
  /** Said instead where the customer has been silent for long: somebody else may sit there now. */
  readonly whenIdle?: string;
  /** Who talks to the customer from here on; empty: the bot again. */
  readonly talkingTo?: string;
}

/** Content of an effect of kind `audit`. */
export interface CaseAudit {
  readonly action: AuditAction;
  readonly at: string;
  /** `customer`, `desk`, `operator`, or the address of a member of staff, of which the log keeps a fingerprint. */
  readonly by: string;
  readonly facts?: AuditEvent['facts'];
}

const MARK_LENGTH = 12;

/** A short name for what caused an effect, so that it has the same id each time. */
export const markOf = (cause: string): string =>
  createHash('sha256').update(cause).digest('hex').slice(0, MARK_LENGTH);

/** @param mark tells mails of one kind about one case apart. */
export const mailEffect = (about: Case, mail: CaseMail, mark = ''): Effect => ({
  id: `${about.id}-${mail.kind}${mark === '' ? '' : `-${mark}`}`,
  kind: 'mail',
  body: mail,
});

/** Nothing when the case did not come from a conversation. */
export const messageEffect = (
  about: Case,
  words: Pick<CaseMessage, 'text' | 'whenIdle'>,
  mark: string,
): Effect[] =>
  about.conversationReference === undefined
    ? []
    : [
        {
          id: `${about.id}-message-${mark}`,
          kind: 'message',
          body: { reference: about.conversationReference, ...words },
        },
      ];

export const auditEffect = (
  about: Pick<Case, 'id'>,
  action: AuditAction,
  at: Date,
  by: string,
  facts?: CaseAudit['facts'],
  mark = '',
): Effect => ({
  id: `${about.id}-audit-${action}${mark === '' ? '' : `-${mark}`}`,
  kind: 'audit',
  body: { action, at: at.toISOString(), by, ...(facts ? { facts } : {}) } satisfies CaseAudit,
});
