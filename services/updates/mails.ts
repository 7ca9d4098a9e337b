import type { RecordField } from '../../models/customerContent';
import type { FieldChange } from '../../models/updateContent';
import { facts, list, paragraph, quote, type MailBlock } from '../mailText';
import type { Notice } from '../notices';
import { FIELD_WORDS, masked } from '../records/recordFields';

/** A mail of a request; its id is fixed by whatever carries it. */
export type UpdateMail = Omit<Notice, 'id'>;

/** Word of what happens to a record must not be held back by the daily cap. */
const PER_DAY = 100;

const mail = (
  kind: `update.${string}`,
  subject: string,
  blocks: readonly MailBlock[],
  about?: Notice['about'],
): UpdateMail => ({ kind, subject, blocks, perDay: PER_DAY, ...(about ? { about } : {}) });

/** @param url of a link that holds the record still; none for a mailbox that is not on file. */
const disowning = (url: string | undefined): MailBlock[] =>
  url === undefined
    ? []
    : [
        paragraph(
          `If this was not you: ${url} opens a page with a button. Pressing it holds your record still and tells a person at once. It works once, for 72 hours.`,
        ),
      ];

const capitalised = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1);

/** Fields as a list of a mail names them. */
export const fieldList = (fields: readonly RecordField[]): string[] =>
  fields.map((field) => capitalised(FIELD_WORDS[field]));

/** Fields as a sentence names them, such as `name, telephone number and newsletter`. */
export function fieldsInWords(fields: readonly RecordField[]): string {
  const names = fields.map((field) => FIELD_WORDS[field]);
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}

/** Lists what was changed, masked: before and after. */
export const appliedMail = (changes: readonly FieldChange[], url: string | undefined): UpdateMail =>
  mail('update.applied', 'Your data at Comantra has been changed', [
    paragraph('This has been changed in your record, as we were asked:'),
    facts(
      ...changes.map(({ field, before, after }): [string, string] => [
        capitalised(FIELD_WORDS[field]),
        `${masked(field, after)} (before: ${masked(field, before)})`,
      ]),
    ),
    paragraph('A mail can be read by others, so it shows each value in part only.'),
    ...disowning(url),
  ]);

/**
 * Tells a mailbox that may be in the wrong hands what was changed; the fields alone, and no value, not even in part.
 * @param former whether we write to another one from now on.
 */
export const fieldsOnlyMail = (
  fields: readonly RecordField[],
  former: boolean,
  url: string | undefined,
): UpdateMail =>
  mail('update.notice', 'Your data at Comantra has been changed', [
    paragraph(
      former
        ? 'The record that this mailbox belonged to has been changed, and we write to another mailbox from now on. These were changed:'
        : 'The record that this mailbox belongs to has been changed. These were changed:',
    ),
    list(fieldList(fields)),
    paragraph('To keep the record safe, this mail does not say what they were or are.'),
    ...disowning(url),
  ]);

/** Says that a change waits for a second person. */
export const waitingMail = (fields: readonly RecordField[], url: string | undefined): UpdateMail =>
  mail('update.waiting', 'Your request to change your data at Comantra', [
    paragraph('We have a request to change this in your record:'),
    list(fieldList(fields)),
    paragraph(
      'To keep your record safe, a second person looks at it first. Nothing of it is changed before that, and we write to you either way.',
    ),
    ...disowning(url),
  ]);

/** Says that a person looks at the wish of somebody who could not prove the mailbox on file. */
export const personMail = (updateId: string, fields: readonly RecordField[]): UpdateMail =>
  mail(
    'update.person',
    'Your request to change your data at Comantra',
    [
      paragraph('We have your request to change this in your record:'),
      list(fieldList(fields)),
      paragraph(
        'Because the mailbox on the record did not prove you, a person looks at it, and a second person has to agree. We may ask you for more before that. Nothing is changed until then, and we write to you at this address either way.',
      ),
      paragraph(
        'To add something, reply to this mail. Please send no card number and no password: we never need them for this.',
      ),
    ],
    { updateId },
  );

/** Brings the reason why a change was not made. */
export const refusedMail = (
  fields: readonly RecordField[],
  reason: string,
  url: string | undefined,
): UpdateMail =>
  mail('update.refused', 'Your request to change your data at Comantra', [
    ...(fields.length === 0
      ? [paragraph('We did not do what we were asked about a forgotten password.')]
      : [paragraph('We have not changed this in your record:'), list(fieldList(fields))]),
    quote('The reason that a person at Comantra gives', reason),
    paragraph('If you do not agree, tell us in the chat, or ask for a person there.'),
    ...disowning(url),
  ]);

/** Says that a change was not made because something else was changed meanwhile. */
export const overtakenMail = (
  fields: readonly RecordField[],
  url: string | undefined,
): UpdateMail =>
  mail('update.overtaken', 'Your request to change your data at Comantra', [
    paragraph(
      'We have not made the change that we were asked for, because this has been changed in your record in the meantime:',
    ),
    list(fieldList(fields)),
    paragraph('Nothing was overwritten. If you still want the change, please ask for it again.'),
    ...disowning(url),
  ]);

/** Tells the mailbox on file that somebody asked for help with a forgotten password. */
export const passwordMail = (url: string | undefined): UpdateMail =>
  mail('update.password', 'Help with your password for Comantra', [
    paragraph(
      'Somebody asked in our chat for help with a forgotten password for the account that this mailbox belongs to. They have not shown who they are.',
    ),
    paragraph(
      'A person looks into it and writes to this mailbox. We never send a password by mail, and nobody from Comantra will ask you for yours.',
    ),
    paragraph('If you did not ask, nobody has got in, and you need do nothing more.'),
    ...disowning(url),
  ]);
