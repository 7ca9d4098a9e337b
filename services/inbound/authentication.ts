import { Resolver } from 'node:dns/promises';
import { dkimVerify } from 'mailauth/lib/dkim/verify';
import { dmarc } from 'mailauth/lib/dmarc';
import { spf } from 'mailauth/lib/spf';
import { getAlignment } from 'mailauth/lib/tools';
import { addressesIn, fieldValues, normalAddress } from './headerFields';
import { readMime } from './mime';

/** Who handed a mail over, as the SMTP session saw it; both absent where the mail was fetched by IMAP. */
export interface MailOrigin {
  readonly remoteAddress?: string;
  readonly helo?: string;
}

/** Whether the From address is who sent the mail; `unavailable`: DNS did not answer, try again later. */
export type Aligned = 'pass' | 'fail' | 'unavailable';

/** Tells whether a mail comes from whom it says. */
export interface SenderAuthentication {
  /**
   * @param envelopeFrom the address of the return path; empty or `<>` when there is none.
   */
  check(raw: Buffer, envelopeFrom: string, origin: MailOrigin): Promise<Aligned>;
}

/** Asks DNS; the answers are as those of `dns.promises.resolve`. */
export type MailResolver = (name: string, type: string) => Promise<unknown>;
type LibraryResolver = (name: string, type: string) => Promise<string[][] | string[]>;

/** A proof of one domain, by a signature or by the address that handed the mail over. */
interface Proof {
  readonly kind: 'dkim' | 'spf';
  readonly domain: string;
  readonly isValid: boolean;
}

/** What the library tells of a signature, beside what its types name. */
interface Signature {
  readonly signingDomain?: string;
  readonly algo?: string;
  /** The signature covers the beginning of the body only, so that anybody may add to it. */
  readonly canonBodyLengthLimited?: boolean;
  readonly signingHeaders?: { readonly headers: readonly string[] };
  readonly status: { readonly result: string; readonly aligned?: unknown };
}

const MAX_SIGNATURES = 20;
const MAX_HEADER = 200_000;
const DNS_TIMEOUT_MS = 5_000;
const DNS_TRIES = 2;
const DOMAIN = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** Believes every mail: for a listener that only programs on the same machine can reach. */
export const unchecked: SenderAuthentication = { check: async () => 'pass' };

/**
 * Believes a mail when DKIM or SPF is valid for the domain of its one From address, whether or not that domain has a
 * DMARC record; everything else fails. ARC, and signatures over a part of the body only, count for nothing.
 * @param options.mta the name of our own mail host.
 * @param options.resolver instead of DNS, for a test.
 */
export function dmarcAuthentication(options: {
  mta: string;
  resolver?: MailResolver;
}): SenderAuthentication {
  const system = new Resolver({ timeout: DNS_TIMEOUT_MS, tries: DNS_TRIES });
  const resolver = (options.resolver ??
    ((name: string, type: string) => system.resolve(name, type))) as LibraryResolver;
  return {
    check: async (raw, envelopeFrom, origin) => {
      const domain = await fromDomain(raw);
      if (domain === undefined) return 'fail';
      const proofs = [
        ...(await signatures(raw, domain.address, resolver)),
        ...(await handedOver(options.mta, envelopeFrom, origin, resolver)),
      ];
      return alignment(domain.name, proofs, resolver);
    },
  };
}

/** The domain of the one From address; two, by fields or within one, leave it open who is meant. */
async function fromDomain(raw: Buffer): Promise<{ name: string; address: string } | undefined> {
  const end = /\r?\n\r?\n/.exec(raw.toString('latin1', 0, MAX_HEADER));
  if (!end) return undefined;
  const { lines } = await readMime(raw.subarray(0, end.index + end[0].length));
  if (fieldValues(lines, 'from').length !== 1) return undefined;
  if (fieldValues(lines, 'dkim-signature').length > MAX_SIGNATURES) return undefined;
  const [from, ...others] = await addressesIn(lines, 'from');
  if (!from || others.length > 0) return undefined;
  const name = from.address.slice(from.address.lastIndexOf('@') + 1);
  return DOMAIN.test(name) ? { name, address: from.address } : undefined;
}

async function signatures(raw: Buffer, from: string, resolver: LibraryResolver): Promise<Proof[]> {
  const { headerFrom, results } = await dkimVerify(raw, { resolver });
  // Read by two parsers: where they differ, one of them has been tricked.
  if (headerFrom.length !== 1 || normalAddress(headerFrom[0] ?? '') !== from) return [];
  return (results as readonly Signature[]).flatMap((each) => {
    // Only DKIM's own results have it; the library lists ARC's seals beside them.
    const isDkim = typeof each.status.aligned === 'string';
    const isWhole = each.canonBodyLengthLimited !== true && !/sha1$/i.test(each.algo ?? '');
    const coversFrom =
      each.signingHeaders?.headers.some((line) => /^from\s*:/i.test(line)) ?? false;
    if (!isDkim || !isWhole || !coversFrom) return [];
    return proofs('dkim', each.signingDomain ?? '', each.status.result);
  });
}

async function handedOver(
  mta: string,
  envelopeFrom: string,
  origin: MailOrigin,
  resolver: LibraryResolver,
): Promise<Proof[]> {
  const { remoteAddress: ip, helo } = origin;
  const sender = envelopeFrom.replace(/[<>\s]/g, '');
  if (ip === undefined || (sender === '' && helo === undefined)) return [];
  const { domain, status } = await spf({ ip, helo: helo ?? '', sender, mta, resolver });
  return proofs('spf', domain, status.result);
}

/** What a result is worth; one that DNS left open is kept, since it may become valid. */
function proofs(kind: Proof['kind'], domain: string, result: string): Proof[] {
  if (result !== 'pass' && result !== 'temperror') return [];
  return [{ kind, domain: domain.toLowerCase(), isValid: result === 'pass' }];
}

async function alignment(
  from: string,
  proofs: readonly Proof[],
  resolver: LibraryResolver,
): Promise<Aligned> {
  if (proofs.some(({ domain, isValid }) => isValid && domain === from)) return 'pass';
  const related = proofs.filter(({ domain }) => getAlignment(from, [domain]) !== false);
  if (related.length === 0) return 'fail';
  const policy = await dmarc({ headerFrom: [from], spfDomains: [], dkimDomains: [], resolver });
  if (policy === false) return 'fail';
  if (policy.status.result === 'temperror') return 'unavailable';
  // A domain may ask that no neighbour, as a subdomain, speaks for it.
  const { alignment: modes } = policy as { alignment?: Record<Proof['kind'], { strict: boolean }> };
  const isStrict = (kind: Proof['kind']): boolean => modes?.[kind].strict === true;
  const aligned = related.filter(({ kind, domain }) => domain === from || !isStrict(kind));
  if (aligned.some(({ isValid }) => isValid)) return 'pass';
  return aligned.length > 0 ? 'unavailable' : 'fail';
}
