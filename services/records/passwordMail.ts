import type { Effect } from '../../models/effects';
import { paragraph } from '../mailText';
import { noticeEffect } from '../recordEffects';
import { reachingAPerson } from '../reach';

/** Limited where links are asked for; the daily cap must not swallow one that was promised. */
const PER_DAY = 20;

/** The mail that carries a link for a new password to the mailbox on file; names nobody. */
export const passwordMail = (
  linkId: string,
  customer: string,
  links: {
    readonly url: string;
    readonly disownUrl: string;
    readonly privacyMailbox: string;
  },
): Effect =>
  noticeEffect(
    linkId,
    'reset',
    { customer },
    {
      kind: 'record.reset',
      subject: 'A link for a new Comantra password',
      perDay: PER_DAY,
      blocks: [
        paragraph(
          'Somebody told us in our chat that they have forgotten the password of the account with this address. If that was you, choose a new one here:',
        ),
        paragraph(links.url),
        paragraph('The link works once, for thirty minutes.'),
        paragraph(
          'We never mail passwords, whatever you may have read, and nobody from Comantra will ever ask you for one, or for this link.',
        ),
        paragraph(
          `If it was not you, you need do nothing: nobody gets in without this link, so do not pass it on. If it happens again, or something looks wrong, write to ${links.privacyMailbox}.`,
        ),
        paragraph(
          `Or tell us at once that this wasn’t you: ${links.disownUrl} opens a page with a button; pressing it holds your record still and tells a person. It works once, for 72 hours.`,
        ),
      ],
    },
  );

/** Instead of a link, where the record is held still; so that whoever asked does not wait for one. */
export const heldStillMail = (
  linkId: string,
  customer: string,
  {
    privacyMailbox,
    companyPhone,
  }: { readonly privacyMailbox: string; readonly companyPhone?: string | undefined },
): Effect =>
  noticeEffect(
    linkId,
    'held',
    { customer },
    {
      kind: 'record.resetHeld',
      subject: 'No link for a new Comantra password at present',
      perDay: PER_DAY,
      blocks: [
        paragraph(
          'Somebody told us in our chat that they have forgotten the password of the account with this address. We send no link for a new one now: the record is held still, to keep it safe.',
        ),
        paragraph(
          `If it was you, a person can help: ${reachingAPerson(privacyMailbox, companyPhone)} from this address. Please send no password: we never need yours.`,
        ),
        paragraph('If it was not you, you need do nothing: nobody gets in.'),
      ],
    },
  );
