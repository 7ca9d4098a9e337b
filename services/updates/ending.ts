import type { UpdateRequest, UpdateState } from '../../models/updateContent';
import { auditEventEffect } from '../recordEffects';
import type { UpdateParts } from './parts';

/** A filed request went on in a chat; nothing when it did before, or is over. */
export async function continuedAs(
  { records }: UpdateParts,
  id: string,
  conversationId?: string,
): Promise<void> {
  for (;;) {
    const found = await records.byId(id);
    if (found?.state !== 'filed') return;
    const where = conversationId === undefined ? {} : { conversationId };
    if (await records.change({ ...found, ...where, state: 'continued' }, [])) return;
  }
}

/** Those that something could still come of. */
const OPEN: readonly UpdateState[] = ['filed', 'person', 'second', 'approved'];

/** Withdraws what a conversation asked for and is not done; of what is over, only what was told is blanked. */
export async function withdrawOf(parts: UpdateParts, conversationId: string): Promise<void> {
  const { records, log, onEffects } = parts;
  for (;;) {
    const told = (await records.ofConversation(conversationId)).filter((each) => !isBlank(each));
    if (told.length === 0) return;
    for (const each of told) {
      const state = OPEN.includes(each.state) ? 'withdrawn' : each.state;
      const effects = state === each.state ? [] : [withdrawnEffect(parts, each)];
      if (await records.change({ ...blank(each), state }, effects))
        log.info('update.settled', { kind: each.kind, state });
    }
    onEffects();
  }
}

/** Without anything that was told; who of staff did what about it stays. */
function blank(request: UpdateRequest): UpdateRequest {
  const { claimed: _claimed, email: _email, subject: _subject, text: _text, ...rest } = request;
  const { conversationReference: _reference, ...kept } = rest;
  return { ...kept, changes: [] };
}

const isBlank = ({ claimed, changes, text, state }: UpdateRequest): boolean =>
  claimed === undefined && text === undefined && changes.length === 0 && !OPEN.includes(state);

const withdrawnEffect = ({ clock }: UpdateParts, { id, revision }: UpdateRequest) =>
  auditEventEffect(id, `update.withdrawn-${revision}`, {
    ...{ action: 'update.refused', at: clock.now(), by: 'desk' },
    ...{ about: { kind: 'update', id }, facts: { why: 'child' } },
  });
