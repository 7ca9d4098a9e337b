import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attachmentsOf, readMail, type InboundMail } from '../../services/inbound/mail';
import { stripQuote } from '../../services/inbound/quoteStripping';

const FROM = 'asha@example.test';
const raw = (name: string): Buffer =>
  readFileSync(join(__dirname, '../fixtures/mails', `${name}.eml`));
const fixture = (name: string): Promise<InboundMail> => readMail(raw(name), FROM);
const written = (mail: string | Buffer): Promise<InboundMail> => readMail(Buffer.from(mail), FROM);
const withHeaders = (headers: string): Promise<InboundMail> => written(`${headers}\r\n\r\nHi.\r\n`);
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('what a mail says', () => {
  test('people, addresses and the thread', async () => {
    expect(await fixture('evidence')).toMatchObject({
      messageId: '<e1@example.test>',
      references: [],
      from: [{ address: 'asha@example.test', name: 'आशा राव' }],
      replyTo: ['asha.home@example.test'],
      to: ['privacy@comantra.test', 'second@comantra.test', 'third@comantra.test'],
      cc: ['fourth@comantra.test'],
      deliveredTo: ['privacy@comantra.test', 'privacy+x@comantra.test'],
      subject: 'Screenshots',
      text: 'See the picture.\n',
      html: false,
      truncated: false,
      nature: 'person',
      forwarded: false,
      emptySender: false,
    });
    const reply = await fixture('reply-gmail-html-only');
    expect(reply.references).toEqual(['<out-1@comantra.test>', '<out-0@comantra.test>']);
    expect(reply.date).toEqual(new Date('2026-06-01T05:30:00Z'));
    expect(reply.subject).toBe('Re: New case CPD-1');
  });

  test('several From addresses stay several, of one field or of two', async () => {
    const two = [{ address: 'a@x.test' }, { address: 'b@x.test' }];
    expect((await withHeaders('From: a@x.test, b@x.test')).from).toEqual(two);
    expect((await withHeaders('From: a@x.test\r\nFrom: b@x.test')).from).toEqual(two);
    expect((await withHeaders('Subject: none')).from).toEqual([]);
  });

  test('one mailbox has one spelling', async () => {
    const mail = await withHeaders('From: <Info@B\u00dcCHER.test>, <info@xn--bcher-kva.test>');
    expect(mail.from.map(({ address }) => address)).toEqual([
      'info@xn--bcher-kva.test',
      'info@xn--bcher-kva.test',
    ]);
  });

  test('zammad, freescout#4740: a mail without Message-ID is read like any other', async () => {
    const mail = await withHeaders('From: a@x.test\r\nSubject: Hello');
    expect(mail).toMatchObject({ subject: 'Hello', text: 'Hi.\n' });
    expect('messageId' in mail).toBe(false);
  });

  test.each<[string, string | undefined]>([
    ['<1@x.test> (comment)', '<1@x.test>'],
    ['1@x.test', '<1@x.test>'],
    ['<1@x.test>\r\n <2@x.test>', '<1@x.test>'],
    ['two words', undefined],
    ['<two words>', undefined],
    ['', undefined],
  ])('Message-ID %j', async (value, id) => {
    expect((await withHeaders(`Message-ID: ${value}`)).messageId).toBe(id);
  });

  test('of a long thread the newest hundred are kept, and what is answered first', async () => {
    const thread = Array.from({ length: 300 }, (_, at) => `<${at}@x.test>`);
    const mail = await withHeaders(
      `In-Reply-To: <299@x.test>\r\nReferences: ${thread.join('\r\n ')}`,
    );
    expect(mail.references).toHaveLength(100);
    expect(mail.references[0]).toBe('<299@x.test>');
    expect(mail.references.at(-1)).toBe('<298@x.test>');
    expect(new Set(mail.references).size).toBe(100);
  });

  test.each<[string, Date | undefined]>([
    ['Thu, 1 Jan 1970 00:00:00 +0000', new Date(0)],
    ['Fri, 1 Jan 2100 00:00:00 +0000', new Date('2100-01-01T00:00:00Z')],
    ['yesterday', undefined],
    ['', undefined],
  ])('Date %j is only told', async (value, date) => {
    expect((await withHeaders(`Date: ${value}`)).date).toEqual(date);
  });

  test.each<[string, boolean]>([
    ['Subject: Fwd: case\r\n\r\nSee below.', true],
    ['Subject: FW: case\r\n\r\nSee below.', true],
    ['Subject: WG: Fall\r\n\r\nSiehe unten.', true],
    ['Subject: TR : cas\r\n\r\nVoir.', true],
    ['Subject: Re: FW: case\r\n\r\nDone.', false],
    ['Subject: Forwarding address\r\n\r\nMine is new.', false],
    ['Subject: x\r\n\r\n---------- Forwarded message ---------\nFrom: b <b@x.test>\n\nHi', true],
    ['Subject: x\r\n\r\nBegin forwarded message:\n\n> From: b <b@x.test>', true],
    [
      'Subject: Re: x\r\n\r\nDone.\n\nOn 1 Jun 2026, d <d@x.test> wrote:\n> ---------- Forwarded message ---------\n> Hi',
      false,
    ],
  ])('%j is forwarded: %s', async (mail, forwarded) => {
    expect((await written(`From: a@x.test\r\n${mail}`)).forwarded).toBe(forwarded);
  });
});

describe('header injection', () => {
  const EVIL = '=?utf-8?Q?Hi=0D=0ABcc=3A_x=40y.test=00=E2=80=AE?=';

  test('a subject is one line', async () => {
    expect((await withHeaders(`Subject: ${EVIL}\r\n and more`)).subject).toBe(
      'Hi Bcc: x@y.test and more',
    );
    expect((await withHeaders(`Subject: ${'a'.repeat(5000)}`)).subject).toBe('a'.repeat(300));
  });

  test('a name is one line, and never an address', async () => {
    const [from] = (await withHeaders(`From: ${EVIL} <a@x.test>`)).from;
    expect(from).toEqual({ address: 'a@x.test', name: 'Hi Bcc: x@y.test' });
    const hidden = `=?utf-8?B?${Buffer.from('a@x.test\r\nb@x.test').toString('base64')}?=`;
    expect((await withHeaders(`From: <${hidden}>`)).from).toEqual([]);
  });

  test('a Message-ID cannot hold a line break', async () => {
    expect((await withHeaders('Message-ID: <a\r\n b@x.test>')).messageId).toBeUndefined();
  });
});

describe('attachments', () => {
  test('each is listed with name, type and size, and can be saved', async () => {
    const { attachments } = await fixture('evidence');
    expect(attachments).toEqual([
      { name: 'attachment-1', type: 'image/png', bytes: 8, inText: true },
      { name: 'signature.asc', type: 'application/pgp-signature', bytes: 30 },
      { name: 'winmail.dat', type: 'application/ms-tnef', bytes: 4 },
      { name: 'Geschäft.pdf', type: 'application/pdf', bytes: 5 },
    ]);
    const saved = await attachmentsOf(raw('evidence'));
    expect(saved.map(({ name, type, content }) => ({ name, type, bytes: content.length }))).toEqual(
      attachments.map(({ name, type, bytes }) => ({ name, type, bytes })),
    );
    expect(saved[3]!.content.toString()).toBe('%PDF-');
  });

  test.each<[string, string]>([
    ['../../etc/passwd', 'passwd'],
    ['..\\\\..\\\\boot.ini', 'boot.ini'],
    ['/', 'attachment-1'],
    ['..', 'attachment-1'],
    ['.bashrc', 'bashrc'],
    ['photo\u202Egpj.exe', 'photogpj.exe'],
    ['a\u0007b\u200b.txt', 'ab.txt'],
    ['x:<y>|z?.txt', 'x__y__z_.txt'],
    ['con.txt', '_con.txt'],
    ['name. . .', 'name'],
    [`${'a'.repeat(300)}.pdf`, `${'a'.repeat(116)}.pdf`],
    ['😀'.repeat(100), '😀'.repeat(60)],
    ['बिल.pdf', 'बिल.pdf'],
  ])('the name %j is saved as %j', async (given, name) => {
    const encoded = `=?utf-8?B?${Buffer.from(given.replaceAll('\\\\', '\\')).toString('base64')}?=`;
    const mail = await written(
      `Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="${encoded}"\r\n\r\nx`,
    );
    expect(mail.attachments).toMatchObject([{ name }]);
    expect(mail.attachments[0]!.type).toMatch(/^[\w.+-]+\/[\w.+-]+$/);
  });

  test('base64 broken off: what there is', async () => {
    const mail = `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee.\r\n--b\r\nContent-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgoAAAANSUhEUgA`;
    const { text, attachments } = await written(mail);
    expect(text).toBe('See.');
    expect(attachments).toEqual([{ name: 'a.png', type: 'image/png', bytes: 17 }]);
  });

  test('an encrypted mail is an attachment without words', async () => {
    const mail = await written(
      'Content-Type: application/pkcs7-mime; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\nMIIB',
    );
    expect(mail).toMatchObject({ text: '', attachments: [{ name: 'smime.p7m', bytes: 3 }] });
  });
});

describe('letters', () => {
  const CURLY = bytes('\x93It\x92s gone\x94 \x96 \x80 5');
  const RIGHT = '“It’s gone” – € 5';
  const in8Bit = (header: string, body: Buffer): Promise<InboundMail> =>
    written(Buffer.concat([Buffer.from(`${header}\r\n\r\n`), body]));

  test.each([
    'Subject: none',
    'Content-Type: text/plain',
    'Content-Type: text/plain; charset=us-ascii',
    'Content-Type: text/plain; charset=iso-8859-1',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Type: text/plain; charset=unknown-8bit',
    'Content-Type: text/plain; charset=windows-1252',
    'Content-Type: text/plain; charset=no-such-thing',
  ])('windows-1252 under %j comes out right', async (header) => {
    expect((await in8Bit(header, CURLY)).text).toBe(RIGHT);
  });

  test.each(['Subject: none', 'Content-Type: text/plain; charset=us-ascii'])(
    'UTF-8 under %j stays UTF-8',
    async (header) => {
      expect((await in8Bit(header, Buffer.from(`${RIGHT} आशा`))).text).toBe(`${RIGHT} आशा`);
    },
  );

  test('a subject in windows-1252 comes out right, and one in bare UTF-8 too', async () => {
    expect((await in8Bit('Subject: x', CURLY)).subject).toBe('x');
    const subject = Buffer.concat([Buffer.from('Subject: '), CURLY, Buffer.from('\r\n\r\nHi')]);
    expect((await written(subject)).subject).toBe(RIGHT);
    expect((await withHeaders(`Subject: ${RIGHT} आशा`)).subject).toBe(`${RIGHT} आशा`);
  });

  test('quoted-printable and each part for itself', async () => {
    const mail = `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=93one=94\r\n--b\r\nContent-Type: text/plain\r\n\r\n“two”\r\n--b--`;
    expect((await written(mail)).text).toBe('“one”\n“two”');
  });

  test('line breaks become LF, control characters vanish', async () => {
    const mail = await in8Bit('Subject: x', bytes('a\r\nb\rc\0\x07\x1b[31md\te'));
    expect(mail.text).toBe('a\nb\nc[31md\te');
  });
});

describe('HTML', () => {
  const html = async (page: string): Promise<string> =>
    (await written(`Content-Type: text/html; charset=utf-8\r\n\r\n${page}`)).text;

  test.each([
    'reply-outlook-web',
    'reply-outlook-desktop',
    'reply-apple-mail',
    'reply-yahoo',
    'reply-proton',
    'reply-zoho',
  ])('%s: the whole text, of which the answer is what was written', async (name) => {
    const mail = await fixture(name);
    const closed =
      name === 'reply-outlook-web'
        ? 'Your account is closed – it was “Savings”.'
        : 'Your account is closed.';
    expect(mail.html).toBe(true);
    expect(mail.text).toContain('A customer has reported a privacy problem.');
    expect(stripQuote(mail.text)).toEqual({
      text: `${closed}\n\nRegards, Anita`,
      belowQuote: false,
    });
  });

  test('reply-gmail-html-only: lists and links stay', async () => {
    expect(stripQuote((await fixture('reply-gmail-html-only')).text)).toEqual({
      text: 'Dear Ms Rao,\n\nIt is gone:\n\n- savings\n- the old card\n\nSee our policy <https://comantra.test/privacy>.',
      belowQuote: false,
    });
  });

  test('reply-gmail-inline: answers between the quoted lines are found', async () => {
    expect(stripQuote((await fixture('reply-gmail-inline')).text)).toEqual({
      text: 'Yes, it is gone.\n\nThat too.',
      belowQuote: true,
    });
  });

  test.each<[string, string]>([
    ['<p>one</p><p>two</p>', 'one\n\ntwo'],
    ['a<br>b<br><br>c', 'a\nb\n\nc'],
    ['<div>a</div><div><br></div><div>b</div>', 'a\n\nb'],
    ['a\n  b&nbsp;&amp;&#8217;&#x20ac;&#147;&unknown;', 'a b &’€“&unknown;'],
    ['&#0;&#xD800;&#99999999;', '\ufffd\ufffd\ufffd'],
    ['<ol><li>a<li>b</ol>', '1. a\n2. b'],
    ['<table><tr><td>due</td><td>Monday</td></tr><tr><td>x</td></tr></table>', 'due Monday\nx'],
    ['<pre>a\n  b</pre>', 'a\n  b'],
    ['<a href="https://x.test/">x.test</a>', 'x.test'],
    ['<a href="https://x.test/a">here</a>', 'here <https://x.test/a>'],
    ['<a href="javascript:alert(1)">here</a>', 'here'],
    ['<img src="http://tracker.test/x.gif" alt="logo"><img alt="🙏">', '🙏'],
    ['<style>p{}</style><script>x</script><!-- no -->yes', 'yes'],
    ['<style>never closed', ''],
    ['a <!-- never closed', 'a'],
    ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
    ['<a title="x > y" href=\'z\'>in</a>', 'in'],
    ['<a title="never closed<p>words', 'words'],
    [
      '<blockquote type="cite">a<blockquote type="cite">b</blockquote></blockquote>c',
      '> a\n>> b\nc',
    ],
    ['<blockquote style="margin:0 0 0 40px;border:none;padding:0">a</blockquote>', 'a'],
    ['<blockquote>a', '> a'],
    ['</div></blockquote>a', 'a'],
  ])('%j', async (page, text) => {
    expect(await html(page)).toBe(text);
  });

  test('an empty text part gives way to the HTML', async () => {
    const mail = await written(
      'Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\n \r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Words</p>\r\n--b--',
    );
    expect(mail).toMatchObject({ text: 'Words', html: true });
  });

  test('HTML that is another piece of the mail is read too', async () => {
    const mail = await written(
      'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nFirst.\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Second.</p>\r\n--b--',
    );
    expect(mail).toMatchObject({ text: 'First.\n\nSecond.', html: false });
  });
});

describe('mails that are made to break the reader', () => {
  const LIMIT_MS = 15_000;
  async function timed(mail: string | Buffer): Promise<InboundMail> {
    const started = process.cpuUsage();
    const read = await written(mail);
    const { user } = process.cpuUsage(started);
    expect(user / 1000).toBeLessThan(LIMIT_MS);
    return read;
  }
  const multipart = 'From: a@x.test\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n';

  test('500 parts: the text, and no more than 200 of them', async () => {
    const part = '--b\r\nContent-Type: image/png; name=a.png\r\n\r\nx\r\n';
    const mail = await timed(`${multipart}--b\r\n\r\nThe words.\r\n${part.repeat(500)}--b--`);
    expect(mail).toMatchObject({ text: 'The words.', truncated: true });
    expect(mail.attachments).toHaveLength(199);
  });

  test('200 parts are read whole', async () => {
    const part = '--b\r\nContent-Type: image/png; name=a.png\r\n\r\nx\r\n';
    const mail = await timed(`${multipart}--b\r\n\r\nThe words.\r\n${part.repeat(199)}--b--`);
    expect(mail.truncated).toBe(false);
    expect(mail.attachments).toHaveLength(199);
  });

  test.each([500, 5000])('%i levels: the text above them', async (levels) => {
    const level = (at: number): string =>
      `--b${at}\r\n\r\nlevel ${at}\r\n--b${at}\r\nContent-Type: multipart/mixed; boundary=b${at + 1}\r\n\r\n`;
    const mail = await timed(
      `Content-Type: multipart/mixed; boundary=b0\r\n\r\n${Array.from({ length: levels }, (_, at) => level(at)).join('')}`,
    );
    expect(mail.truncated).toBe(true);
    expect(mail.text).toContain('level 19');
    expect(mail.text).not.toContain('level 21');
  });

  test('10,000 quoted lines are kept, and stripped at once', async () => {
    const mail = await timed(`From: a@x.test\r\n\r\nDone.\r\n\r\n${'> line\r\n'.repeat(10_000)}`);
    expect(mail.text.split('\n').filter((line) => line === '> line')).toHaveLength(10_000);
    expect(stripQuote(mail.text).text).toBe('Done.');
  });

  test('20 MB of text: the beginning', async () => {
    const mail = await timed(`From: a@x.test\r\n\r\n${'words and words \r\n'.repeat(1_160_000)}`);
    expect(mail.text).toHaveLength(200_000);
    expect(mail.truncated).toBe(true);
  });

  test('20 MB in one line, and 20 MB of HTML', async () => {
    expect((await timed(`From: a@x.test\r\n\r\n${'word '.repeat(4_000_000)}`)).truncated).toBe(
      true,
    );
    const page = await timed(`Content-Type: text/html\r\n\r\n${'<p>word</p>'.repeat(1_800_000)}`);
    expect(page).toMatchObject({ html: true, truncated: true });
  });

  test.each<[string, string]>([
    ['tags', "<a '".repeat(500_000)],
    ['quotes', '<a b="'.repeat(300_000)],
    ['comments', '<!--'.repeat(500_000)],
    ['blockquotes', '<blockquote>'.repeat(160_000)],
    ['divs that close nothing', `${'<blockquote>'.repeat(80_000)}${'</div>'.repeat(160_000)}`],
    ['styles', '<style></styl'.repeat(150_000)],
    ['entities', '&#'.repeat(900_000)],
    ['attributes', `<img alt${' '.repeat(1_900_000)}>`],
    ['list items', '<ul><li>'.repeat(240_000)],
  ])('HTML made of %s', async (_, page) => {
    await timed(`Content-Type: text/html\r\n\r\n${page}`);
  });

  test('a header without an end, or of many megabytes', async () => {
    const mail = await timed(
      `From: a@x.test\r\n${'X-Filler: aaaaaaaaaaaaaaaa\r\n'.repeat(200_000)}`,
    );
    expect(mail).toMatchObject({ nature: 'person', from: [] });
    expect(mail.text).toContain('From: a@x.test');
    await timed(`To: ${'a@x.test, '.repeat(50_000)}\r\n\r\nHi`);
    await timed(`References: ${'<a@x.test> '.repeat(50_000)}\r\n\r\nHi`);
  });

  test.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['only NUL bytes', Buffer.alloc(1_000_000)],
    ['NUL bytes in lines', Buffer.from('\0\0\r\n'.repeat(1000))],
    ['line breaks', Buffer.from('\r\n'.repeat(1000))],
  ])('%s: an empty mail from nobody', async (_, mail) => {
    const read = await timed(mail);
    expect(read).toMatchObject({ from: [], subject: '', attachments: [], references: [] });
    expect(read.text.trim()).toBe('');
    expect(await attachmentsOf(mail)).toEqual([]);
  });

  test('random bytes are read as something', async () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const noise = Buffer.from(
        Array.from({ length: 2000 }, (_, at) => (Math.imul(at + seed, 2_654_435_761) >>> 13) & 255),
      );
      const mail = await written(
        Buffer.concat([bytes('Content-Type: multipart/x; boundary=b\n--b\n'), noise]),
      );
      expect(mail.nature).toBe('person');
    }
  });
});
