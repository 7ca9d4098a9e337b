import type { filled } from './cannedReplies';

/** Values for the fields of canned replies. */
type Fields = Parameters<typeof filled>[1];

const known = new Map<string, Fields>();

/** Keeps what became known in a conversation, such as the reference of its case. */
export function know(handoffId: string, fields: Fields): void {
  known.set(handoffId, { ...known.get(handoffId), ...fields });
}

/** What is known of a conversation for the fields of canned replies. */
export const knownOf = (handoffId: string): Fields => known.get(handoffId) ?? {};
