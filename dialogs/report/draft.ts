import { createHash } from 'node:crypto';
import type { AboutStaff, CaseKind, Report, Urgency } from '../../services/cases';
import { findEmail, findName, findNoticed, findPhone } from '../../services/entities';
import { triage } from '../../services/triage';

/** The questions of a report, in their order. */
export type Slot =
  | 'whatHappened'
  | 'noticed'
  | 'email'
  | 'emailPrivate'
  | 'aboutStaff'
  | 'details'
  | 'confirm'
  | 'change'
  | 'kind';

/** A report while it is being told; plain JSON, since it is kept as dialog state. */
export interface Draft {
  /** UUID; the case that comes of it has the same. */
  readonly id: string;
  /** ISO instant at which the customer first told it. */
  readonly receivedAt: string;
  readonly asking: Slot;
  readonly kind: CaseKind;
  /** The customer has said which kind it is. */
  readonly kindChosen?: boolean;
  readonly urgency: Urgency;
  readonly report: Report;
  /** Unset until it is settled how the answer reaches the customer. */
  readonly contact?: 'email' | 'pin';
  /** An address that was read and not yet confirmed. */
  readonly emailRead?: string;
  readonly aboutStaff?: AboutStaff;
  /** Whether name and telephone were asked for. */
  readonly detailsAsked: boolean;
  /** Whether the safety steps were shown. */
  readonly guided: boolean;
}

/**
 * The id of the draft that an activity begins: a UUID made of where it was said, so that a turn run again after a crash
 * goes on with the same draft instead of leaving a second one behind.
 */
export function draftIdOf(conversationId: string, activityId: string): string {
  const hex = createHash('sha256').update(`${conversationId}\0${activityId}`).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

const ANNOUNCES_REPORT =
  /^\W*(?:(?:hi|hello|hey|please|pls|sorry)\W+)*(?:i (?:want|need|wish|would like|have)|i'd like|i'd wish|can i|could i|may i|how (?:do|can) i|where (?:do|can) i|let me)?\b[\w' ]{0,30}\b(?:report|complain|complaint|raise|file|lodge|tell)\b[\w' ]{0,60}$/i;
const ANNOUNCEMENT_WORDS = 10;
const FEWEST_WORDS = 4;

/** Whether a message already says what happened, or only that the writer wants to report. */
export function tellsWhatHappened(text: string): boolean {
  const words = text.split(/\s+/).length;
  if (words < FEWEST_WORDS) return false;
  return !(words <= ANNOUNCEMENT_WORDS && ANNOUNCES_REPORT.test(text));
}

const OWN_EMAIL =
  /(?:\bmy (?:e-?mail|mail)(?: (?:address|id))?(?: is)?|\b(?:reach|contact|write(?: to)?|mail|e-?mail|answer|reply to) me(?: back)?(?: at| on| by)?(?: e-?mail| mail)?(?: at)?)[\s:]*/gi;
const OWN_PHONE =
  /(?:\bmy (?:mobile|phone|telephone|cell|number)(?: number| no)?(?: is)?|\b(?:call|ring|phone|reach|contact) me(?: back)?(?: at| on)?)[\s:]*/gi;
/** A value is looked for right behind the words that introduce it. */
const BEHIND = 60;

/** The first value that stands behind an introduction of it. */
function introduced(
  text: string,
  introduction: RegExp,
  find: (words: string) => string | undefined,
  looksLike: RegExp,
): string | undefined {
  for (const match of text.matchAll(introduction)) {
    const behind = text.slice(match.index + match[0].length).slice(0, BEHIND);
    const value = looksLike.test(behind) ? find(behind) : undefined;
    if (value) return value;
  }
  return undefined;
}

const ownEmail = (text: string): string | undefined =>
  introduced(text, OWN_EMAIL, findEmail, /^[^\s@]{1,64}@/);
const ownPhone = (text: string): string | undefined =>
  introduced(text, OWN_PHONE, findPhone, /^\+?\(?\d/);

/** Adds what the words tell; of addresses and numbers only those that the writer calls their own. */
export function withStory(draft: Draft, text: string, now: Date, zone: string): Draft {
  const sorted = draft.kind === 'question' ? undefined : triage(text);
  const { report } = draft;
  const noticed = report.noticed ?? noticedIn(text, now, zone);
  const name = report.name ?? findName(text);
  const phone = report.phone ?? ownPhone(text);
  const emailRead = draft.contact ? undefined : (draft.emailRead ?? ownEmail(text));
  return {
    ...draft,
    ...(sorted ? { urgency: sorted.urgency } : {}),
    ...(sorted && !draft.kindChosen ? { kind: sorted.kind } : {}),
    ...(emailRead ? { emailRead } : {}),
    report: {
      ...report,
      whatHappened: text,
      ...(noticed ? { noticed } : {}),
      ...(name ? { name } : {}),
      ...(phone ? { phone } : {}),
    },
  };
}

function noticedIn(text: string, now: Date, zone: string): Report['noticed'] {
  const found = findNoticed(text, now, zone);
  return found?.outcome === 'found' ? { words: found.words, date: found.date } : undefined;
}

/** The first thing that is still missing. */
export function nextSlot(draft: Draft): Slot {
  const { report, kind } = draft;
  const brief = kind === 'question';
  if (report.whatHappened === '') return 'whatHappened';
  if (!brief && !report.noticed) return 'noticed';
  if (!draft.contact) return draft.emailRead ? 'emailPrivate' : 'email';
  if (!brief && !draft.aboutStaff) return 'aboutStaff';
  if (!brief && !draft.detailsAsked) return 'details';
  return 'confirm';
}
