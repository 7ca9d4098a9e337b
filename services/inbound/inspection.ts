import type { Case } from '../../models/cases';
import type { InboundRecord } from '../../models/inboundMails';
import { isEmail } from '../entities';
import type { InboundMail } from './mail';

/** A mail that came in, with what is known of it. */
export interface Arrived {
  readonly record: InboundRecord;
  readonly mail: InboundMail;
}

/** What is to become of a mail. */
export type Routed =
  | {
      readonly state: 'done' | 'quarantined' | 'held' | 'discarded';
      /** Why, as a code. */
      readonly reason?: string;
      readonly caseId?: string;
      /** Nothing of the mail itself is to be kept. */
      readonly blank?: boolean;
    }
  /** The name service did not answer: to be looked at again. */
  | { readonly state: 'later' };

/** The one address that a mail comes from; undefined when there is none, or several. */
export function senderOf({ from }: InboundMail): string | undefined {
  const [first, ...others] = from;
  return first && others.length === 0 && isEmail(first.address) ? first.address : undefined;
}

/** Machines' mails are never an answer, a report or a reason to open a case again. */
export const isFromMachine = ({ nature }: InboundMail): boolean =>
  nature === 'autoReply' || nature === 'outOfOffice' || nature === 'bounce';

const PREFIXES = /^(?:\s*(?:re|fwd?|aw|wg|sv|antw|tr|rv)(?:\[\d+\])?\s*:)+/i;

/** Whether a mail in an old thread is about something new: its subject is another, and does not name the case. */
export function isNewTopic({ subject }: InboundMail, about: Case): boolean {
  const plain = (text: string): string => text.replace(PREFIXES, '').trim().toLowerCase();
  const own = plain(subject);
  return (
    own !== '' &&
    !own.includes(about.reference.toLowerCase()) &&
    own !== plain(about.origin?.subject ?? '')
  );
}
