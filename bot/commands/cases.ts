import { readFileSync } from 'node:fs';
import { findCaseReference } from '../../services/entities';
import { ProductError } from '../../services/errors';
import { systemClock, systemIds } from '../system';
import { parseConfig } from '../config';
import { composeOffice } from '../office';
import { runCommand, type CommandReport } from './run';

const USAGE =
  'Usage: npm run cases -- answer PD-XXXX-XXXX < FILE   (the answer is read from standard input)';
const STANDARD_INPUT = 0;

/** `npm run cases -- answer REFERENCE`: sends an answer, beside a running desk, where mail does not reach it. */
async function main(): Promise<CommandReport> {
  const [action, given = '', ...rest] = process.argv.slice(2);
  const reference = findCaseReference(given);
  if (action !== 'answer' || !reference || rest.length > 0)
    throw new ProductError('BadArgument', USAGE);
  const text = readFileSync(STANDARD_INPUT, 'utf8').trim();
  if (text === '') throw new ProductError('BadArgument', `The answer is empty. ${USAGE}`);
  if (/^[#＃]/.test(text))
    throw new ProductError(
      'BadArgument',
      'Words such as #note work in mails only; this would go to the customer.',
    );
  const office = await composeOffice(parseConfig());
  const { records, handling } = office;
  try {
    const found = await records.cases.byReference(reference);
    if (!found) throw new ProductError('NotFound', `There is no case ${reference}.`);
    const deed = { cause: systemIds.uuid(), at: systemClock.now(), by: 'operator' };
    const { outcome } = await handling.answer(found.id, deed, text);
    const line =
      outcome === 'answered'
        ? `${reference} is answered.`
        : `${reference} had an answer already; this is sent as a further one.`;
    return { lines: [line] };
  } finally {
    await office.close();
  }
}

runCommand(main);
