import { lookUpForm } from '../../models/customers';
import type { Effect } from '../../models/effects';
import type { Challenge, ChallengeContent, VerificationKind } from '../../models/verifications';
import { mailboxKey } from '../addresses';
import { auditedConversation } from '../auditedConversation';
import { dueInWords } from '../businessDays';
import { isEmail } from '../entities';
import { auditEventEffect, noticeEffect } from '../recordEffects';
import { CODE_LASTS_MS } from './bounds';
import type { Codes } from './codes';
import {
  closedMail,
  newMailboxMail,
  noRecordMail,
  onFileMail,
  type VerificationMail,
} from './mails';
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

/** What keeps a code from being sent, though there is a mailbox. */
export interface Standing {
  /** Whether the record may be sent one more. */
  readonly reaches: boolean;
  /** Set when a code would not be looked at before then. */
  readonly closedUntil: Date | undefined;
}

/**
 * A challenge, and the one thing that follows from it: a mail, or where there is nobody to write to an entry of the audit
 * log, so that it costs the same.
 */
export function issued(
  { clock, ids, vault, zone, privacyMailbox, companyPhone }: VerificationParts,
  codes: Codes,
  bound: Pick<Challenge, 'id' | 'conversationId' | 'kind'>,
  { content, instead }: Addressed,
  { reaches, closedUntil }: Standing,
): { challenge: Challenge; effect: Effect } {
  const { id, conversationId, kind } = bound;
  const now = clock.now();
  const code = codes.draw();
  const { mailbox } = content;
  const isSent = mailbox !== undefined && reaches && !closedUntil;
  // Not a count of the challenge's codes: one that was removed may come again.
  const mark = ids.uuid();
  const mail = (to: string, words: VerificationMail): Effect =>
    noticeEffect(id, mark, { customer: to }, words);
  const codeMail = kind === 'record' ? onFileMail : newMailboxMail;
  const noMail = (): Effect =>
    auditEventEffect(id, mark, {
      ...{ action: 'record.codeNotSent', at: now, by: 'customer' },
      about: { kind: 'conversation', id: auditedConversation(vault, conversationId) },
      facts: { reason: reaches ? 'noMailbox' : 'codes' },
    });
  const words = (): Effect => {
    if (!reaches) return noMail();
    if (mailbox === undefined)
      return instead === undefined ? noMail() : mail(instead, noRecordMail(privacyMailbox));
    if (!closedUntil) return mail(mailbox, codeMail(code, privacyMailbox));
    const until = dueInWords(closedUntil, zone);
    return mail(mailbox, closedMail(until, privacyMailbox, companyPhone));
  };
  const challenge = {
    ...bound,
    ...{ open: true, tries: 0, sentAt: now, content },
    hash: isSent ? codes.hash(bound, code) : codes.hashOfNone(bound),
    expiresAt: new Date(now.getTime() + CODE_LASTS_MS),
  };
  return { challenge, effect: words() };
}

/** By what the codes and tries of a challenge are counted. */
export function targetOf({ kind, content }: Pick<Challenge, 'kind' | 'content'>): Target {
  const { typed, customerId } = content;
  const key = mailboxKey(lookUpForm(typed));
  return { kind, typed: key, record: customerId ? `record/${customerId}` : `typed/${key}` };
}
