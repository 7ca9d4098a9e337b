// Types of the part of email-reply-parser that is used; it ships none.

declare module 'email-reply-parser' {
  class EmailReplyParser {
    read(text: string): {
      getFragments(): { getContent(): string; isSignature(): boolean }[];
    };
  }
  export = EmailReplyParser;
}
