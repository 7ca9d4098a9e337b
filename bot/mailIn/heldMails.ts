import type { SMTPServerDataStream } from 'smtp-server';
import { refusal } from './smtpReplies';

/** The mails that are held in memory at a time, over all clients. */
export class HeldMails {
  private bytes = 0;

  /** @param most bytes at a time. */
  constructor(private readonly most: number) {}

  /**
   * Reads a mail to its end; to be let go of afterwards. Rejects, and holds nothing, when the client breaks off or when
   * it is too much.
   */
  async collect(stream: SMTPServerDataStream): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let refused: Error | undefined;
    const drop = (): void => {
      this.bytes -= bytes;
      bytes = 0;
      chunks.length = 0;
    };
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        if (stream.sizeExceeded) refused ??= refusal(552, 'The mail is too large');
        else if (this.bytes + chunk.length > this.most)
          refused ??= refusal(452, 'Too much mail at once, try again in a moment');
        if (refused) {
          // Read on: a client listens for the reply only when it has sent everything.
          drop();
          continue;
        }
        chunks.push(chunk);
        bytes += chunk.length;
        this.bytes += chunk.length;
      }
    } catch (error) {
      drop();
      throw error;
    }
    if (refused) throw refused;
    return Buffer.concat(chunks, bytes);
  }

  /** A mail that was collected is needed no more. */
  letGo(raw: Buffer): void {
    this.bytes -= raw.length;
  }
}
