import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { InboundRecord } from '../../services/inbound/intake';
import { attachmentsOf, readMail } from '../../services/inbound/mail';
import { ProductError } from '../../services/errors';
import { redact } from '../../services/redact';
import { sizeInWords } from '../../services/sizes';
import { parseConfig } from '../config';
import { composeOffice } from '../office';
import { runCommand, type CommandReport } from './run';
import { writePrivately } from '../privateFile';
import { systemClock } from '../system';

const USAGE = `Usage: npm run -s inbound -- list                  mails that wait for a person
       npm run -s inbound -- show ID               what one says
       npm run -s inbound -- release ID [--as case] lets it through, with its own time of receipt; --as case opens a case
       npm run -s inbound -- discard ID            throws it away
       npm run -s inbound -- save ID --out FOLDER  writes the files that came with it`;
const LISTED = 200;

type Office = Awaited<ReturnType<typeof composeOffice>>;

/** `npm run inbound`: the mails that wait for a person, beside a running desk. */
async function main(): Promise<CommandReport> {
  const { positionals, values } = parsed(process.argv.slice(2));
  const [action = '', id, ...rest] = positionals;
  if (rest.length > 0) throw misused();
  const office = await composeOffice(parseConfig());
  try {
    if (action === 'list' && id === undefined) return { lines: await listed(office) };
    if (id === undefined) throw misused();
    const found = await office.records.inbound.byId(id);
    if (!found) throw new ProductError('NotFound', `There is no mail ${id}.`);
    switch (action) {
      case 'show':
        return { lines: await shown(office, found) };
      case 'release':
        return { lines: await released(office, found, values.as) };
      case 'discard':
        return { lines: await discarded(office, found) };
      case 'save':
        if (values.out === undefined) throw misused();
        return { lines: await saved(office, found, values.out) };
      default:
        throw misused();
    }
  } finally {
    await office.close();
  }
}

async function listed({ records }: Office): Promise<string[]> {
  const waiting = await records.inbound.list(['quarantined', 'held'], LISTED);
  if (waiting.length === 0) return ['No mail waits for a person.'];
  return waiting.map(
    ({ id, receivedAt, state, reason, envelope, bytes }) =>
      `${id}  ${receivedAt.toISOString()}  ${state}${reason ? ` (${reason})` : ''}  from ${envelope.from || '<>'}  ${sizeInWords(bytes)}`,
  );
}

async function shown({ records }: Office, found: InboundRecord): Promise<string[]> {
  const { id, receivedAt, state, reason, caseId, envelope } = found;
  const mail = await readMail(await records.rawMails.read(id), envelope.from);
  const about = caseId ? await records.cases.byId(caseId) : undefined;
  return [
    `Received: ${receivedAt.toISOString()}`,
    `State: ${state}${reason ? ` (${reason})` : ''}`,
    ...(about ? [`Case: ${about.reference}`] : []),
    `From: ${mail.from.map(({ address }) => address).join(', ')}`,
    `To: ${envelope.to.join(', ')}`,
    `Subject: ${mail.subject}`,
    ...mail.attachments.map(
      ({ name, type, bytes }) => `File: ${name} (${type}, ${sizeInWords(bytes)})`,
    ),
    '',
    // A mail must not write to the terminal what the terminal obeys.
    ...redact(mail.text)
      .text.replace(/[^\P{C}\n\t]/gu, '')
      .split('\n'),
  ];
}

async function released(
  office: Office,
  { id, caseId }: InboundRecord,
  as?: string,
): Promise<string[]> {
  if (as !== undefined && as !== 'case') throw misused();
  const at = systemClock.now();
  if (!(await office.records.inbound.release(id, at, as)))
    throw new ProductError('BadArgument', 'That mail does not wait for a person.');
  await noted(office, id, 'mail.released', at, caseId);
  return [`${id} is let through; the running desk deals with it within seconds.`];
}

async function discarded(office: Office, { id, state, caseId }: InboundRecord): Promise<string[]> {
  const waits = state === 'quarantined' || state === 'held';
  if (!waits || !(await office.records.inbound.settle(id, { state: 'discarded' }, state)))
    throw new ProductError('BadArgument', 'That mail does not wait for a person.');
  await noted(office, id, 'mail.discarded', systemClock.now(), caseId);
  return [`${id} is discarded.`];
}

function noted(
  { audit }: Office,
  id: string,
  action: 'mail.released' | 'mail.discarded',
  at: Date,
  caseId?: string,
): Promise<void> {
  return audit.append({
    ...{ id: `${id}-${action}-${at.getTime()}`, action, at, by: 'operator' },
    about: { kind: 'mail', id },
    ...(caseId ? { facts: { caseId } } : {}),
  });
}

/** Files are numbered, so that two of one name do not meet, and their names are safe. */
async function saved({ records }: Office, { id }: InboundRecord, out: string): Promise<string[]> {
  const files = await attachmentsOf(await records.rawMails.read(id));
  const lines: string[] = [];
  for (const [index, { name, content }] of files.entries()) {
    const path = join(out, `${index + 1}-${name}`);
    await writePrivately(path, content);
    lines.push(path);
  }
  return lines.length > 0 ? lines : ['No file came with that mail.'];
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { as: { type: 'string' }, out: { type: 'string' } },
    });
  } catch (cause) {
    throw misused(cause);
  }
}

const misused = (cause?: unknown): ProductError =>
  new ProductError('BadArgument', USAGE, { cause });

runCommand(main);
