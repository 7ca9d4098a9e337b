import { createHash } from 'node:crypto';

/** What tells one message from another. */
export interface MessageIdentity {
  /** Equal for two deliveries of one message; a Message-ID used again with another body is another message. */
  readonly key: string;
  /** With angle brackets; absent where the header has none. */
  readonly messageId?: string;
}

/** A header that is longer is looked at no further. */
export const HEADER_BYTES = 256 * 1024;
const LONGEST_VALUE = 998;
const CR = 13;
const LF = 10;

/** Reads what tells a message from another; whatever the bytes are, there is an answer. */
export function identityOf(raw: Buffer): MessageIdentity {
  const header = headerOf(raw);
  const bodyHash = createHash('sha256').update(bodyOf(raw)).digest('base64url');
  const messageId = messageIdOf(header);
  const named = messageId
    ? [messageId]
    : ['from', 'date', 'subject'].map((name) => valuesOf(header, name)[0] ?? '');
  return { key: [...named, bodyHash].join('\0'), ...(messageId ? { messageId } : {}) };
}

/** The header as it came, at most 256 kB of it; one character a byte. */
export const headerOf = (raw: Buffer): string =>
  raw.toString('latin1', 0, headerEnd(raw) ?? HEADER_BYTES);

/** Where the empty line is, if there is one within reach. */
const headerEnd = (raw: Buffer): number | undefined =>
  /\r?\n\r?\n/.exec(raw.toString('latin1', 0, HEADER_BYTES))?.index;

/** The values of a header field in their order, unfolded; the name is given in lower case. */
export function valuesOf(header: string, name: string): string[] {
  const values: string[] = [];
  let open = false;
  for (const line of header.split(/\r?\n/)) {
    if (/^[ \t]/.test(line)) {
      if (open) values.push(`${values.pop() ?? ''} ${line.trim()}`);
      continue;
    }
    const colon = line.indexOf(':');
    open = colon > 0 && line.slice(0, colon).trim().toLowerCase() === name;
    if (open) values.push(line.slice(colon + 1).trim());
  }
  return values.map((value) => value.slice(0, LONGEST_VALUE));
}

function messageIdOf(header: string): string | undefined {
  const [value = ''] = valuesOf(header, 'message-id');
  const bare = /<([^<>]+)>/.exec(value)?.[1] ?? value;
  const id = bare.replace(/\s+/g, '');
  return id === '' ? undefined : `<${id}>`;
}

/**
 * Without the line ends at its end, of which servers add and drop some on the way. Where there is no telling where a body
 * begins, everything is body, lest two mails be taken for one.
 */
function bodyOf(raw: Buffer): Buffer {
  const start = headerEnd(raw) ?? 0;
  let end = raw.length;
  while (end > start && (raw[end - 1] === LF || raw[end - 1] === CR)) end -= 1;
  return raw.subarray(start, end);
}
