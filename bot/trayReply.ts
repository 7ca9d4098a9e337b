import type { AddressObject, EmailAddress, ParsedMail } from 'mailparser';
import { ProductError } from '../services/errors';
import type { MailIntake } from '../services/inbound/intake';
import { mailboxOf, replyAsMailProgram, writeAsMailProgram } from '../services/mailer';
import type { Clock, Ids } from '../services/ports';
import { errorAnswer } from './httpErrors';

/** A mail as it would arrive at a mail server. */
export interface TrayMail {
  readonly raw: Buffer;
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
}

/** Hands a mail to the desk by the door that all mail takes; a refusal says why, in words. */
export type Deliver = (
  mail: TrayMail,
) => Promise<
  { readonly outcome: 'taken' } | { readonly outcome: 'refused'; readonly message: string }
>;

/** Between whom a reply goes: bare addresses. */
export interface ReplyRoute {
  readonly from: string;
  readonly to: string;
}

/** What the tray takes from outside when it writes a mail. */
export interface Stationery {
  readonly clock: Clock;
  readonly ids: Ids;
}

/** As its addressee would answer: to the Reply-To, or to the sender without one; undefined when either end is missing. */
export function replyRoute(mail: ParsedMail): ReplyRoute | undefined {
  const from = firstOf(mail.to)?.address;
  const to = (firstOf(mail.replyTo) ?? firstOf(mail.from))?.address;
  return from && to ? { from, to } : undefined;
}

/**
 * The reply of a mail's addressee, with the original quoted under it.
 * @throws ProductError `BadArgument` when the mail cannot be answered.
 */
export async function replyOf(
  original: ParsedMail,
  words: string,
  stationery: Stationery,
): Promise<TrayMail> {
  const route = replyRoute(original);
  if (!route) throw new ProductError('BadArgument', 'This mail names nobody to answer.');
  const { messageId, date } = original;
  const raw = await replyAsMailProgram(
    { ...route, text: words, ...stamped(route.from, stationery) },
    {
      from: original.from?.text ?? route.to,
      subject: oneLine(original.subject ?? ''),
      text: original.text ?? '',
      references: [original.references ?? []].flat(),
      ...(messageId ? { messageId } : {}),
      ...(date ? { date } : {}),
    },
  );
  return { raw, envelope: { from: mailboxOf(route.from), to: [mailboxOf(route.to)] } };
}

/**
 * A first mail, from whoever the writer says they are.
 * @throws ProductError `BadArgument` for an address that is none.
 */
export async function newMail(
  written: { from: string; to: string; subject: string; text: string },
  stationery: Stationery,
): Promise<TrayMail> {
  const { to, text } = written;
  const from = written.from.trim();
  const envelope = { from: mailboxOf(from), to: [mailboxOf(to)] };
  const subject = oneLine(written.subject);
  const raw = await writeAsMailProgram({
    ...{ from, to, subject, text },
    ...stamped(envelope.from, stationery),
  });
  return { raw, envelope };
}

/** Delivers as the SMTP listener would: to addresses that the desk knows, at this moment. */
export function trayDelivery(intake: MailIntake, clock: Clock): Deliver {
  return async ({ raw, envelope }) => {
    for (const address of envelope.to)
      if (!(await intake.accepts(address)))
        return { outcome: 'refused', message: `${address} is no address of the desk.` };
    await intake.take({ raw, envelope, door: 'tray', receivedAt: clock.now() });
    return { outcome: 'taken' };
  };
}

/** HTTP: the form was understood, and the desk does not take what it says. */
const UNPROCESSABLE = 422;

/** Delivers what was written; when it was not taken, tells why, in words, and with which HTTP status. */
export async function handOver(
  deliver: Deliver,
  written: () => Promise<TrayMail>,
): Promise<{ status: number; message: string } | undefined> {
  try {
    const delivered = await deliver(await written());
    if (delivered.outcome === 'taken') return undefined;
    return { status: UNPROCESSABLE, message: delivered.message };
  } catch (error) {
    if (!(error instanceof ProductError)) throw error;
    const { status, body } = errorAnswer(error);
    return { status, message: body.error.message };
  }
}

function stamped(from: string, { clock, ids }: Stationery) {
  const domain = from.slice(from.lastIndexOf('@') + 1);
  return { date: clock.now(), messageId: `<${ids.uuid()}@${domain}>` };
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

function firstOf(list: AddressObject | AddressObject[] | undefined): EmailAddress | undefined {
  return [list ?? []]
    .flat()
    .flatMap(({ value }) => value)
    .find(({ address }) => address);
}
