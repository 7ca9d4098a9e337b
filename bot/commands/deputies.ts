import { parseArgs } from 'node:util';
import { DateTime } from 'luxon';
import { isEmail } from '../../services/entities';
import { ProductError } from '../../services/errors';
import { parseConfig, type Config } from '../config';
import { ownMailboxes } from '../mailIn';
import { composeOffice } from '../office';
import { runCommand, type CommandReport } from './run';
import { systemClock, systemIds } from '../system';

const USAGE = `Usage: npm run -s deputies -- list
       npm run -s deputies -- add ADDRESS --from YYYY-MM-DD --until YYYY-MM-DD
       npm run -s deputies -- remove ADDRESS`;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

type Office = Awaited<ReturnType<typeof composeOffice>>;

/** `npm run deputies`: who answers cases beside the privacy managers, and on which days; beside a running desk. */
async function main(): Promise<CommandReport> {
  const { positionals, values } = parsed(process.argv.slice(2));
  const [action, address = '', ...rest] = positionals;
  const { from = '', until = '' } = values;
  if (rest.length > 0) throw misused();
  if (action === 'add') checkDeputy(address, from, until, parseConfig());
  const office = await composeOffice(parseConfig());
  try {
    switch (action) {
      case 'list':
        return { lines: await listed(office) };
      case 'add':
        return { lines: await added(office, address, from, until) };
      case 'remove':
        return { lines: await removed(office, address) };
      default:
        throw misused();
    }
  } finally {
    await office.close();
  }
}

function checkDeputy(address: string, from: string, until: string, config: Config): void {
  if (!isEmail(address)) throw new ProductError('BadArgument', 'That is no e-mail address.');
  if (ownMailboxes(config).some((own) => own.toLowerCase() === address.toLowerCase()))
    throw new ProductError('BadArgument', 'That is one of the desk’s own mailboxes.');
  for (const date of [from, until])
    if (!DATE.test(date) || !DateTime.fromISO(date, { zone: 'utc' }).isValid)
      throw new ProductError('BadArgument', `Give --from and --until as YYYY-MM-DD.\n${USAGE}`);
  if (until < from) throw new ProductError('BadArgument', 'The last day is before the first.');
}

async function listed({ staff }: Office): Promise<string[]> {
  const deputies = await staff.allDeputies();
  if (deputies.length === 0) return ['There are no deputies.'];
  return deputies.map(({ address, from, until }) => `${from} to ${until}  ${address}`);
}

async function added(
  office: Office,
  address: string,
  from: string,
  until: string,
): Promise<string[]> {
  const id = systemIds.uuid();
  await office.staff.addDeputy({ id, address, from, until });
  await noted(office, id, 'deputy.added', address, { from, until });
  return [`${address} is told of cases and may answer them from ${from} to ${until}.`];
}

async function removed(office: Office, address: string): Promise<string[]> {
  const theirs = (await office.staff.allDeputies()).filter(
    (deputy) => deputy.address.toLowerCase() === address.toLowerCase(),
  );
  if (theirs.length === 0) throw new ProductError('NotFound', 'There is no such deputy.');
  for (const { id } of theirs) {
    await office.staff.removeDeputy(id);
    await noted(office, id, 'deputy.removed', address);
  }
  return [`${address} is no deputy any more.`];
}

function noted(
  { audit }: Office,
  id: string,
  action: 'deputy.added' | 'deputy.removed',
  address: string,
  facts: Readonly<Record<string, string>> = {},
): Promise<void> {
  return audit.append({
    ...{ id: `${id}-${action}`, action, at: systemClock.now(), by: 'operator' },
    about: { kind: 'staff', id },
    facts: { ...facts, who: audit.fingerprint(address) },
  });
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { from: { type: 'string' }, until: { type: 'string' } },
    });
  } catch (cause) {
    throw misused(cause);
  }
}

const misused = (cause?: unknown): ProductError =>
  new ProductError('BadArgument', USAGE, { cause });

runCommand(main);
