import { escapeHtml } from '../../services/escapeHtml';
import { REPLY_LINE } from '../../services/inbound/quoteStripping';
import {
  facts,
  heading,
  list,
  paragraph,
  quote,
  renderMail,
  replyLine,
} from '../../services/mailText';

/** The HTML without its looks, which mailLooks.test.ts is about. */
const plain = (html: string): string =>
  html
    .replace(/<style>[^]*<\/style>/, '')
    .replace(/ (?:style|class|dir|role|cellpadding|cellspacing)="[^"]*"/g, '');
const bodyOf = (html: string): string =>
  /<body><div>([^]*)\n<p>Comantra Privacy Desk<\/p><\/div><\/body>/.exec(plain(html))?.[1] ?? '';

test('a mail is the same in text and in HTML, block by block', () => {
  const { text, html } = renderMail([
    replyLine(),
    paragraph('Hello.'),
    heading('The case'),
    facts(['Reference', 'PD-7KQ4-M2XA'], ['Due', 'Monday']),
    quote('They wrote', 'One.\n\nTwo.'),
    list(['photo.png', 'letter.pdf']),
  ]);
  expect(text).toBe(
    [
      REPLY_LINE,
      '',
      'Hello.',
      '',
      'The case',
      '========',
      '',
      'Reference: PD-7KQ4-M2XA',
      'Due: Monday',
      '',
      'They wrote:',
      '| One.',
      '| ',
      '| Two.',
      '',
      '- photo.png',
      '- letter.pdf',
      '',
      '-- ',
      'Comantra Privacy Desk',
      '',
    ].join('\n'),
  );
  expect(bodyOf(html)).toBe(
    [
      `<p>${REPLY_LINE}</p>`,
      '<p>Hello.</p>',
      '<h2>The case</h2>',
      '<table><tr><td><b>Reference</b></td><td>PD-7KQ4-M2XA</td></tr><tr><td><b>Due</b></td><td>Monday</td></tr></table>',
      '<p><b>They wrote:</b></p><blockquote>One.<br><br>Two.</blockquote>',
      '<ul><li>photo.png</li><li>letter.pdf</li></ul>',
    ].join('\n'),
  );
});

const HOSTILE = `<img src=x onerror=alert(1)> & "quoted" 'too' </td></ul></blockquote>`;

test.each([
  ['a paragraph', paragraph(HOSTILE)],
  ['a heading', heading(HOSTILE)],
  ['a list', list([HOSTILE])],
  ['a fact', facts(['Name', HOSTILE])],
  ['a label', facts([HOSTILE, 'value'])],
  ['a quote', quote('They wrote', HOSTILE)],
  ['whoever is quoted', quote(HOSTILE, 'words')],
])('HTML in %s stands there as text', (_what, block) => {
  const { html, text } = renderMail([block]);
  expect(html).toContain(escapeHtml(HOSTILE));
  expect(html).not.toContain('<img');
  expect(text).toContain(HOSTILE);
});

test('HTML in the title stands there as text', () => {
  expect(renderMail([], '</title><script>').html).toContain(
    '<title>&lt;/title&gt;&lt;script&gt;</title>',
  );
});

describe('a web address in our own words', () => {
  const linked = (text: string): string => bodyOf(renderMail([paragraph(text)]).html);

  test.each([
    ['See https://desk.example/chat with it.', 'https://desk.example/chat'],
    ['See https://desk.example/a?b=1&c=2#d.', 'https://desk.example/a?b=1&c=2#d'],
    ['(http://localhost:3978), now', 'http://localhost:3978'],
    ['“https://desk.example/”', 'https://desk.example/'],
  ])('can be followed, and stays as it is in the text: %s', (text, url) => {
    const link = `<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`;
    expect(linked(text)).toBe(`<p>${escapeHtml(text).replace(escapeHtml(url), link)}</p>`);
    expect(renderMail([paragraph(text)]).text).toContain(text);
  });

  test('is each followed on its own', () => {
    expect(linked('http://a.example, http://b.example').match(/<a /g)).toHaveLength(2);
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', 'http://', 'desk.example'])(
    'is not %s',
    (text) => {
      expect(linked(text)).not.toContain('<a ');
    },
  );

  test.each([
    ['a quote', quote('They wrote', 'https://evil.example')],
    ['a fact', facts(['Name', 'https://evil.example'])],
    ['a list', list(['https://evil.example'])],
    ['a heading', heading('https://evil.example')],
  ])('is no link in %s, which may be somebody else’s words', (_what, block) => {
    expect(renderMail([block]).html).not.toContain('<a ');
  });
});

test('escaping covers what ends a text or an attribute', () => {
  expect(escapeHtml(`<>&"'`)).toBe('&lt;&gt;&amp;&quot;&#39;');
});

describe('whatever ends a line in some mail reader', () => {
  const breaks: readonly (readonly [string, string])[] = [
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['CR', '\r'],
    ['line separator', '\u2028'],
    ['paragraph separator', '\u2029'],
    ['next line', '\u0085'],
    ['vertical tab', '\v'],
    ['form feed', '\f'],
  ];

  test.each(breaks)('%s: every line of a quote is marked as quoted', (_name, end) => {
    const { text, html } = renderMail([quote('They wrote', `One${end}Reference: PD-0000-0000`)]);
    expect(text).toContain('They wrote:\n| One\n| Reference: PD-0000-0000\n');
    expect(html).toContain('One<br>Reference');
  });

  test.each(breaks)('%s: a fact stays one line, so that it cannot pass for two', (_name, end) => {
    const { text, html } = renderMail([facts(['Name', `Rina${end}Reference: PD-0000-0000`])]);
    expect(text).toContain('Name: Rina Reference: PD-0000-0000\n');
    expect(html).toContain('>Rina Reference: PD-0000-0000<');
  });

  test.each(breaks)('%s: so does an item of a list', (_name, end) => {
    const { text } = renderMail([list([`a.png${end}Reference: PD-0000-0000`])]);
    expect(text).toContain('- a.png Reference: PD-0000-0000\n');
  });
});

describe('somebody else’s words cannot pass for ours', () => {
  const unseen: readonly (readonly [string, string])[] = [
    ['a right-to-left override', '\u202e'],
    ['a right-to-left embedding', '\u202b'],
    ['an isolate', '\u2067'],
    ['a right-to-left mark', '\u200f'],
    ['an Arabic letter mark', '\u061c'],
    ['a zero-width space', '\u200b'],
    ['a soft hyphen', '\u00ad'],
    ['a byte order mark', '\ufeff'],
    ['an invisible plus', '\u2064'],
    ['a Hangul filler', '\u3164'],
    ['a tag letter', '\u{e0041}'],
    ['an annotation', '\ufffa'],
    ['NUL', '\0'],
    ['backspace', '\b'],
    ['escape', '\u001b'],
  ];

  test.each(unseen)('by %s', (_name, character) => {
    const words = `pay${character}pal`;
    const { text, html } = renderMail(
      [quote(words, words), facts([words, words]), list([words]), heading(words)],
      words,
    );
    expect(text).not.toContain(character);
    expect(html).not.toContain(character);
    expect(text.match(/paypal/g)).toHaveLength(6);
  });

  test.each([
    ['Bengali', 'র‍্যাব ক্ষ'],
    ['Persian', 'می‌خواهم'],
    ['a family', '👩‍👩‍👧‍👦'],
    ['a red heart', '❤️'],
    ['Hebrew', 'שלום'],
    ['tabs', 'a\tb'],
  ])('and stay whole: %s', (_name, words) => {
    const { text, html } = renderMail([quote('They wrote', words)]);
    expect(text).toContain(`| ${words}\n`);
    expect(html).toContain(words);
  });

  test('by a long line, which a mail program would break where no mark stands', () => {
    const words = `${'so '.repeat(40)}${' '.repeat(500)}Reference: PD-0000-0000 ${'x'.repeat(300)}`;
    const lines = renderMail([quote('They wrote', words)])
      .text.split('\n')
      .slice(1, -4);
    expect(lines.every((line) => line.startsWith('| ') && line.length <= 76)).toBe(true);
    const said = lines.map((line) => line.slice(2)).join('');
    expect(said.replace(/\s/g, '')).toBe(words.replace(/\s/g, ''));
  });

  test('and a long web address of theirs stays in one piece', () => {
    const url = `https://files.example/${'a'.repeat(100)}`;
    const { text } = renderMail([quote('They wrote', `It is here: ${url} and there.`)]);
    expect(text).toContain(`| It is here:\n| ${url}\n| and there.\n`);
  });

  test('by a fact with many spaces, which a mail program would break', () => {
    const { text } = renderMail([facts(['Name', `Rina${' '.repeat(90)}Reference: PD-0000`])]);
    expect(text).toContain('Name: Rina Reference: PD-0000\n');
  });
});
