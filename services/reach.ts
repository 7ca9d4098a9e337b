/** How a customer reaches a person outside the chat, in words that end a sentence. */
export const reachingAPerson = (privacyMailbox: string, phone?: string): string =>
  `${phone ? `call ${phone} or ` : ''}write to ${privacyMailbox}`;
