import type { Consents } from '../../services/consents';
import type { Conversations } from '../../services/conversations';
import type { Handoff } from '../../services/handoffs';
import type { ConsentView, ConversationView } from './contract';
import type { Lines } from './lines';
import { messagesOf, type MessageSource } from './messages';
import { holds } from './reading';
import type { Caller } from './route';
import { eventInWords } from './words';

type Consent = Awaited<ReturnType<Consents['ofHandoff']>>[number];

/** What a conversation is shown from. */
export interface ConversationParts extends MessageSource {
  readonly conversations: Pick<Conversations, 'find' | 'since'>;
  readonly consents: Pick<Consents, 'ofHandoff'>;
  readonly lines: Lines;
}

/** A conversation as somebody sees it who may read it. */
export async function conversationView(
  parts: ConversationParts,
  caller: Pick<Caller, 'accountId'>,
  handoff: Handoff,
): Promise<ConversationView> {
  const { conversations, consents, lines } = parts;
  const { id, conversationId, state, notes, draft = '', history } = handoff;
  // Whoever opens it sees how the proof stands now.
  lines.changed(conversationId);
  const { userName } = await lines.identityOf(conversationId);
  const { messages, earlier } = await messagesOf(parts, conversationId);
  const mine = holds(caller, handoff);
  return {
    ...(await lines.lineOf(handoff)),
    mine,
    open: state !== 'ended' && state !== 'calledBack',
    chatEnded: (await conversations.find(conversationId))?.endedAt !== undefined,
    ...(userName === undefined ? {} : { userName }),
    ...{ messages, earlier },
    notes: notes.map(({ at, by, ...note }) => ({ ...note, at: at.toISOString(), by: by.name })),
    // What somebody else had begun to type is theirs.
    draft: mine ? draft : '',
    consents: (await consents.ofHandoff(id)).map(consentView),
    history: history.map((event) => ({ at: event.at.toISOString(), words: eventInWords(event) })),
  };
}

export function consentView(consent: Consent): ConsentView {
  const { id, state, scope, minutes, askedAt, givenAt, until, endedAt, endedBy } = consent;
  return {
    ...{ id, state, scope, minutes },
    askedAt: askedAt.toISOString(),
    ...(givenAt ? { givenAt: givenAt.toISOString() } : {}),
    ...(until ? { until: until.toISOString() } : {}),
    ...(endedAt ? { endedAt: endedAt.toISOString() } : {}),
    ...(endedBy ? { endedBy } : {}),
  };
}
