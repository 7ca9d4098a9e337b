import type { Consent } from '../../models/consentContent';
import type { Effect } from '../../models/effects';
import type { AuditAction } from '../audit';
import { auditEventEffect, conversationEffect } from '../recordEffects';
import type { StaffMember } from '../staffMember';

type Over = Exclude<Consent['state'], 'asked'>;

const ACTIONS: Readonly<Record<Over, AuditAction>> = {
  given: 'consent.given',
  refused: 'consent.refused',
  revoked: 'consent.revoked',
  ended: 'consent.ended',
};

export const askedEffects = (consent: Consent, person: StaffMember): Effect[] => [
  auditOf(consent, 'consent.asked', consent.askedAt, person.email, { minutes: consent.minutes }),
];

/** @param person who of staff ended it, where one did. */
export function settledEffects(consent: Consent, at: Date, person?: StaffMember): Effect[] {
  const { id, state, endedBy, conversationReference, givenAt, askedBy } = consent;
  if (state === 'asked') return [];
  const by = state !== 'ended' ? 'customer' : (person?.email ?? 'desk');
  const audit = auditOf(consent, ACTIONS[state], at, by, endedBy ? { endedBy } : {});
  // What the customer does themselves, the bot answers in that turn.
  if (state !== 'ended' || !givenAt) return [audit];
  const text =
    endedBy === 'time'
      ? `The time that you gave ${askedBy.name} for remote help is over: nobody may be on your computer any more.`
      : `The remote help by ${askedBy.name} has ended: nobody may be on your computer any more.`;
  return [audit, conversationEffect(id, 'ended', { reference: conversationReference, text })];
}

const auditOf = (
  { id, handoffId }: Consent,
  action: AuditAction,
  at: Date,
  by: string,
  facts: Readonly<Record<string, string | number>>,
): Effect =>
  auditEventEffect(id, action, {
    ...{ action, at, by, about: { kind: 'handoff', id: handoffId } },
    facts: { consentId: id, ...facts },
  });
