import type { AboutStaff, CaseKind, Report, Urgency } from '../../services/cases';
import { namesTheManager } from '../../services/caseWords';
import { derivedId } from '../../services/derivedId';
import { endangersRecord, presses, triage } from '../../services/triage';
import { ownEmail, withFacts } from './readings';

/** The questions of a report, in their order; the last three come only when the customer wants something changed or dropped. */
export type Slot =
  | 'freeze'
  | 'whatHappened'
  | 'noticed'
  | 'email'
  | 'emailPrivate'
  | 'aboutStaff'
  | 'details'
  | 'confirm'
  | 'change'
  | 'kind'
  | 'drop';

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
  /** What was said beside the story and belongs to it, such as a question for the person who answers. */
  readonly added: readonly string[];
  /** Unset until it is settled how the answer reaches the customer. */
  readonly contact?: 'email' | 'pin';
  /** An address that was read and not yet confirmed. */
  readonly emailRead?: string;
  readonly aboutStaff?: AboutStaff;
  /** Whether name and telephone were asked for. */
  readonly detailsAsked: boolean;
  /** Whether the safety steps were shown. */
  readonly guided: boolean;
  /** Somebody may be using or changing their account. */
  readonly endangered?: boolean;
  /** Whether the customer was asked if their record shall be held still. */
  readonly freezeAsked?: boolean;
  /** They went on with their story instead of answering that, once; it was asked again. */
  readonly freezeUnanswered?: boolean;
}

/**
 * The id of the draft that an activity begins: a UUID made of where it was said, so that a turn run again after a crash
 * goes on with the same draft instead of leaving a second one behind.
 */
export const draftIdOf = (conversationId: string, activityId: string): string =>
  derivedId(`${conversationId}\0${activityId}`);

const RISING: readonly Urgency[] = ['normal', 'high', 'now'];
const higher = (one: Urgency, other: Urgency): Urgency =>
  RISING.indexOf(one) > RISING.indexOf(other) ? one : other;

/** A story is told in messages; together they are no longer than this, in characters. */
const LONGEST_STORY = 20_000;

/** Sorts the report by its words: urgency only rises, and danger makes a report of a question. */
function sorted(draft: Draft, text: string): Draft {
  const { kind, urgency, danger } = triage(text);
  const endangered = draft.endangered ?? endangersRecord(text);
  if (draft.kind === 'question' && !danger) return draft;
  const pressed = presses(text) ? 'high' : 'normal';
  return {
    ...draft,
    urgency: higher(draft.urgency, higher(urgency, pressed)),
    ...(endangered ? { endangered } : {}),
    ...(draft.kindChosen ? {} : { kind }),
  };
}

/** Takes the words as the story, and what else they tell. */
export function withStory(draft: Draft, text: string, now: Date, zone: string): Draft {
  const report = { ...withFacts(draft.report, text, now, zone), whatHappened: text };
  return withOwnEmail(sorted({ ...draft, report }, text), text);
}

/** Adds words to the story, or keeps them for it. */
export function withMore(draft: Draft, text: string): Draft {
  const length = draft.report.whatHappened.length + draft.added.join('').length;
  if (length + text.length > LONGEST_STORY || draft.added.includes(text)) return draft;
  return sorted({ ...draft, added: [...draft.added, text] }, text);
}

/** Takes an address that the writer calls their own, where none is known yet. */
export function withOwnEmail(draft: Draft, text: string): Draft {
  const email = draft.contact || draft.emailRead ? undefined : ownEmail(text);
  return email ? { ...draft, emailRead: email } : draft;
}

/** Everything that was told, as the case will hold it. */
export const storyOf = ({ report, added }: Draft): string =>
  [report.whatHappened, ...added].filter((words) => words !== '').join('\n');

/** Whom the case concerns, as far as it is known. */
export const staffOf = (draft: Draft): AboutStaff => draft.aboutStaff ?? 'no';

/** The first thing that is still missing. */
export function nextSlot(draft: Draft): Slot {
  const { report, kind } = draft;
  const brief = kind === 'question';
  if (draft.endangered && !draft.freezeAsked) return 'freeze';
  if (report.whatHappened === '') return 'whatHappened';
  if (!brief && !report.noticed) return 'noticed';
  if (!draft.contact) return draft.emailRead ? 'emailPrivate' : 'email';
  if (!draft.aboutStaff && (!brief || namesTheManager(storyOf(draft)))) return 'aboutStaff';
  if (!brief && !draft.detailsAsked) return 'details';
  return 'confirm';
}
