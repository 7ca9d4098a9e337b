import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExampleFiles } from '../../services/understanding/exampleFiles';

const SALE = '# asks about selling\n\n# voice: terse\nu sell data?\ndo you sell it\n';

let directory: string;
let files: ExampleFiles;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'examples-'));
  writeFileSync(join(directory, 'share.no_sell.txt'), SALE);
  writeFileSync(join(directory, 'thanks.txt'), 'thank you');
  files = new ExampleFiles(directory);
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});
const textOf = (label: string): string => readFileSync(join(directory, `${label}.txt`), 'utf8');

test('a line goes below a heading of its own, and the next one below it', async () => {
  expect(await files.add('share.no_sell', 'am I the product')).toEqual({ outcome: 'added' });
  expect(await files.add('share.no_sell', 'who buys me')).toEqual({ outcome: 'added' });
  expect(textOf('share.no_sell')).toBe(
    `${SALE}\n# voice: customers\nam I the product\nwho buys me\n`,
  );
  expect(readdirSync(directory)).toEqual(['share.no_sell.txt', 'thanks.txt']);
});

test('a file whose last line has no end gets one', async () => {
  await files.add('thanks', 'ta very much');
  expect(textOf('thanks')).toBe('thank you\n\n# voice: customers\nta very much\n');
});

test('a line stays with the customers’ own where another voice follows', async () => {
  writeFileSync(
    join(directory, 'thanks.txt'),
    '# voice: customers\nta\n\n# voice: lawyer\nMuch obliged.\n',
  );
  await files.add('thanks', 'cheers');
  expect(textOf('thanks')).toBe(
    '# voice: customers\nta\ncheers\n\n# voice: lawyer\nMuch obliged.\n',
  );
});

test.each([
  ['under the same label', 'share.no_sell', 'Do you sell it?', 'share.no_sell'],
  ['in a chat spelling', 'share.no_sell', 'you sell data', 'share.no_sell'],
  ['under another label', 'share.no_sell', 'Thank  you', 'thanks'],
])('a line that stands %s is not added', async (_where, label, line, there) => {
  expect(await files.add(label, line)).toEqual({ outcome: 'exists', label: there });
  expect(textOf(label)).toBe(SALE);
});

test.each(['share.sold', '../thanks', ''])('%j is no label', async (label) => {
  expect(await files.add(label, 'am I the product')).toEqual({ outcome: 'noLabel' });
});

test('what a comment says is no line', async () => {
  expect(await files.add('share.no_sell', 'asks about selling')).toEqual({ outcome: 'added' });
});
