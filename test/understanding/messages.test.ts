import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { policyOf } from '../../bot/desk';
import {
  measure,
  parseLabelledMessage,
  type EvaluatedMessage,
  type Measures,
} from '../../services/understanding/evaluation';
import { sharedUnderstanding } from '../support/product';

async function measured(file: string): Promise<Measures> {
  const passageIds = new Set(policyOf().passages.keys());
  const understanding = await sharedUnderstanding();
  const lines = readFileSync(join(__dirname, file), 'utf8').split('\n').filter(Boolean);
  const evaluated: EvaluatedMessage[] = [];
  for (const line of lines) {
    const message = parseLabelledMessage(line, passageIds);
    evaluated.push({ message, understood: await understanding.understand(message.text), ms: 0 });
  }
  return measure(evaluated);
}

// Three authors who had not seen the example utterances, the third of whom asks as plainly as can be; nobody tunes by
// `independent`.
test.each([
  ['independent.jsonl', 496],
  ['second.jsonl', 496],
  ['plain.jsonl', 400],
])('messages of %s are understood', async (file, messages) => {
  const measures = await measured(file);
  expect(measures.n).toBe(messages);
  expect(measures.intentAccuracy).toBeGreaterThanOrEqual(0.9);
  expect(measures.overallAccuracy).toBeGreaterThanOrEqual(0.83);
  expect(measures.passageTop1).toBeGreaterThanOrEqual(0.78);
  expect(measures.passageTop3).toBeGreaterThanOrEqual(0.9);
  expect(measures.oosRecall).toBeGreaterThanOrEqual(0.9);
  expect(measures.falseRejectRate).toBeLessThanOrEqual(0.1);
  expect(measures.oosAnsweredRate).toBeLessThanOrEqual(0.03);
});
