import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../bot/root';
import { QUOTED } from '../../dialogs/answers';
import { CONSENT_PASSAGES } from '../../dialogs/people/consent';
import { ProductError } from '../../services/errors';
import { loadPolicy, type Passage } from '../../services/policy';
import { plainText } from '../../services/policyMarkers';

interface ListedPassage {
  section: string;
  section_title: string;
  subsection: string;
  text: string[];
}

const markdown = readFileSync(path.join(ROOT, 'knowledge/policy.md'), 'utf8');
const policy = loadPolicy(markdown);
const listed = JSON.parse(
  readFileSync(path.join(__dirname, '../fixtures/passages.json'), 'utf8'),
) as Record<string, ListedPassage>;

describe('the policy that is shipped', () => {
  test('marks the listed passages and no other', () => {
    expect([...policy.passages.keys()].sort()).toEqual(Object.keys(listed).sort());
  });

  test('holds the passages that the dialogs fall back on', () => {
    for (const id of [...QUOTED, ...CONSENT_PASSAGES])
      expect([...policy.passages.keys()]).toContain(id);
  });

  test.each(Object.entries(listed))('holds %s word for word, in its section', (id, expected) => {
    expect(policy.passages.get(id)).toEqual({
      id,
      section: expected.section,
      sectionTitle: expected.section_title,
      subsection: expected.subsection,
      text: expected.text,
    } satisfies Passage);
  });

  test('has its eleven sections in order', () => {
    expect(policy.sections.map((section) => section.number)).toEqual(
      Array.from({ length: 11 }, (_, index) => String(index + 1)),
    );
  });

  test('keeps the words that no passage quotes, and shows no marker', () => {
    const words = policy.sections
      .flatMap((section) => section.parts)
      .flatMap((part) => part.paragraphs)
      .map(plainText)
      .join('\n');
    expect(words).toContain('limited access by authorized personnel...');
    expect(words).not.toMatch(/[{}]/);
  });
});

const small = (paragraph: string): string =>
  `<!-- {#not.read} -->\n# Policy\n\n## 1. First\n\n${paragraph}\n`;

describe('the markers', () => {
  test.each([
    ['a passage among other words', 'Yes. {#a.b}We do.{/a.b} Indeed.', { 'a.b': ['We do.'] }],
    ['one inside another', '{#a.b}{#a.c}We{/a.c} do.{/a.b}', { 'a.b': ['We do.'], 'a.c': ['We'] }],
    [
      'two pieces around another passage',
      '{#a.b}One.{/a.b} {#a.c}Two.{/a.c} {+a.b}Three.{/a.b}',
      { 'a.b': ['One.', 'Three.'], 'a.c': ['Two.'] },
    ],
    ['a paragraph over two lines', '{#a.b}We\ndo.{/a.b}', { 'a.b': ['We do.'] }],
  ])('read %s', (_, paragraph, expected) => {
    const { passages } = loadPolicy(small(paragraph));
    expect(Object.fromEntries([...passages].map(([id, { text }]) => [id, text]))).toEqual(expected);
  });

  test.each([
    ['one left open', '{#a.b}We do.', 6, 'no {/a.b}'],
    ['one closed in a later paragraph', '{#a.b}We\n\ndo.{/a.b}', 6, 'no {/a.b}'],
    ['one closed and never begun', 'We do.{/a.b}', 6, 'not begun'],
    ['two that cross', '{#a.b}We {#a.c}do{/a.b} so.{/a.c}', 6, 'comes before {/a.c}'],
    ['one that is there twice', '{#a.b}We{/a.b}\n\n{#a.b}do{/a.b}', 8, 'twice'],
    ['one inside itself', '{#a.b}We {#a.b}do{/a.b}{/a.b}', 6, 'inside itself'],
    ['one that goes on without a beginning', '{+a.b}We{/a.b}', 6, 'not begun before'],
    [
      'one that goes on elsewhere',
      '{#a.b}We{/a.b}\n\n## 2. B\n\n{+a.b}do{/a.b}',
      10,
      'another section',
    ],
    ['a mistyped one', '{#a.b}We{/a.b} {#No Sell}do', 6, '{#No Sell}'],
    ['a lone brace', 'We } do', 6, '"} do"'],
    ['one without words', '{#a.b}{/a.b}', 6, 'no words'],
    ['a title of no known shape', '## Two\n\n{#a.b}We{/a.b}', 6, 'its number'],
    ['a section that is there twice', '## 1. First', 6, 'section 1 is there twice'],
    ['a comment left open', '<!-- We', 6, '-->'],
    ['no passage at all', 'We do.', 7, 'no passage'],
  ])('refuse %s, naming the line', (_, paragraph, line, words) => {
    const read = (): unknown => loadPolicy(small(paragraph));
    expect(read).toThrow(ProductError);
    expect(read).toThrow(expect.objectContaining({ code: 'KnowledgeInvalid' }) as Error);
    expect(read).toThrow(`line ${line}: `);
    expect(read).toThrow(words);
  });

  test('refuse a passage before the first section', () => {
    expect(() => loadPolicy('# Policy\n\n{#a.b}We{/a.b}\n\n## 1. A')).toThrow(
      'line 3: {#a.b} stands before',
    );
  });
});
