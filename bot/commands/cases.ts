import { readFileSync } from 'node:fs';
import { findCaseReference } from '../../services/entities';
import { ProductError } from '../../services/errors';
import { composeCases } from '../compose';
import { parseConfig } from '../config';

const USAGE =
  'Usage: npm run cases -- answer PD-XXXX-XXXX < FILE   (the answer is read from standard input)';
const STANDARD_INPUT = 0;

/** `npm run cases -- answer REFERENCE`: records the privacy manager's answer, beside a running desk. */
async function main(): Promise<string> {
  const [action, given = '', ...rest] = process.argv.slice(2);
  const reference = findCaseReference(given);
  if (action !== 'answer' || !reference || rest.length > 0)
    throw new ProductError('BadArgument', USAGE);
  const text = readFileSync(STANDARD_INPUT, 'utf8').trim();
  if (text === '') throw new ProductError('BadArgument', `The answer is empty. ${USAGE}`);
  const desk = await composeCases(parseConfig());
  try {
    const answering = await desk.cases.answer(reference, text, new Date());
    switch (answering.outcome) {
      case 'unknown':
        throw new ProductError('NotFound', `There is no case ${reference}.`);
      case 'answeredBefore':
        throw new ProductError('BadArgument', `${reference} has an answer already; it stays.`);
      case 'answered':
        return `${reference} is answered${answering.kept ? ', in time' : '; it was due before'}.`;
    }
  } finally {
    await desk.close();
  }
}

main().then(
  (line) => {
    console.log(line);
  },
  (error: unknown) => {
    console.error(error instanceof ProductError ? error.message : error);
    process.exitCode = 1;
  },
);
