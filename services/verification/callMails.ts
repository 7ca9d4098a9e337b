import type { CallPurpose } from '../../models/callContent';
import { paragraph } from '../mailText';
import type { Aloud } from './aloud';
import { CODES_PER_DAY, grouped, writeTo, type VerificationMail } from './mails';

/** What somebody on the telephone wants, as the end of a sentence. */
const WANTED: Readonly<Record<CallPurpose, string>> = {
  change: 'wants data changed that we keep with this address',
  report: 'reports something about the data that we keep with this address',
  question: 'asks about the data that we keep with this address',
};

/** The code that the owner of the mailbox on file reads to an agent. */
export const callCodeMail = (
  code: string,
  { agentName, purpose, stopUrl }: Aloud,
): VerificationMail => ({
  kind: 'record.callCode',
  // Nothing of it on a locked screen.
  subject: 'A code for your call with Comantra',
  perDay: CODES_PER_DAY,
  blocks: [
    paragraph(
      `${agentName} of Comantra is on the telephone with somebody who ${WANTED[purpose]}, and asked for this code. It shows that the caller can read this mailbox. It shows no more than that: not who you are.`,
    ),
    paragraph(`Your code: ${grouped(code)}`),
    paragraph(
      `Read it to ${agentName} only if you called us, or asked us to call you back, and have ${agentName} on the line now. It works for ten minutes, once, and for this call alone: it is of no use in any chat or on any page. A newer code replaces it.`,
    ),
    paragraph(
      'This is the only kind of code that we ask for by telephone. A code for the chat is for the chat alone: nobody from Comantra asks for that by telephone or by mail.',
    ),
    paragraph(
      `Stop: I did not call. ${stopUrl} opens a page with a button. Pressing it ends what is being done in that call and tells a person at once. It works once, for 72 hours. And do not tell the code to anybody.`,
    ),
  ],
});

/** To an address that no record has, so that its owner learns why no code comes. */
export const noRecordCallMail = (privacyMailbox: string): VerificationMail => ({
  kind: 'record.noRecord',
  subject: 'Your call with Comantra',
  blocks: [
    paragraph(
      'Somebody on the telephone with Comantra asked for a code to be sent to this address. We keep no customer record under it, so there is no code.',
    ),
    paragraph(
      `If it was you: you may have given us another address. Tell whoever you talk to that one, or your user name; or ${writeTo(privacyMailbox)}, where a person reads it.`,
    ),
    paragraph(
      'If it was not you, somebody gave your address, perhaps by mistake. You need do nothing. Nobody on the telephone is told whether an address is known to us; only this mail says it, since only you can read it.',
    ),
  ],
});
