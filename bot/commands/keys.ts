import { KeyRotation, keysInWords, values } from '../../services/keyRotation';
import { ProductError } from '../../services/errors';
import { parseConfig } from '../config';
import { composeOffice } from '../office';
import { systemClock, systemIds } from '../system';
import { progressBar } from './progress';
import { runCommand, type CommandReport } from './run';

const USAGE = `Usage: npm run -s keys -- list     the keys of SECRET_KEY, what each has sealed, and what an older one is needed for
       npm run -s keys -- rotate   seals everything anew with the first key; beside a running desk, and again after it was cut short
To change the key: put a new one in front (SECRET_KEY=new:…,old:…), restart the desk, rotate, list, and take the old one out.`;

/** `npm run keys`: which keys the store is sealed with, and moving it to the first of them. */
async function main(): Promise<CommandReport> {
  const [action, ...rest] = process.argv.slice(2);
  if (rest.length > 0 || (action !== 'list' && action !== 'rotate'))
    throw new ProductError('BadArgument', USAGE);
  const office = await composeOffice(parseConfig());
  const { store, records, audit } = office;
  try {
    const rotation = new KeyRotation(store, records.rawMails, audit, systemClock, systemIds);
    return action === 'list'
      ? { lines: keysInWords(await rotation.uses()) }
      : await rotated(rotation);
  } finally {
    await office.close();
  }
}

async function rotated(rotation: KeyRotation): Promise<CommandReport> {
  const bar = progressBar('Sealing anew');
  const { resealed, unreadable } = await rotation.rotate(bar.show).finally(bar.end);
  const uses = await rotation.uses();
  const left = uses
    .filter(({ role }) => role === 'reads')
    .reduce((sum, { sealed }) => sum + sealed, 0);
  return {
    lines: [
      `${values(resealed)} moved to the first key.`,
      ...(unreadable > 0 ? [`${values(unreadable)} cannot be opened and stay as they are.`] : []),
      ...(left > unreadable
        ? [
            'A desk that was not restarted still seals with an older key: restart it with the new SECRET_KEY, and rotate again.',
          ]
        : []),
      '',
      ...keysInWords(uses),
    ],
    sound: left === 0 && unreadable === 0,
  };
}

runCommand(main);
