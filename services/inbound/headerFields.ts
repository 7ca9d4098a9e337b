import { domainToASCII } from 'node:url';
import { simpleParser, type AddressObject, type EmailAddress } from 'mailparser';
import { cutText, guessedText, oneLine } from './mailWords';

/** A header field as it stands in the mail, a character for each byte, folded lines included; the key is in lower case. */
export interface HeaderLine {
  readonly key: string;
  readonly line: string;
}

/** An address with the name that stands before it. */
export interface NamedAddress {
  readonly address: string;
  readonly name?: string;
}

const MAX_ADDRESSES = 500;
const MAX_FIELDS = 20;
const MAX_FIELD = 50_000;
const MAX_ID = 500;
const ID = /<([^<>\s]{1,500})>/g;

/** The raw values of a field, unfolded and in the order in which they stand. */
export function fieldValues(lines: readonly HeaderLine[], key: string): string[] {
  return lines
    .filter((field) => field.key === key)
    .map(({ line }) =>
      guessedText(Buffer.from(line.slice(line.indexOf(':') + 1).slice(0, MAX_FIELD), 'latin1'))
        .replace(/\r?\n(?=[ \t])/g, '')
        .trim(),
    );
}

/** The first value of a field in lower case, without comment or parameters; empty when there is none. */
export function firstWord(lines: readonly HeaderLine[], key: string): string {
  const [value = ''] = fieldValues(lines, key);
  return value.toLowerCase().split(/[;(\s]/, 1)[0] ?? '';
}

/** Every address in the fields of a name, groups expanded, in lower case. */
export async function addressesIn(
  lines: readonly HeaderLine[],
  key: string,
): Promise<NamedAddress[]> {
  const found: NamedAddress[] = [];
  for (const value of fieldValues(lines, key).slice(0, MAX_FIELDS)) {
    // Read one at a time: of several From fields the parser itself would keep the last alone.
    const { from } = await simpleParser(`From: ${value.replace(/[\r\n]+/g, ' ')}\r\n\r\n`);
    found.push(...expanded(from));
  }
  return found.slice(0, MAX_ADDRESSES);
}

function expanded(field: AddressObject | undefined): NamedAddress[] {
  const named = (entry: EmailAddress): NamedAddress[] => {
    if (entry.group) return entry.group.flatMap(named);
    const address = normalAddress(entry.address ?? '');
    if (!/^[^\s@]+@[^\s@]+$/.test(address)) return [];
    const name = oneLine(entry.name, 200);
    return [{ address, ...(name === '' ? {} : { name }) }];
  };
  return (field?.value ?? []).flatMap(named);
}

/** An address in lower case, its domain in ASCII, so that one mailbox has one spelling. */
export function normalAddress(address: string): string {
  const plain = cutText(address, MAX_ID).trim().toLowerCase();
  const at = plain.lastIndexOf('@');
  const domain = domainToASCII(plain.slice(at + 1));
  return at > 0 && domain !== '' ? `${plain.slice(0, at)}@${domain}` : plain;
}

/** Every address-like word in the fields of a name, in lower case; for fields that a mail server writes. */
export function bareAddressesIn(lines: readonly HeaderLine[], key: string): string[] {
  return fieldValues(lines, key)
    .slice(0, MAX_FIELDS)
    .flatMap((value) => value.match(/[^\s<>,;"]{1,200}@[^\s<>,;"@]{1,200}/g) ?? [])
    .map(normalAddress);
}

/** The Message-IDs in a text, with their angle brackets, each once. */
export function messageIdsIn(text: string): string[] {
  return [...new Set([...text.matchAll(ID)].map(([id]) => id))];
}

/** The Message-ID of the mail, with angle brackets; some programs leave them away. */
export function ownMessageId(lines: readonly HeaderLine[]): string | undefined {
  const [value = ''] = fieldValues(lines, 'message-id');
  const [bracketed] = messageIdsIn(value);
  if (bracketed !== undefined) return bracketed;
  return /^[^\s<>]{1,500}$/.test(value) ? `<${value}>` : undefined;
}
