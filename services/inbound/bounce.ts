import { fieldValues, messageIdsIn, type HeaderLine } from './headerFields';
import type { MimePart } from './mime';

/** What a bounce tells about the mail that came back. */
export interface Bounce {
  /** It was not delivered; false when it was only delayed, passed on or delivered. */
  readonly failed: boolean;
  /** The Message-IDs of the mail that came back, with angle brackets. */
  readonly messageIds: readonly string[];
  /** An enhanced status code, such as `5.1.1`. */
  readonly status?: string;
}

const MAX_READ = 200_000;
const MAX_IDS = 20;
const REPORTS = /^message\/(?:global-)?delivery-status$/;
const RETURNED = /^(?:message\/(?:rfc822|global)|text\/rfc822-headers|message\/global-headers)$/;

const MACHINE =
  /^(?:mailer-?daemon|mail-?daemon|postmaster|microsoftexchange\w*|mdaemon|bounces?)$/;
const SUBJECT =
  /undeliver|not delivered|non-?deliver|delivery (?:status|failure|failed|has failed|incomplete|problem)|mail delivery|returned mail|returned to sender|failure notice|delivery notification|warning: (?:message|could not)|unzustellbar|nicht zugestellt|zustellung (?:fehlgeschlagen|verzögert)|non remis|échec de (?:la )?remise|non distribué|no se puede entregar|mancata consegna|वितरित नहीं/i;
const QMAIL = /^\s*hi\. this is the qmail-send program/i;
const ONLY_DELAYED =
  /\bdelayed\b|will be retried|will retry|still (?:being )?(?:retried|trying)|warning message only|do not need to resend|verzögert/i;

/** What tells a bounce from a person's mail. */
export interface BounceSigns {
  readonly lines: readonly HeaderLine[];
  readonly parts: readonly MimePart[];
  readonly subject: string;
  readonly text: string;
  readonly from: readonly { readonly address: string }[];
  readonly emptySender: boolean;
}

/** Whether a mail server sent a mail back; a person who passes a bounce on is no bounce. */
export function isBounce(signs: BounceSigns): boolean {
  const [type = ''] = fieldValues(signs.lines, 'content-type');
  const hasReport = signs.parts.some((part) => REPORTS.test(part.type));
  if (/^multipart\/report\b/i.test(type) && (hasReport || /delivery-status/i.test(type)))
    return true;
  const isMachine =
    signs.emptySender ||
    signs.from.some(({ address }) => MACHINE.test(address.split('@', 1)[0] ?? ''));
  if (!isMachine) return false;
  return (
    hasReport ||
    SUBJECT.test(signs.subject) ||
    QMAIL.test(signs.text.slice(0, 200)) ||
    fieldValues(signs.lines, 'x-failed-recipients').length > 0
  );
}

/** What a bounce says; where it has no proper report, its words must do. */
export function readBounce(signs: BounceSigns): Bounce {
  const report = textOf(signs.parts.filter((part) => REPORTS.test(part.type)));
  const words = signs.text.slice(0, MAX_READ);
  const actions = [...report.matchAll(/^action:[ \t]*([a-z]+)/gim)].map(([, action = '']) =>
    action.toLowerCase(),
  );
  const failed =
    actions.length > 0
      ? actions.includes('failed')
      : !ONLY_DELAYED.test(`${signs.subject}\n${words.slice(0, 4000)}`);
  const status =
    /^status:[ \t]*(\d\.\d{1,3}\.\d{1,3})/im.exec(report)?.[1] ??
    /(?:^|[\s#(])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(words)?.[1];
  return { failed, messageIds: returnedIds(signs, words), ...(status ? { status } : {}) };
}

function returnedIds(signs: BounceSigns, words: string): string[] {
  const returned = signs.parts.filter((part) => RETURNED.test(part.type));
  const headers = `${textOf(returned)}\n${words}`;
  const named = [
    ...headers.matchAll(
      /^[ \t>]{0,20}(?:original-)?message-id:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\s]{1,500}>)/gim,
    ),
  ];
  const ids = named.map(([, id = '']) => id);
  // Exchange answers the mail itself and names it nowhere else.
  const answered = ['in-reply-to', 'references'].flatMap((key) =>
    messageIdsIn(fieldValues(signs.lines, key).join(' ')),
  );
  return [...new Set(ids.length > 0 ? ids : answered)].slice(0, MAX_IDS);
}

const textOf = (parts: readonly MimePart[]): string =>
  parts.map(({ content }) => content.toString('utf8', 0, MAX_READ)).join('\n');
