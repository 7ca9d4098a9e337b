import { Schema } from 'mongoose';
import {
  DISPOSITIONS,
  HANDOFF_REASONS,
  HANDOFF_STATES,
  type Handoff,
  type HandoffState,
} from './handoffContent';
import { effectSchema, sealedEffects, type EffectDocument } from './pendingEffects';
import { sealed, type Vault } from './sealed';
import type { SealedPlace } from './sealedPlace';

/** The fields of a handoff that queries need; everything else is sealed as one value. */
type ClearFields = Pick<
  Handoff,
  | 'conversationId'
  | 'state'
  | 'channelId'
  | 'requestedAt'
  | 'reason'
  | 'topic'
  | 'holderSeenAt'
  | 'closingTold'
  | 'disposition'
  | 'endedAt'
  | 'afterTalk'
  | 'provedCustomerId'
  | 'rating'
  | 'transcriptMailed'
  | 'revision'
>;

type Content = Omit<Handoff, 'id' | keyof ClearFields>;

/** A handoff as it is stored. */
export interface HandoffDocument extends ClearFields {
  _id: string;
  content: string;
  /** Its conversation, while that waits or is held: so there is one at most. */
  openConversation?: string;
  holderId?: string;
  /** When it ended, while the customer is yet to be asked how it was. */
  afterTalkDueSince?: Date;
  effects: EffectDocument[];
}

export const HANDOFFS = 'handoffs';

/** What a handoff may have and need not. */
export const OPTIONAL_FIELDS = [
  ...(['openConversation', 'holderId', 'holderSeenAt', 'closingTold'] as const),
  ...(['disposition', 'endedAt', 'afterTalk', 'afterTalkDueSince'] as const),
  ...(['provedCustomerId', 'rating', 'transcriptMailed'] as const),
] as const;

const OPEN: readonly HandoffState[] = ['waiting', 'held'];

export const handoffSchema = new Schema<HandoffDocument>(
  {
    _id: { type: String, required: true },
    conversationId: { type: String, required: true },
    state: { type: String, required: true, enum: HANDOFF_STATES },
    channelId: { type: String, required: true },
    requestedAt: { type: Date, required: true },
    reason: { type: String, required: true, enum: HANDOFF_REASONS },
    topic: { type: String, required: true },
    holderSeenAt: Date,
    closingTold: Date,
    disposition: { type: String, enum: DISPOSITIONS },
    endedAt: Date,
    afterTalk: { type: String, enum: ['due', 'asked'] },
    provedCustomerId: String,
    rating: Number,
    transcriptMailed: Boolean,
    revision: { type: Number, required: true },
    content: sealed(),
    openConversation: String,
    holderId: String,
    afterTalkDueSince: Date,
    effects: [effectSchema],
  },
  { versionKey: false, strict: 'throw' },
);
handoffSchema.index({ openConversation: 1 }, { unique: true, sparse: true });
handoffSchema.index({ state: 1, requestedAt: 1 });
handoffSchema.index({ conversationId: 1, requestedAt: 1 });
handoffSchema.index({ holderId: 1 }, { sparse: true });
handoffSchema.index({ holderSeenAt: 1 }, { sparse: true });
handoffSchema.index({ afterTalkDueSince: 1 }, { sparse: true });
handoffSchema.index({ 'effects.id': 1 }, { sparse: true });

/** Turns handoffs into what is stored, and back. */
export class HandoffSeal {
  constructor(private readonly vault: Vault) {}

  /** Without fields that it does not have, and without `_id` and effects. */
  closed({ id, ...handoff }: Handoff): Omit<HandoffDocument, '_id' | 'effects'> {
    const { conversationId, state, channelId, requestedAt, reason, topic, revision, ...others } =
      handoff;
    const { holderSeenAt, closingTold, disposition, endedAt, afterTalk, ...more } = others;
    const { provedCustomerId, rating, transcriptMailed, ...content } = more;
    return defined({
      ...{ conversationId, state, channelId, requestedAt, reason, topic, revision },
      ...{ holderSeenAt, closingTold, disposition, endedAt, afterTalk },
      ...{ provedCustomerId, rating, transcriptMailed },
      openConversation: OPEN.includes(state) ? conversationId : undefined,
      holderId: content.holder?.accountId,
      afterTalkDueSince: afterTalk === 'due' ? endedAt : undefined,
      content: this.vault.seal(content satisfies Content, contentPath(id)),
    });
  }

  /** @throws when the seal cannot be opened. */
  opened({ _id: id, content, ...document }: HandoffDocument): Handoff {
    const { effects: _effects, openConversation: _open, ...rest } = document;
    const { holderId: _holder, afterTalkDueSince: _due, ...clear } = rest;
    // What `closed` sealed under this very id; the vault refuses anything else.
    const opened = this.vault.open(content, contentPath(id)) as Content;
    // A seal holds JSON, in which instants are text.
    const withDate = <T extends { readonly at: Date }>(each: T): T => ({
      ...each,
      at: new Date(each.at),
    });
    return {
      ...{ ...clear, ...opened, id },
      notes: opened.notes.map(withDate),
      history: opened.history.map(withDate),
      ...(opened.takenAt ? { takenAt: new Date(opened.takenAt) } : {}),
    };
  }
}

/** Where handoffs hold something sealed. */
export const sealedFields: readonly SealedPlace[] = [
  { collection: HANDOFFS, field: 'content', pathOf: contentPath },
  sealedEffects(HANDOFFS),
];

function contentPath(id: string): string {
  return `${HANDOFFS}/${id}/content`;
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

const defined = <T extends object>(fields: T): Defined<T> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Defined<T>;
