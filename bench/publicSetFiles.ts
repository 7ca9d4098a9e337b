import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { OUT_OF_SCOPE, type Example } from '../services/understanding/knowledge';
import { normalise } from '../services/understanding/normalise';

/** A public set of messages with their classes, those outside every class under `OUT_OF_SCOPE`. */
export interface PublicSet {
  readonly train: readonly Example[];
  readonly validation: readonly Example[];
  readonly test: readonly Example[];
}

const Split = z.array(z.tuple([z.string(), z.string()]));
const Clinc150 = z.object({
  ...{ train: Split, val: Split, test: Split },
  ...{ oos_train: Split, oos_val: Split, oos_test: Split },
});
const Banking77 = z.array(z.object({ text: z.string(), category: z.string() }));

const example = (text: string, label: string): Example => ({ label, text: normalise(text) });

/** Reads CLINC150's `data_full.json`. @throws where the file is another. */
export function readClinc150(file: string): PublicSet {
  const set = Clinc150.parse(JSON.parse(readFileSync(file, 'utf8')));
  const joined = (inScope: z.infer<typeof Split>, outside: z.infer<typeof Split>): Example[] => [
    ...inScope.map(([text, label]) => example(text, label)),
    ...outside.map(([text]) => example(text, OUT_OF_SCOPE)),
  ];
  return {
    train: joined(set.train, set.oos_train),
    validation: joined(set.val, set.oos_val),
    test: joined(set.test, set.oos_test),
  };
}

/** Reads BANKING77's two files, which have no message outside and no validation. @throws where they are others. */
export function readBanking77(trainFile: string, testFile: string): PublicSet {
  const read = (file: string): Example[] =>
    Banking77.parse(parse(readFileSync(file), { columns: true, bom: true })).map(
      ({ text, category }) => example(text, category),
    );
  return { train: read(trainFile), validation: [], test: read(testFile) };
}
