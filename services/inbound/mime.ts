import { Transform, type TransformCallback } from 'node:stream';
import { MailParser, type AttachmentStream, type Headers, type MessageText } from 'mailparser';
import type { HeaderLine } from './headerFields';
import { guessedText } from './mailWords';

/** A part of a mail that is not its text. */
export interface MimePart {
  readonly name?: string;
  readonly type: string;
  readonly content: Buffer;
  /** It stands within the text, as the picture of a signature or a pasted screenshot does. */
  readonly inText: boolean;
}

/** A mail taken apart. */
export interface Mime {
  readonly lines: readonly HeaderLine[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly parts: readonly MimePart[];
}

interface Decoding {
  decodeStream(charset: string): Transform;
}

/** What of mailparser's inside decides how bytes become letters; the package is pinned. */
interface Inside {
  createNode(node: unknown): { charset?: string };
  getDecoder(): Decoding;
}

const OPTIONS = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  keepDeliveryStatus: true,
};

/** Names under which mail programs send UTF-8, plain ASCII and windows-1252 alike. */
const LOOSELY_NAMED = /^(?:us-?ascii|ascii|ansi_x3.*|utf-?8|iso-8859-1|latin-?1|unknown.*)?$/i;
const GUESSED = 'x-guessed';

/** Decodes as UTF-8 what is UTF-8, and everything else as windows-1252. */
class Guess extends Transform {
  private readonly chunks: Buffer[] = [];

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    this.chunks.push(chunk);
    done();
  }

  override _flush(done: TransformCallback): void {
    done(null, Buffer.from(guessedText(Buffer.concat(this.chunks))));
  }
}

const Parser = MailParser as unknown as new (options: typeof OPTIONS) => MailParser & Inside;

class LenientParser extends Parser {
  override createNode(node: unknown): { charset?: string } {
    const made = super.createNode(node);
    if (LOOSELY_NAMED.test(made.charset ?? '')) made.charset = GUESSED;
    return made;
  }

  override getDecoder(): Decoding {
    const known = super.getDecoder();
    return {
      decodeStream: (charset) => {
        try {
          return charset === GUESSED ? new Guess() : known.decodeStream(charset);
        } catch {
          return new Guess();
        }
      },
    };
  }
}

/**
 * Takes a mail apart; nothing is fetched, rendered or run.
 * @throws where it is no mail that can be taken apart, such as one whose header has no end.
 */
export function readMime(raw: Buffer): Promise<Mime> {
  return new Promise((resolve, reject) => {
    const parser = new LenientParser(OPTIONS);
    const parts: MimePart[] = [];
    let lines: readonly HeaderLine[] = [];
    let subject = '';
    let words: MessageText | undefined;
    parser.once('headers', (headers: Headers) => {
      const read = headers.get('subject');
      if (typeof read === 'string') subject = read;
    });
    parser.once('headerLines', (read: readonly HeaderLine[]) => {
      lines = read;
    });
    parser.on('data', (data: AttachmentStream | MessageText) => {
      if (data.type === 'text') words = data;
      else collect(data, (part) => parts.push(part));
    });
    parser.once('error', reject);
    parser.once('end', () => {
      const html = typeof words?.html === 'string' ? words.html : '';
      resolve({ lines, subject, text: words?.text ?? '', html, parts });
    });
    parser.end(raw);
  });
}

function collect(part: AttachmentStream, done: (part: MimePart) => void): void {
  const chunks: Buffer[] = [];
  part.content.on('data', (chunk: Buffer) => chunks.push(chunk));
  part.content.once('end', () => {
    const name = part.filename ? { name: part.filename } : {};
    const content = Buffer.concat(chunks);
    done({ ...name, type: part.contentType, content, inText: part.related === true });
    part.release();
  });
}
