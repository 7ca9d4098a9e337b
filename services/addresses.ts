/** The form in which two spellings of an address are compared: lower case and trimmed. */
export const comparable = (address: string): string => address.trim().toLowerCase();

/** The mailbox behind an address: capitals and what follows a `+` make no other one, nearly everywhere. */
export const mailboxKey = (address: string): string =>
  comparable(address).replace(/\+[^@]*(?=@)/, '');

export const sameMailbox = (one: string, other: string): boolean =>
  mailboxKey(one) === mailboxKey(other);
