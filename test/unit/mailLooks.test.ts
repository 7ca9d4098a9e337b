import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { fileMailer } from '../../services/mailer';
import {
  facts,
  heading,
  list,
  paragraph,
  quote,
  renderMail,
  replyLine,
  type MailBlock,
} from '../../services/mailText';

const BLOCKS: readonly MailBlock[] = [
  replyLine(),
  heading('A case'),
  paragraph('See https://desk.example/chat.'),
  facts(['Reference', 'PD-7KQ4-M2XA']),
  quote('What the customer wrote', 'Somebody read my mail.'),
  list(['photo.png']),
];
const { html } = renderMail(BLOCKS, '[PD-7KQ4-M2XA] Suspected breach');
const [, style = ''] = /<style>([^]*)<\/style>/.exec(html) ?? [];
const unstyled = html.replace(/<style>[^]*<\/style>/, '');

interface Colours {
  readonly ink?: string | undefined;
  readonly ground?: string | undefined;
}

const coloursIn = (declarations: string): Colours => ({
  ink: /(?:^|[;{])color:(#[0-9a-f]{6})/.exec(declarations)?.[1],
  ground: /background-color:(#[0-9a-f]{6})/.exec(declarations)?.[1],
});

/** The tags of the body with their class and the colours that stand inline, that is, those of the light scheme. */
const tags = [...html.matchAll(/<(\w+)([^>]*) style="([^"]*)"/g)].map(
  ([, tag = '', attributes = '', inline = '']) => ({
    tag,
    className: /class="(\w+)"/.exec(attributes)?.[1],
    ...coloursIn(inline),
  }),
);

/** What the style sheet says for the dark scheme, by class. */
const dark = new Map<string, Colours>();
for (const [, selectors = '', declarations = ''] of style.matchAll(/^([.\w,]+)\{([^}]*)\}/gm)) {
  for (const selector of selectors.split(',')) {
    dark.set(selector.slice(1), coloursIn(`{${declarations}`));
  }
}

/** WCAG 2.2: relative luminance and contrast ratio. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

test('contrast is reckoned as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

describe('the HTML of a mail', () => {
  test('is in a language, has a title, and fits a narrow screen', () => {
    expect(html).toMatch(/^<!doctype html><html lang="en"><head><meta charset="utf-8">/);
    expect(html).toContain('<meta name="viewport" content="width=device-width">');
    expect(html).toContain('<title>[PD-7KQ4-M2XA] Suspected breach</title>');
    expect(html).toContain('max-width:40em');
    expect(html).toContain('font:16px/1.5');
    expect(html).toContain('overflow-wrap:anywhere');
  });

  test('is called after the desk when it has no title', () => {
    expect(renderMail([]).html).toContain('<title>Comantra Privacy Desk</title>');
  });

  test('has no table that a screen reader would announce as one', () => {
    expect(html.match(/<table/g)).toEqual(html.match(/<table(?= role="presentation")/g));
    expect(html).toContain('<table');
  });

  test('marks the customer’s words as a quotation, under a label', () => {
    expect(html).toMatch(
      /<b>What the customer wrote:<\/b><\/p><blockquote class="theirs" dir="auto"[^>]*>Somebody read my mail\.<\/blockquote>/,
    );
  });

  test('fetches nothing, holds no picture, no script and no form, and counts no readers', () => {
    expect(html).not.toMatch(
      /src=|srcset|url\(|@import|<link|<script|<img|<iframe|<form|<input|<object|<svg|\son\w+=|ping=/i,
    );
    expect(html.match(/https?:[^"<\s]*/g)).toEqual([
      'https://desk.example/chat',
      'https://desk.example/chat',
    ]);
  });

  test('says that it knows light and dark', () => {
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(style).toContain(':root{color-scheme:light dark');
    expect(style).toContain('@media (prefers-color-scheme:dark){');
  });
});

describe('every text of a mail can be read', () => {
  const sheet = tags.find(({ className }) => className === 'sheet');
  const coloured = tags.filter(({ ink, ground }) => ink ?? ground);

  test('which this test sees: ground, sheet, quotation, soft words and links', () => {
    const classes = coloured.map(({ className }) => className);
    expect(new Set(classes)).toEqual(new Set(['ground', 'sheet', 'soft', 'link', 'theirs']));
    expect([...dark.keys()].sort()).toEqual(['ground', 'link', 'sheet', 'soft', 'theirs']);
  });

  test.each(coloured)('in the light: $tag $className', ({ ink, ground }) => {
    expect(contrast(ink ?? sheet!.ink!, ground ?? sheet!.ground!)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(coloured)('in the dark: $tag $className', ({ className }) => {
    const { ink, ground } = dark.get(className ?? '') ?? {};
    const below = dark.get('sheet')!;
    expect(ink).toBeDefined();
    expect(contrast(ink!, ground ?? below.ground!)).toBeGreaterThanOrEqual(4.5);
    expect(luminance(ground ?? below.ground!)).toBeLessThan(0.1);
  });

  test('where the style sheet wins over what stands inline', () => {
    const declarations = [...style.matchAll(/[\w-]*color:#[0-9a-f]{6}(!important)?/g)];
    expect(declarations.length).toBeGreaterThan(5);
    expect(declarations.every(([, important]) => important !== undefined)).toBe(true);
  });

  test('where the style sheet is thrown away: ground and ink stand inline, and together', () => {
    expect(unstyled).not.toContain('<style');
    for (const name of ['ground', 'sheet', 'theirs']) {
      const { ink, ground } = tags.find(({ className }) => className === name)!;
      expect(ink).toBeDefined();
      expect(ground).toBeDefined();
    }
  });
});

describe('on the wire', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'looks-'));
  });
  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  const LONG = 'A long line of plain words that nobody breaks. '.repeat(60).trim();
  const BENGALI = 'আপনার বার্তা আমরা পেয়েছি। '.repeat(80).trim();

  test.each<[string, MailBlock]>([
    ['a paragraph', paragraph(LONG)],
    ['a paragraph in Bengali', paragraph(BENGALI)],
    ['a fact', facts(['Name', LONG])],
    ['a list', list([LONG])],
    ['a quotation', quote('They wrote', LONG)],
    ['a web address', quote('They wrote', `https://example.org/${'a'.repeat(3000)}`)],
    ['a word without end', quote('They wrote', 'a'.repeat(3000))],
  ])('no line is longer than mail allows, and none is lost: %s', async (_what, block) => {
    const rendered = renderMail([block]);
    await fileMailer({ directory }).send({
      id: 'looks',
      from: 'desk@comantra.net',
      to: 'rina@example.org',
      subject: LONG,
      messageId: '<looks@comantra.net>',
      date: new Date('2026-11-22T09:30:00Z'),
      ...rendered,
    });
    const [file] = await readdir(directory);
    const raw = await readFile(join(directory, file!));
    // RFC 5322, 2.1.1: 998 octets at most, 78 wherever it can be.
    const longest = Math.max(
      ...raw
        .toString('latin1')
        .split('\r\n')
        .map((line) => line.length),
    );
    expect(longest).toBeLessThanOrEqual(78);
    expect(raw.toString('latin1').replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
    const mail = await simpleParser(raw);
    expect(mail.text).toBe(rendered.text);
    expect(mail.html).toContain(rendered.html.slice(-200).trim());
    expect(mail.subject).toBe(LONG);
  });

  test('a long paragraph stays one line, for the reader’s program to break', () => {
    expect(renderMail([paragraph(LONG)]).text.split('\n')[0]).toBe(LONG);
  });
});
