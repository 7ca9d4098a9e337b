import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProductError } from '../errors';
import { normalise, type NormalText } from './normalise';
import { INTENTS } from './types';

/** Class of matters that are none of the desk's. */
export const OUT_OF_SCOPE = 'out_of_scope';
/** Class of privacy questions that the policy leaves open. */
export const OPEN_QUESTION = 'open_question';

/** An example utterance with its class: a passage id, an intent other than `faq`, or one of the two above. */
export interface Example {
  readonly label: string;
  readonly text: NormalText;
  /** Who speaks so, as the heading above it names them; empty above the first heading. */
  readonly voice?: string;
}

/** A heading; what stands below it, until the next, is of one voice. */
const VOICE = /^#\s*voice:\s*(.*?)\s*$/i;

/**
 * Reads `<label>.txt`, one utterance per line; empty lines and lines that begin with `#` do not count, but
 * `# voice: NAME` says who speaks from there on.
 * @throws ProductError KnowledgeInvalid, naming file and line: an unknown label, a label without utterances, one
 *   utterance under two labels.
 */
export function readExamples(directory: string, passageIds: Iterable<string>): Example[] {
  const labels = new Set([...passageIds, ...INTENTS, OUT_OF_SCOPE, OPEN_QUESTION]);
  labels.delete('faq');
  const files = listFiles(directory);
  for (const file of files) {
    if (!labels.has(labelOf(file))) {
      throw invalid(
        join(directory, file),
        `"${labelOf(file)}" is neither a passage nor an intent.`,
      );
    }
  }
  for (const label of labels) {
    if (!files.includes(`${label}.txt`)) {
      throw invalid(join(directory, `${label}.txt`), 'The file is missing.');
    }
  }
  const seen = new Map<string, string>();
  return files.flatMap((file) => readFile(join(directory, file), labelOf(file), seen));
}

function listFiles(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith('.txt'))
      .sort();
  } catch (cause) {
    throw new ProductError('KnowledgeInvalid', `${directory} cannot be read.`, { cause });
  }
}

function readFile(file: string, label: string, seen: Map<string, string>): Example[] {
  const examples: Example[] = [];
  let voice = '';
  readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .forEach((line, index) => {
      voice = VOICE.exec(line)?.[1] ?? voice;
      if (line.trim() === '' || line.startsWith('#')) return;
      const text = normalise(line);
      const place = `${file}:${index + 1}`;
      const other = seen.get(text.raw);
      if (other !== undefined && !other.startsWith(`${file}:`)) {
        throw invalid(place, `The same utterance stands in ${other}.`);
      }
      seen.set(text.raw, place);
      examples.push({ label, text, voice });
    });
  if (examples.length === 0) throw invalid(file, 'The file has no utterance.');
  return examples;
}

function labelOf(file: string): string {
  return file.slice(0, -'.txt'.length);
}

function invalid(place: string, what: string): ProductError {
  return new ProductError('KnowledgeInvalid', `${place}: ${what}`);
}
