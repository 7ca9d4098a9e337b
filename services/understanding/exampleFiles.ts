import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { normalise } from './normalise';

/** What became of a line that was to be added. */
export type Added =
  | { readonly outcome: 'added' }
  /** It stands there already, or nearly, in the file of that label. */
  | { readonly outcome: 'exists'; readonly label: string }
  /** There is no file of that label. */
  | { readonly outcome: 'noLabel' };

const ENDING = '.txt';
/** Above the lines that come from customers' own words, apart from those of any author. */
const HEADING = '# voice: customers';
const ANY_HEADING = /^#\s*voice:/i;

/** The files of example utterances, one for each label, as a person edits them. */
export class ExampleFiles {
  constructor(private readonly directory: string) {}

  /** Adds a line below the heading for customers' words in the label's file; a running desk knows it from its next start. */
  async add(label: string, line: string): Promise<Added> {
    const labels = await this.labels();
    if (!labels.includes(label)) return { outcome: 'noLabel' };
    const there = await this.labelOf(line, labels);
    if (there !== undefined) return { outcome: 'exists', label: there };
    const file = join(this.directory, label + ENDING);
    const unfinished = `${file}.part`;
    await writeFile(unfinished, withLine(await readFile(file, 'utf8'), line), { flush: true });
    await rename(unfinished, file);
    return { outcome: 'added' };
  }

  private async labels(): Promise<string[]> {
    const names = await readdir(this.directory);
    return names
      .filter((name) => name.endsWith(ENDING))
      .map((name) => name.slice(0, -ENDING.length))
      .sort();
  }

  /** The label that has such a line already, whatever its capitals, signs and chat spellings. */
  private async labelOf(line: string, labels: readonly string[]): Promise<string | undefined> {
    const { raw, plain } = normalise(line);
    for (const label of labels) {
      const text = await readFile(join(this.directory, label + ENDING), 'utf8');
      const isThere = text.split(/\r?\n/).some((each) => {
        if (each.startsWith('#')) return false;
        const other = normalise(each);
        return other.raw === raw || (plain !== '' && other.plain === plain);
      });
      if (isThere) return label;
    }
    return undefined;
  }
}

function withLine(text: string, line: string): string {
  const lines = text.trimEnd().split(/\r?\n/);
  const heading = lines.findIndex((each) => each.trim() === HEADING);
  if (heading < 0) return [...lines, '', HEADING, line, ''].join('\n');
  const next = lines.findIndex((each, at) => at > heading && ANY_HEADING.test(each));
  const until = next < 0 ? lines.length : next;
  const own = lines.slice(0, until).join('\n').trimEnd();
  const rest = lines.slice(until);
  return [own, line, ...(rest.length > 0 ? ['', ...rest] : []), ''].join('\n');
}
