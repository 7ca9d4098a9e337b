import { parseArgs } from 'node:util';
import type { ChainPlace } from '../services/audit';
import { findCaseReference } from '../services/entities';
import { ProductError } from '../services/errors';

/** What `npm run audit` is asked for. */
export type AuditRequest =
  | { readonly action: 'verify'; readonly expected?: ChainPlace }
  | { readonly action: 'list'; readonly reference: string }
  | { readonly action: 'head' }
  | { readonly action: 'export'; readonly out: string }
  | AuditCheck;

/** A check of an exported log, which needs neither store nor key. */
export interface AuditCheck {
  readonly action: 'check';
  readonly file: string;
  readonly expected: ChainPlace;
  /** Signature (base64), instant and public key of the head. */
  readonly signed?: { readonly signature: string; readonly at: Date; readonly publicKey: string };
}

const USAGE = `Usage: npm run -s audit -- verify [--head SEQ:HASH]
       npm run -s audit -- list PD-XXXX-XXXX
       npm run -s audit -- head
       npm run -s audit -- export --out FILE
       npm run -s audit -- check FILE --head SEQ:HASH [--signature S --at ISO --public-key K]`;

const HEAD = /^([1-9]\d{0,14}):([0-9a-f]{64})$/i;

/**
 * Reads the words of the command line.
 * @throws ProductError `BadArgument`, in words for the person at the terminal.
 */
export function readAuditRequest(argv: readonly string[]): AuditRequest {
  const { values, positionals } = parse(argv);
  const [action, given, ...rest] = positionals;
  const { head, out } = values;
  const takesWord = action === 'list' || action === 'check';
  if (rest.length > 0 || (given !== undefined && !takesWord))
    throw misused('There is a word too many.');
  switch (action) {
    case 'verify':
      return { action, ...(head === undefined ? {} : { expected: readHead(head) }) };
    case 'list': {
      const reference = findCaseReference(given ?? '');
      if (!reference) throw misused('Give a reference such as PD-7K3M-9QXA.');
      return { action, reference };
    }
    case 'head':
      return { action };
    case 'export':
      if (out === undefined) throw misused('Say with --out where to write.');
      return { action, out };
    case 'check':
      if (given === undefined || head === undefined)
        throw misused('Give the file, and with --head what it is checked against.');
      return { action, file: given, expected: readHead(head), ...signedOf(values) };
    default:
      throw misused('Say what to do.');
  }
}

function parse(argv: readonly string[]) {
  const string = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { head: string, out: string, signature: string, at: string, 'public-key': string },
    });
  } catch (cause) {
    const [reason] = (cause as Error).message.split(/[.\n]/);
    throw misused(`${reason ?? ''}.`, cause);
  }
}

function readHead(text: string): ChainPlace {
  const [, seq, hash = ''] = HEAD.exec(text) ?? [];
  if (seq === undefined)
    throw misused('A head is a number, a colon and 64 hexadecimal digits, as in a head mail.');
  return { seq: Number(seq), hash: hash.toLowerCase() };
}

function signedOf(values: ReturnType<typeof parse>['values']): Pick<AuditCheck, 'signed'> {
  const { signature, at, 'public-key': publicKey } = values;
  if (signature === undefined && at === undefined && publicKey === undefined) return {};
  if (signature === undefined || at === undefined || publicKey === undefined)
    throw misused('A signature is checked with all of --signature, --at and --public-key.');
  const instant = new Date(at);
  if (Number.isNaN(instant.getTime())) throw misused('--at is not an instant.');
  return { signed: { signature, at: instant, publicKey } };
}

const misused = (what: string, cause?: unknown): ProductError =>
  new ProductError('BadArgument', `${what}\n${USAGE}`, { cause });
