import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { policyOf } from '../../bot/desk';
import { evaluateContexts } from '../../services/understanding/contextsEvaluation';
import { sharedUnderstanding } from '../support/product';

test('conversations by an author who had not seen the example utterances', async () => {
  const file = readFileSync(join(__dirname, 'contexts.jsonl'), 'utf8');
  const understanding = await sharedUnderstanding();
  const passageIds = new Set(policyOf().passages.keys());
  const { measures } = await evaluateContexts(file, passageIds, understanding);
  expect(measures.turns).toBe(202);
  expect(measures.turnAccuracy).toBeGreaterThanOrEqual(0.8);
});
