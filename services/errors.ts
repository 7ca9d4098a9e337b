/** Every fault that the product foresees, by code; the message is for the person who can act on it. */
export type ProductErrorCode =
  | 'BadArgument'
  | 'BadRequest'
  | 'CalendarInvalid'
  | 'ConfigInvalid'
  | 'ConversationEnded'
  | 'ConversationNotFound'
  | 'KnowledgeInvalid'
  | 'MessageTooLong'
  | 'NotAllowed'
  | 'NotFound'
  | 'NotSignedIn'
  | 'SealBroken'
  | 'StoreInUse'
  | 'StoreUnavailable'
  | 'TicketInvalid'
  | 'TokenExpired'
  | 'TokenInvalid'
  | 'TooLarge'
  | 'TooManyRequests'
  | 'UnderstandingStopped'
  | 'UnsupportedActivity'
  | 'UploadUnsupported';

/** A foreseen fault: a code from a closed list and a message without personal data; caught only at the edges. */
export class ProductError extends Error {
  constructor(
    readonly code: ProductErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'ProductError';
  }
}

/** Whether it says that a conversation is over, so that there is nobody to tell. */
export const isConversationOver = (error: unknown): boolean =>
  error instanceof ProductError &&
  (error.code === 'ConversationEnded' || error.code === 'ConversationNotFound');
