import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ProductError } from '../../services/errors';
import { WaitingMails, type WaitingMail } from '../../services/inbound/waitingMails';
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
/** Who acts, in the audit log. */
const OPERATOR = 'operator';

/** `npm run inbound`: the mails that wait for a person, beside a running desk. */
async function main(): Promise<CommandReport> {
  const { positionals, values } = parsed(process.argv.slice(2));
  const [action = '', id, ...rest] = positionals;
  if (rest.length > 0) throw misused();
  const office = await composeOffice(parseConfig());
  const { inbound, rawMails, cases } = office.records;
  const mails = new WaitingMails({
    ...{ records: inbound, rawMails, cases, audit: office.audit, clock: systemClock },
  });
  try {
    if (action === 'list' && id === undefined) return { lines: await listed(mails) };
    if (id === undefined) throw misused();
    const found = await mails.byId(id);
    if (!found) throw new ProductError('NotFound', `There is no mail ${id}.`);
    switch (action) {
      case 'show':
        return { lines: await shown(mails, found) };
      case 'release':
        return { lines: await released(mails, id, values.as) };
      case 'discard':
        return { lines: await discarded(mails, id) };
      case 'save':
        if (values.out === undefined) throw misused();
        return { lines: await saved(mails, id, values.out) };
      default:
        throw misused();
    }
  } finally {
    await office.close();
  }
}

async function listed(mails: WaitingMails): Promise<string[]> {
  const waiting = await mails.list();
  if (waiting.length === 0) return ['No mail waits for a person.'];
  return waiting.map(
    ({ record: { id, receivedAt, state, reason, envelope, bytes } }) =>
      `${id}  ${receivedAt.toISOString()}  ${state}${reason ? ` (${reason})` : ''}  from ${envelope.from || '<>'}  ${sizeInWords(bytes)}`,
  );
}

async function shown(mails: WaitingMails, { record, about }: WaitingMail): Promise<string[]> {
  const { receivedAt, state, reason, envelope } = record;
  const words = await mails.words(record);
  return [
    `Received: ${receivedAt.toISOString()}`,
    `State: ${state}${reason ? ` (${reason})` : ''}`,
    ...(about ? [`Case: ${about.reference}`] : []),
    ...(words ? [`From: ${words.from.join(', ')}`] : []),
    `To: ${envelope.to.join(', ')}`,
    ...(words ? [`Subject: ${words.subject}`] : []),
    ...(words?.attachments ?? []).map(
      ({ name, type, bytes }) => `File: ${name} (${type}, ${sizeInWords(bytes)})`,
    ),
    '',
    ...(words?.text.split('\n') ?? ['Its words are not here.']),
  ];
}

async function released(mails: WaitingMails, id: string, as?: string): Promise<string[]> {
  if (as !== undefined && as !== 'case') throw misused();
  if ((await mails.release(id, OPERATOR, as)) === 'notWaiting') throw notWaiting();
  return [`${id} is let through; the running desk deals with it within seconds.`];
}

async function discarded(mails: WaitingMails, id: string): Promise<string[]> {
  if ((await mails.discard(id, OPERATOR)) === 'notWaiting') throw notWaiting();
  return [`${id} is discarded.`];
}

const notWaiting = (): ProductError =>
  new ProductError('BadArgument', 'That mail does not wait for a person.');

/** Files are numbered, so that two of one name do not meet, and their names are safe. */
async function saved(mails: WaitingMails, id: string, out: string): Promise<string[]> {
  const files = await mails.files(id);
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
