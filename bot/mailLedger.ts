import type { Audit } from '../services/audit';
import type { EndedMail, MailEnds } from '../services/outbox';
import type { Clock } from '../services/ports';

/** Writes into the audit log what became of each mail, and tells of those that could not be delivered. */
export function mailLedger(
  audit: Audit,
  clock: Clock,
  cameBack: (mail: EndedMail, why: string) => Promise<void>,
): MailEnds {
  const note = async (
    { id, kind, caseId }: EndedMail,
    action: 'mail.sent' | 'mail.dead',
    facts: Readonly<Record<string, string>> = {},
  ): Promise<void> =>
    audit.append({
      id: `${id}-${action}`,
      action,
      at: clock.now(),
      about: { kind: 'mail', id },
      by: 'desk',
      facts: { kind, ...(caseId ? { caseId } : {}), ...facts },
    });
  return {
    sent: (mail) => note(mail, 'mail.sent'),
    async givenUp(mail, code) {
      await note(mail, 'mail.dead', { code });
      await cameBack(mail, code);
    },
  };
}
