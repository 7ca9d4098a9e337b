import { Schema } from 'mongoose';
import {
  CASE_CHANNELS,
  CASE_STATES,
  CLOCK_EVENTS,
  type Case,
  type CasePromise,
  type CaseState,
  type ClosedAs,
  type Round,
} from './caseContent';
import { effectSchema, sealedEffects, type EffectDocument } from './pendingEffects';
import { sealed, type Vault } from './sealed';
import type { SealedPlace } from './sealedPlace';

/** The fields of a case that say who and what; sealed as one value. */
type SealedContent = Pick<
  Case,
  'report' | 'origin' | 'conversationReference' | 'rounds' | 'followUps' | 'notes'
>;

/** What queries need of a round; the whole of it is sealed. */
interface RoundDocument {
  receivedAt: Date;
  dueAt: Date;
  calendarHash: string;
  answeredAt?: Date;
  closedAs?: ClosedAs;
}

/** What a list of cases is ordered and cut by: how the case stands, and when its answer is or was due. */
interface BoardPlace {
  state: CaseState;
  dueAt: Date;
}

/** A case as it is stored. */
export interface CaseDocument extends Omit<Case, 'id' | keyof SealedContent> {
  _id: string;
  content: string;
  promises: RoundDocument[];
  /** Absent in what was stored before there was a list of cases, until the store is opened next. */
  board?: BoardPlace;
  effects: EffectDocument[];
}

/** The schema of cases, with the indexes of their collection. */
export const caseSchema = new Schema<CaseDocument>(
  {
    _id: { type: String, required: true },
    reference: { type: String, required: true },
    kind: { type: String, required: true, enum: ['breach', 'misuse', 'complaint', 'question'] },
    urgency: { type: String, required: true, enum: ['now', 'high', 'normal'] },
    aboutStaff: { type: String, required: true, enum: ['no', 'staff', 'privacy_manager'] },
    confirmed: { type: Boolean, required: true },
    channel: { type: String, required: true, enum: CASE_CHANNELS },
    conversationId: String,
    openedAt: { type: Date, required: true },
    opensByPin: { type: Boolean, required: true },
    content: sealed(),
    promises: [
      new Schema<RoundDocument>(
        {
          receivedAt: { type: Date, required: true },
          dueAt: { type: Date, required: true },
          calendarHash: { type: String, required: true },
          answeredAt: Date,
          closedAs: String,
        },
        { _id: false },
      ),
    ],
    board: new Schema<BoardPlace>(
      {
        state: { type: String, required: true, enum: CASE_STATES },
        dueAt: { type: Date, required: true },
      },
      { _id: false },
    ),
    namedStaff: { type: [String], default: undefined },
    clock: new Schema<NonNullable<Case['clock']>>(
      {
        event: { type: String, required: true, enum: CLOCK_EVENTS },
        nextAt: { type: Date, required: true },
      },
      { _id: false },
    ),
    handled: [String],
    digestAt: Date,
    revision: { type: Number, required: true },
    effects: [effectSchema],
  },
  { versionKey: false, strict: 'throw' },
);
caseSchema.index({ reference: 1 }, { unique: true });
caseSchema.index({ 'effects.id': 1 }, { sparse: true });
caseSchema.index({ 'clock.nextAt': 1 }, { sparse: true });
caseSchema.index({ digestAt: 1 }, { sparse: true });
caseSchema.index({ openedAt: 1 });
caseSchema.index({ 'promises.receivedAt': 1 });
caseSchema.index({ 'board.state': 1, 'board.dueAt': 1 });
caseSchema.index({ conversationId: 1 }, { sparse: true });

/** What of a case is stored, but for its id and effects. */
export function documentOf(opened: Case, vault: Vault): Omit<CaseDocument, '_id' | 'effects'> {
  const { id, report, origin, conversationReference, rounds, followUps, notes, ...rest } = opened;
  const content: SealedContent = {
    ...{ report, origin, conversationReference, rounds, followUps, notes },
  };
  return {
    ...rest,
    handled: [...rest.handled],
    content: vault.seal(content, contentPath(id)),
    promises: rounds.map(roundDocument),
    board: placeOf(rounds),
  };
}

/** @throws when the seal cannot be opened. */
export function caseOf(document: CaseDocument, vault: Vault): Case {
  const { _id: id, content, promises: _1, board: _2, effects: _3, ...rest } = document;
  // What `documentOf` sealed under this very id; the vault refuses anything else.
  const opened = vault.open(content, contentPath(id)) as SealedContent;
  return { ...rest, ...opened, ...withDates(opened), id };
}

function roundDocument({ promise, answers, closing }: Round): RoundDocument {
  const { receivedAt, dueAt, calendarHash } = promise;
  const answeredAt = answers[0]?.answeredAt;
  return {
    ...{ receivedAt, dueAt, calendarHash },
    ...(answeredAt ? { answeredAt } : {}),
    ...(closing ? { closedAs: closing.as } : {}),
  };
}

/** @param rounds the last is the one in force. */
export function placeOf(rounds: readonly Round[]): BoardPlace {
  const { promise, answers = [], extensions = [], closing } = rounds.at(-1) ?? {};
  const answered = answers.length > 0 ? 'answered' : 'open';
  return {
    state: closing ? 'closed' : answered,
    dueAt: extensions.at(-1)?.dueAt ?? promise?.dueAt ?? new Date(0),
  };
}

type Dated = 'rounds' | 'followUps' | 'notes';

/** A seal holds JSON, in which instants are text. */
function withDates({ rounds, followUps, notes }: SealedContent): Pick<SealedContent, Dated> {
  const dated = <T extends { readonly at: Date }>(value: T): T => ({
    ...value,
    at: new Date(value.at),
  });
  const promiseOf = (promise: CasePromise): CasePromise => ({
    ...promise,
    receivedAt: new Date(promise.receivedAt),
    dueAt: new Date(promise.dueAt),
  });
  return {
    rounds: rounds.map(({ promise, reopened, answers, extensions, closing }) => ({
      promise: promiseOf(promise),
      ...(reopened ? { reopened: dated(reopened) } : {}),
      answers: answers.map((each) => ({ ...each, answeredAt: new Date(each.answeredAt) })),
      extensions: extensions.map((each) => ({ ...dated(each), dueAt: new Date(each.dueAt) })),
      ...(closing ? { closing: dated(closing) } : {}),
    })),
    followUps: followUps.map(dated),
    notes: notes.map(dated),
  };
}

const contentPath = (id: string): string => `cases/${id}/content`;

/** Where cases hold something sealed. */
export const sealedFields: readonly SealedPlace[] = [
  { collection: 'cases', field: 'content', pathOf: contentPath },
  sealedEffects('cases'),
];
