import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser, type ParsedMail } from 'mailparser';
import type { RunningProduct } from './product';

/** A mail that the desk sent, as it lies in the development mail tray. */
export interface SentMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly parsed: ParsedMail;
  /** All of it, as it went over the wire. */
  readonly raw: string;
}

/** Effects lead to mails, and those to effects again. */
const ROUNDS = 3;

/** Runs every sweep until what has happened is told by mail. */
export async function settled({ product }: RunningProduct): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) await product.sweep();
}

/** All mails in a tray's folder, the oldest first. */
export async function mailsIn(directory: string): Promise<SentMail[]> {
  const files = readdirSync(directory).filter((name) => name.endsWith('.eml'));
  return Promise.all(
    files.sort().map(async (file) => {
      const raw = readFileSync(join(directory, file));
      const parsed = await simpleParser(raw);
      const [to] = [parsed.to].flat();
      const { subject = '', text = '' } = parsed;
      return { to: to?.text ?? '', subject, text, parsed, raw: raw.toString('latin1') };
    }),
  );
}

/** The newest mail to an address that says something, once all that has happened is told. */
export async function lastMail(
  running: RunningProduct,
  address: string,
  words: RegExp,
): Promise<SentMail> {
  await settled(running);
  const mails = await mailsIn(running.product.mailDirectory);
  const found = mails.findLast(({ to, text }) => to === address && words.test(text));
  if (!found) throw new Error(`No mail to ${address} says ${String(words)}.`);
  return found;
}

const CODE = /^Your code: (\d{3}) (\d{3})$/m;

/** The code that a mail brings, as it is typed; undefined when it brings none. */
export function codeIn({ text }: Pick<SentMail, 'text'>): string | undefined {
  const [, one, other] = CODE.exec(text) ?? [];
  return one !== undefined && other !== undefined ? one + other : undefined;
}

/** The newest code that was mailed to an address. */
export async function lastCode(running: RunningProduct, address: string): Promise<string> {
  return codeIn(await lastMail(running, address, CODE)) ?? '';
}
