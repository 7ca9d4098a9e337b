import type { CallPurpose } from '../../models/callContent';
import type { ChallengeContent } from '../../models/verifications';
import { STOP_CALL_LASTS_MS, type Links } from '../links';

/** Who asks for a code that is to be read to them on the telephone, and for what. */
export interface CallAsker {
  readonly callId: string;
  readonly agentId: string;
  /** Their first name. */
  readonly agentName: string;
  readonly purpose: CallPurpose;
  /** Stands for the agent in the limits. */
  readonly origin?: string;
}

/** What the mail of such a code says beside the code. */
export interface Aloud extends Pick<CallAsker, 'agentName' | 'purpose'> {
  /** Of the page that stops the call. */
  readonly stopUrl: string;
}

const PREFIX = 'call:';

/** What stands for a call where codes go by conversation. */
export const callConversation = (callId: string): string => `${PREFIX}${callId}`;

/** The call that a conversation stands for. */
export const callOf = (conversationId: string): string => conversationId.slice(PREFIX.length);

/** Makes the link that stops the call; where there is nobody to send it to, one that leads nowhere, at the same cost. */
export async function readAloud(
  links: Pick<Links, 'mint' | 'mintDecoy'>,
  { callId, agentName, purpose }: CallAsker,
  { customerId = '', mailbox = '' }: Pick<ChallengeContent, 'customerId' | 'mailbox'>,
): Promise<Aloud> {
  const link = { kind: 'stopCall', callId, customerId, mailbox } as const;
  const { url } =
    mailbox === ''
      ? await links.mintDecoy(link, STOP_CALL_LASTS_MS)
      : await links.mint(link, STOP_CALL_LASTS_MS);
  return { agentName, purpose, stopUrl: url };
}
