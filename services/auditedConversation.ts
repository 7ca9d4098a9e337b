import type { Vault } from '../models/sealed';

const PLAIN_ID = /^[\w-]{1,100}$/;

/** Stands for a conversation in the audit log, which refuses what the ids of some channels hold. */
export const auditedConversation = (vault: Vault, conversationId: string): string =>
  PLAIN_ID.test(conversationId)
    ? conversationId
    : vault.blindIndex('audited-conversation', conversationId);
