import type { CaseToOpen } from '../cases';
import { namesTheManager } from '../caseWords';
import { stepsOf, type Guidance } from '../guidance';
import { redact } from '../redact';
import { reportedKind, presses, triage } from '../triage';
import { senderOf, type Arrived } from './inspection';
import type { InboundMail } from './mail';

const LONGEST_TEXT = 50_000;

/** "Dear privacy manager" is no complaint about them. */
const SALUTATION =
  /^\s*(?:(?:dear|hello|hi|respected|attn\.?|attention|to)[\s:,]+)?(?:(?:the|sir|madam|mr|ms)[\s/,]+)*(?:privacy[\s\p{Pd}]+(?:manager|officer)|data protection officer|dpo)\s*[,:;.!-]?\s*(?:\n|$)/iu;

/** In a mail nobody can be asked: words that name the manager, and are no question to them, go to the person above. */
const isAboutManager = (said: string, kind: CaseToOpen['kind']): boolean =>
  namesTheManager(said) && (kind !== 'question' || !said.includes('?'));

/** Whether a mail says that the privacy manager is the one concerned. */
export function isMailAboutManager(subject: string, text: string): boolean {
  const said = `${subject}\n${text.replace(SALUTATION, '')}`;
  return isAboutManager(said, reportedKind(said) ?? 'question');
}

/** What a mail says that is kept and forwarded: its words without card and Aadhaar numbers. */
export function wordsOfMail(
  { text, truncated }: Pick<InboundMail, 'text' | 'truncated'>,
  longest = LONGEST_TEXT,
): string {
  const cut = truncated || text.length > longest;
  const words = redact(text.slice(0, longest)).text.trim();
  return cut ? `${words}\n\n[The mail is longer; all of it is kept.]` : words;
}

/**
 * The case that a mail to the privacy mailbox opens.
 * @param unverified whether nothing shows that it came from the address that it names.
 */
export function caseOfMail(
  { record, mail }: Arrived,
  unverified: boolean,
  guidance: Guidance,
): CaseToOpen {
  const { name } = mail.from[0] ?? {};
  const subject = redact(mail.subject).text;
  const body = wordsOfMail(mail);
  const words = body === '' ? (subject === '' ? '(The mail has no words.)' : subject) : body;
  const said = `${subject}\n${words.replace(SALUTATION, '')}`;
  const kind = reportedKind(said) ?? 'question';
  const { urgency, danger } = triage(said);
  return {
    id: record.id,
    kind,
    urgency: kind !== 'question' && urgency === 'normal' && presses(said) ? 'high' : urgency,
    aboutStaff: isAboutManager(said, kind) ? 'privacy_manager' : 'no',
    confirmed: true,
    channel: 'mail',
    receivedAt: record.receivedAt,
    ...(danger ? { safetySteps: stepsOf(guidance[danger]) } : {}),
    report: {
      whatHappened: words,
      ...(senderOf(mail) ? { email: senderOf(mail) } : {}),
      ...(name ? { name } : {}),
    },
    origin: {
      mailId: record.id,
      ...(mail.messageId ? { messageId: mail.messageId } : {}),
      subject,
      attachments: mail.attachments,
      bulk: mail.nature === 'bulk',
      unverified,
    },
  };
}
