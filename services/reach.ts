/** How a customer reaches a person, in words that end a sentence; in the chat nobody can join. */
export const reachingAPerson = (privacyMailbox: string, phone?: string): string =>
  `${phone ? `call ${phone} or ` : ''}write to ${privacyMailbox}`;
