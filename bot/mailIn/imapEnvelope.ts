import type { InboundEnvelope } from '../../services/inbound/intake';
import { headerOf, valuesOf } from '../../services/inbound/messageKey';

const RECIPIENT_FIELDS = ['delivered-to', 'x-original-to', 'envelope-to', 'to', 'cc'];
const MOST_CANDIDATES = 100;
const ADDRESS = /[^\s<>()[\]:;,"@]{1,64}@[\w.-]{1,255}/g;

/**
 * Reads from a mail's header how it travelled, since a mailbox does not keep the envelope.
 * @param accepts tells which addresses are the desk's; none of them may be named, as on a list or a blind copy.
 */
export async function envelopeOf(
  raw: Buffer,
  accepts: (address: string) => Promise<boolean>,
): Promise<InboundEnvelope> {
  const header = headerOf(raw);
  const to: string[] = [];
  const candidates = RECIPIENT_FIELDS.flatMap((name) =>
    valuesOf(header, name).flatMap(addressesIn),
  );
  for (const address of [...new Set(candidates)].slice(0, MOST_CANDIDATES))
    if (await accepts(address)) to.push(address);
  return { from: senderOf(header), to };
}

/** The topmost Return-Path, which the last server wrote; `<>` marks a bounce. Not every server writes one. */
function senderOf(header: string): string {
  const [returnPath] = valuesOf(header, 'return-path');
  const written = returnPath ?? valuesOf(header, 'from')[0] ?? '';
  return addressesIn(written).at(-1) ?? '';
}

const addressesIn = (value: string): string[] =>
  (Buffer.from(value, 'latin1').toString('utf8').match(ADDRESS) ?? []).map((address) =>
    address.toLowerCase(),
  );
