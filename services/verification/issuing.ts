import { lookUpForm } from '../../models/customers';
import type { Effect } from '../../models/effects';
import type { Vault } from '../../models/sealed';
import type { Challenge, ChallengeContent, VerificationKind } from '../../models/verifications';
import { mailboxKey } from '../addresses';
import { isEmail } from '../entities';
import { auditEventEffect, noticeEffect } from '../recordEffects';
import { CODE_LASTS_MS } from './bounds';
import type { Codes } from './codes';
import { newMailboxMail, noRecordMail, onFileMail, type VerificationMail } from './mails';
import type { CustomerLookUp, VerificationParts } from './parts';
import type { Target } from './throttles';

/** Where a code would go. */
export interface Addressed {
  readonly content: ChallengeContent;
  readonly target: Target;
  /** An address that no record has; its owner is told so. */
  readonly instead?: string;
}

/** Looks up where a code would go; the same work whether or not there is a record. */
export async function addressedTo(
  customers: CustomerLookUp,
  kind: VerificationKind,
  typed: string,
): Promise<Addressed> {
  if (kind === 'mailbox') {
    const content = { typed, mailbox: typed };
    return { content, target: targetOf({ kind, content }) };
  }
  const customer = await customers.find(typed);
  const content = {
    typed,
    ...(customer?.email ? { customerId: customer.id, mailbox: customer.email } : {}),
  };
  const instead = !customer && isEmail(typed) ? { instead: typed } : {};
  return { content, target: targetOf({ kind, content }), ...instead };
}

/**
 * A challenge, and the one thing that follows from it: a mail, or where there is nobody to write to an entry of the audit
 * log, so that it costs the same.
 * @param reaches whether the record may be sent a code.
 */
export function issued(
  { clock, ids, vault, privacyMailbox }: VerificationParts,
  codes: Codes,
  bound: Pick<Challenge, 'id' | 'conversationId' | 'kind'>,
  { content, instead }: Addressed,
  reaches: boolean,
): { challenge: Challenge; effect: Effect } {
  const { id, conversationId, kind } = bound;
  const now = clock.now();
  const code = codes.draw();
  const { mailbox } = content;
  const isSent = mailbox !== undefined && reaches;
  // Not a count of the challenge's codes: one that was removed may come again.
  const mark = ids.uuid();
  const mail = (to: string, words: VerificationMail): Effect =>
    noticeEffect(id, mark, { customer: to }, words);
  const codeMail = kind === 'record' ? onFileMail : newMailboxMail;
  const noMail = (): Effect =>
    auditEventEffect(id, mark, {
      ...{ action: 'record.guessed', at: now, by: 'customer' },
      about: { kind: 'conversation', id: auditedId(vault, conversationId) },
      facts: { reason: reaches ? 'noMailbox' : 'codes' },
    });
  const effect = isSent
    ? mail(mailbox, codeMail(code, privacyMailbox))
    : instead !== undefined && reaches
      ? mail(instead, noRecordMail(privacyMailbox))
      : noMail();
  const challenge = {
    ...bound,
    ...{ open: true, tries: 0, sentAt: now, content },
    hash: isSent ? codes.hash(bound, code) : codes.hashOfNone(bound),
    expiresAt: new Date(now.getTime() + CODE_LASTS_MS),
  };
  return { challenge, effect };
}

/** By what the codes and tries of a challenge are counted. */
export function targetOf({ kind, content }: Pick<Challenge, 'kind' | 'content'>): Target {
  const { typed, customerId } = content;
  const key = mailboxKey(lookUpForm(typed));
  return { kind, typed: key, record: customerId ? `record/${customerId}` : `typed/${key}` };
}

const PLAIN_ID = /^[\w-]{1,100}$/;

/** Stands for a conversation in the audit log, which refuses what the ids of some channels hold. */
export const auditedId = (vault: Vault, conversationId: string): string =>
  PLAIN_ID.test(conversationId)
    ? conversationId
    : vault.blindIndex('audited-conversation', conversationId);
