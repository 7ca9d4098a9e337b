import { escapeHtml } from '../../services/escapeHtml';
import { facts, paragraph, quote, renderMail } from '../../services/mailText';

test('a mail is the same in text and in HTML, block by block', () => {
  const { text, html } = renderMail([
    paragraph('Hello.'),
    facts(['Reference', 'PD-7KQ4-M2XA'], ['Due', 'Monday']),
    quote('They wrote', 'One.\n\nTwo.'),
  ]);
  expect(text).toBe(
    [
      'Hello.',
      '',
      'Reference: PD-7KQ4-M2XA',
      'Due: Monday',
      '',
      'They wrote:',
      '| One.',
      '| ',
      '| Two.',
      '',
      '-- ',
      'Comantra Privacy Desk',
      '',
    ].join('\n'),
  );
  expect(html.replace(/ (?:style|role|cellpadding|cellspacing)="[^"]*"/g, '')).toBe(
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><meta name="viewport" content="width=device-width"></head><body>' +
      '<p>Hello.</p>\n' +
      '<table><tr><td><b>Reference</b></td><td>PD-7KQ4-M2XA</td></tr><tr><td><b>Due</b></td><td>Monday</td></tr></table>\n' +
      '<p><b>They wrote:</b></p><blockquote>One.<br><br>Two.</blockquote>' +
      '<p>Comantra Privacy Desk</p></body></html>',
  );
});

const HOSTILE = `<img src=x onerror=alert(1)> & "quoted" 'too' </blockquote><a href="http://evil.example">`;

test.each([
  ['a paragraph', paragraph(HOSTILE)],
  ['a fact', facts(['Name', HOSTILE])],
  ['a label', facts([HOSTILE, 'value'])],
  ['a quote', quote('They wrote', HOSTILE)],
  ['whoever is quoted', quote(HOSTILE, 'words')],
])('HTML in %s stands there as text', (_what, block) => {
  const { html, text } = renderMail([block]);
  expect(html).toContain(escapeHtml(HOSTILE));
  expect(html).not.toMatch(/<img|<a /);
  expect(text).toContain(HOSTILE);
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
});

test('nothing in a mail is fetched', () => {
  const { html } = renderMail([paragraph('Hello.'), quote('They wrote', 'words')]);
  expect(html).not.toMatch(/src=|href=|url\(|@import|<link|<script/);
});
