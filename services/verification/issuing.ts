import { lookUpForm } from '../../models/customers';
import type { AuditSubject } from '../../models/auditEntries';
import type { Effect } from '../../models/effects';
import type { Vault } from '../../models/sealed';
import type { Challenge, ChallengeContent, VerificationKind } from '../../models/verifications';
import { mailboxKey } from '../addresses';
import { auditedConversation } from '../auditedConversation';
import { dueInWords } from '../businessDays';
import { isEmail } from '../entities';
import { auditEventEffect, noticeEffect } from '../recordEffects';
import { CODE_LASTS_MS } from './bounds';
import type { Codes } from './codes';
import { callOf, type Aloud, type CallAsker } from './aloud';
import { callCodeMail, noRecordCallMail } from './callMails';
import {
  closedMail,
  newMailboxMail,
  noRecordMail,
  onFileMail,
  placeOf,
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
  call?: CallAsker,
): Promise<Addressed> {
  if (kind === 'mailbox') {
    const content = { typed, mailbox: typed };
    return { content, target: targetOf({ kind, content }) };
  }
  const customer = await customers.find(typed);
  const content = {
    typed,
    ...(customer?.email ? { customerId: customer.id, mailbox: customer.email } : {}),
    ...(call ? { agentId: call.agentId, purpose: call.purpose } : {}),
  };
  const instead = !customer && isEmail(typed) ? { instead: typed } : {};
  return { content, target: targetOf({ kind, content }), ...instead };
}

/** What keeps a code from being sent, though there is a mailbox, and how it is to be used. */
export interface Standing {
  /** Whether the record may be sent one more. */
  readonly reaches: boolean;
  /** Set when a code would not be looked at before then. */
  readonly closedUntil: Date | undefined;
  /** It is to be read out on the telephone. */
  readonly aloud?: Aloud | undefined;
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
  { reaches, closedUntil, aloud }: Standing,
): { challenge: Challenge; effect: Effect } {
  const { id, kind } = bound;
  const now = clock.now();
  const code = codes.draw();
  const { mailbox } = content;
  const isSent = mailbox !== undefined && reaches && !closedUntil;
  // Not a count of the challenge's codes: one that was removed may come again.
  const mark = ids.uuid();
  const mail = (to: string, words: VerificationMail): Effect =>
    noticeEffect(id, mark, { customer: to }, words);
  const codeMail = (): VerificationMail => {
    if (aloud) return callCodeMail(code, aloud);
    return kind === 'record'
      ? onFileMail(code, privacyMailbox)
      : newMailboxMail(code, privacyMailbox);
  };
  const noMail = (): Effect =>
    auditEventEffect(id, mark, {
      ...{ action: 'record.codeNotSent', at: now, by: 'customer' },
      about: whereAsked(vault, bound),
      facts: { reason: reaches ? 'noMailbox' : 'codes' },
    });
  const words = (): Effect => {
    if (!reaches) return noMail();
    if (mailbox === undefined)
      return instead === undefined
        ? noMail()
        : mail(instead, aloud ? noRecordCallMail(privacyMailbox) : noRecordMail(privacyMailbox));
    if (!closedUntil) return mail(mailbox, codeMail());
    const until = dueInWords(closedUntil, zone);
    return mail(mailbox, closedMail(placeOf(kind), until, privacyMailbox, companyPhone));
  };
  const challenge = {
    ...bound,
    ...{ open: true, tries: 0, sentAt: now, content },
    hash: isSent ? codes.hash({ ...bound, content }, code) : codes.hashOfNone(bound),
    expiresAt: new Date(now.getTime() + CODE_LASTS_MS),
  };
  return { challenge, effect: words() };
}

/** Where a code was asked for, as the audit log names it. */
export const whereAsked = (
  vault: Vault,
  { kind, conversationId }: Pick<Challenge, 'kind' | 'conversationId'>,
): AuditSubject =>
  kind === 'call'
    ? { kind: 'call', id: callOf(conversationId) }
    : { kind: 'conversation', id: auditedConversation(vault, conversationId) };

/** By what the codes and tries of a challenge are counted. */
export function targetOf({ kind, content }: Pick<Challenge, 'kind' | 'content'>): Target {
  const { typed, customerId } = content;
  const key = mailboxKey(lookUpForm(typed));
  return { kind, typed: key, record: customerId ? `record/${customerId}` : `typed/${key}` };
}
