import type { VerificationKind } from '../../models/verifications';
import { paragraph } from '../mailText';
import type { Notice } from '../notices';
import { reachingAPerson } from '../reach';

/** A mail of the verification, without what ties it to its cause. */
export type VerificationMail = Omit<Notice, 'id'>;

/** Where a code was asked for, or tried. */
type Place = 'chat' | 'call';

/** Where codes of a kind are asked for. */
export const placeOf = (kind: VerificationKind): Place => (kind === 'call' ? 'call' : 'chat');

const IN: Readonly<Record<Place, string>> = {
  chat: 'in a chat with Comantra',
  call: 'on the telephone with Comantra',
};
const FOR: Readonly<Record<Place, string>> = {
  chat: 'for the Comantra chat',
  call: 'for a call with Comantra',
};
/** Codes of a call are asked for, in a mail that says by whom. */
const NEVER_ASKED =
  'Nobody from Comantra will ever ask you for a code of the chat, by telephone or by mail.';

/** More than the limits of codes let through, which hold whatever day it is. */
export const CODES_PER_DAY = 40;

/** On the subject line it would show on a locked screen. */
const CODE_SUBJECT = 'Your code for the Comantra chat';

/** A code as it is read. */
export const grouped = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;

const KEEP_IT = paragraph(
  'Nobody from Comantra will ever ask you for this code, by telephone or by mail. Type it only into the chat in which you asked for it.',
);

export const writeTo = (privacyMailbox: string): string => `write to ${privacyMailbox}`;

const codeMail = (
  kind: VerificationMail['kind'],
  code: string,
  opening: string,
  unasked: string,
): VerificationMail => ({
  kind,
  subject: CODE_SUBJECT,
  perDay: CODES_PER_DAY,
  blocks: [
    paragraph(opening),
    paragraph(`Your code: ${grouped(code)}`),
    paragraph('It works for ten minutes, and once. A newer code replaces it.'),
    KEEP_IT,
    paragraph(unasked),
  ],
});

/** The code for the mailbox on file. */
export const onFileMail = (code: string, privacyMailbox: string): VerificationMail =>
  codeMail(
    'record.code',
    code,
    'Somebody in a chat with Comantra asks about the data that we keep with this address. If it is you, this code shows that the mailbox is yours. It shows no more than that: not who you are.',
    `If you did not ask for it, somebody typed your address or user name. They cannot get in without the code: do not pass it on. You need do nothing. If it happens again, ${writeTo(privacyMailbox)}.`,
  );

/** The code for a mailbox that is to become the one on file. */
export const newMailboxMail = (code: string, privacyMailbox: string): VerificationMail =>
  codeMail(
    'record.newMailboxCode',
    code,
    'Somebody in a chat with Comantra gave us this address as theirs. If it was you, this code shows that the mailbox is yours. It shows no more than that: not who you are.',
    `If it was not you, somebody typed your address, perhaps by mistake. We do not write to it about their data without the code: do not pass it on. You need do nothing. If it happens again, ${writeTo(privacyMailbox)}.`,
  );

/** To an address that no record has, so that its owner learns why no code comes. */
export const noRecordMail = (privacyMailbox: string): VerificationMail => ({
  kind: 'record.noRecord',
  subject: 'Your chat with Comantra',
  blocks: [
    paragraph(
      'Somebody in a chat with Comantra asked for a code to be sent to this address. We keep no customer record under it, so there is no code.',
    ),
    paragraph(
      `If it was you: you may have given us another address. Try that one in the chat, or your user name; or ${writeTo(privacyMailbox)}, where a person reads it.`,
    ),
    paragraph(
      'If it was not you, somebody typed your address, perhaps by mistake. You need do nothing. The chat does not say whether an address is known to us; only this mail does, since only you can read it.',
    ),
  ],
});

/**
 * Instead of a code that would not be looked at; once a day.
 * @param until when codes are taken again, in words.
 */
export const closedMail = (
  place: Place,
  until: string,
  privacyMailbox: string,
  phone: string | undefined,
): VerificationMail => ({
  kind: 'record.codesClosed',
  subject: `No code ${FOR[place]} at present`,
  perDay: 1,
  blocks: [
    paragraph(
      `Somebody ${IN[place]} asked for a code to this mailbox. We send none and take none until ${until}: wrong codes were typed for it more often than we allow, as when somebody tries to guess them. None of them was right.`,
    ),
    paragraph(
      `That holds for you, too. If you want something from us before then, ${reachingAPerson(privacyMailbox, phone)}: a person helps you there. This mail comes once a day at most.`,
    ),
    paragraph(`If you did not ask for a code, you need do nothing. ${NEVER_ASKED}`),
  ],
});

/** Warns a mailbox whose codes somebody tries to guess. */
export const guessedMail = (
  place: Place,
  privacyMailbox: string,
  phone: string | undefined,
): VerificationMail => ({
  kind: 'record.guessed',
  subject: `Somebody tried to guess your code ${FOR[place]}`,
  blocks: [
    paragraph(
      `Somebody ${IN[place]} gave wrong codes for this mailbox, more often than we allow. None of them was right: nobody got in.`,
    ),
    paragraph(
      `For a while we take no more codes for it. That protects you, and it holds for you, too: if you want something from us today, ${reachingAPerson(privacyMailbox, phone)}.`,
    ),
    paragraph(
      `If you mistyped a code yourself, you need do nothing. If it was not you, keep your mailbox safe: whoever can read it can read your codes. Tell us if you want us to look into it: ${writeTo(privacyMailbox)}.`,
    ),
    paragraph(NEVER_ASKED),
  ],
});
