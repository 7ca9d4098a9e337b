import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { fileMailer, smtpMailer, type Mailer, type OutgoingMail } from '../../services/mailer';
import { startSilentServer, startSmtpSink, type SmtpSink } from '../support/smtpSink';

const MAIL: OutgoingMail = {
  id: 'case-1.acknowledged',
  from: 'Comantra Privacy Desk <privacy@comantra.net>',
  to: 'Rina Sen <rina@example.org>',
  subject: 'Your report PD-7KQ4-M2XA – received',
  text: 'We have your report.\n\n.A line that begins with a dot\nধন্যবাদ',
  html: '<p>We have your report.</p><p>ধন্যবাদ</p>',
  replyTo: 'case+abc@comantra.net',
  references: ['<first@comantra.net>', '<second@comantra.net>'],
  messageId: '<case-1.acknowledged@comantra.net>',
  date: new Date('2026-11-22T09:30:00Z'),
};

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function sinkOf(options?: Parameters<typeof startSmtpSink>[0]): Promise<SmtpSink> {
  const sink = await startSmtpSink(options);
  closing.push(() => sink.close());
  return sink;
}

function mailerTo(options: Parameters<typeof smtpMailer>[0]): Mailer {
  const mailer = smtpMailer(options);
  closing.push(() => mailer.close());
  return mailer;
}

async function mailFolder(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'mailer-'));
  closing.push(() => rm(directory, { recursive: true }));
  return directory;
}

describe('a mail sent by SMTP', () => {
  test('arrives whole: both parts, the headers and the envelope', async () => {
    const sink = await sinkOf();
    expect(await mailerTo(sink).send(MAIL)).toEqual({ outcome: 'accepted' });

    expect(sink.taken).toHaveLength(1);
    const { from, to, raw } = sink.taken[0]!;
    expect({ from, to }).toEqual({ from: 'privacy@comantra.net', to: ['rina@example.org'] });
    const mail = await simpleParser(raw);
    expect(mail.text?.trim()).toBe(MAIL.text);
    expect(mail.html).toContain(MAIL.html);
    expect(mail.subject).toBe(MAIL.subject);
    expect(mail.messageId).toBe(MAIL.messageId);
    expect(mail.date).toEqual(MAIL.date);
    expect(mail.references).toEqual(MAIL.references);
    expect(mail.inReplyTo).toBe('<second@comantra.net>');
    expect(mail.replyTo?.text).toBe(MAIL.replyTo);
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.headers.get('x-auto-response-suppress')).toBe('All');
    expect(mail.headers.has('x-mailer')).toBe(false);
  });

  test('is the same bytes when it is sent again, over the same connection', async () => {
    const sink = await sinkOf();
    const mailer = mailerTo(sink);
    await mailer.send(MAIL);
    await mailer.send(MAIL);
    expect(sink.taken[1]!.raw).toBe(sink.taken[0]!.raw);
    expect(sink.connections()).toBe(1);
  });

  test.each([
    ['an unknown mailbox', 550, 'recipient', true],
    ['a mailbox that is busy', 450, 'recipient', false],
    ['content that is not wanted', 554, 'data', true],
    ['a full disk', 452, 'data', false],
    ['a service that is closing down', 421, 'data', false],
    ['a login that is asked for first', 530, 'data', false],
  ] as const)('tells %s (%i at %s) as permanent: %s', async (_, code, refuseAt, permanent) => {
    const sink = await sinkOf({ refuseAt, refuse: () => code });
    expect(await mailerTo(sink).send(MAIL)).toEqual({
      outcome: 'refused',
      permanent,
      code: String(code),
    });
  });

  test('is sent after one that was refused', async () => {
    const sink = await sinkOf({ refuse: (attempt) => (attempt === 1 ? 550 : undefined) });
    const mailer = mailerTo(sink);
    await mailer.send(MAIL);
    expect(await mailer.send(MAIL)).toEqual({ outcome: 'accepted' });
  });

  test('waits for another time when nobody listens', async () => {
    const sink = await startSmtpSink();
    await sink.close();
    expect(await mailerTo(sink).send(MAIL)).toEqual({
      outcome: 'refused',
      permanent: false,
      code: 'ESOCKET',
    });
  });

  test.each([
    ['never says a word', false],
    ['never comes to the end of its greeting', true],
  ])('is given up for now when the server %s', async (_, trickle) => {
    const server = await startSilentServer({ trickle });
    closing.push(() => server.close());
    expect(await mailerTo({ url: server.url, deadlineMs: 150 }).send(MAIL)).toEqual({
      outcome: 'refused',
      permanent: false,
      code: 'ETIMEDOUT',
    });
  });

  test('is refused for now once the mailer is closed', async () => {
    const mailer = smtpMailer(await sinkOf());
    await mailer.close();
    expect(await mailer.send(MAIL)).toMatchObject({ outcome: 'refused', permanent: false });
  });
});

describe('a mail kept as a file', () => {
  test('is complete, named by time and id, and for the owner only', async () => {
    const directory = join(await mailFolder(), 'mail');
    expect(await fileMailer({ directory }).send(MAIL)).toEqual({ outcome: 'accepted' });

    const name = '20261122T093000000Z-case-1.acknowledged.eml';
    expect(await readdir(directory)).toEqual([name]);
    expect((await stat(join(directory, name))).mode & 0o777).toBe(0o600);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    const mail = await simpleParser(await readFile(join(directory, name)));
    expect(mail.text?.trim()).toBe(MAIL.text);
    expect(mail.html).toContain(MAIL.html);
    expect(mail.to).toMatchObject({ text: '"Rina Sen" <rina@example.org>' });
    expect(mail.messageId).toBe(MAIL.messageId);
  });

  test('is one file, unchanged, however often it is sent and by however many at once', async () => {
    const directory = await mailFolder();
    const mailer = fileMailer({ directory });
    await mailer.send(MAIL);
    const [name] = await readdir(directory);
    const first = await readFile(join(directory, name!));
    await Promise.all([mailer.send(MAIL), mailer.send(MAIL), mailer.send(MAIL)]);
    expect(await readdir(directory)).toEqual([name]);
    expect(await readFile(join(directory, name!))).toEqual(first);
  });

  test('waits for another time when its folder cannot be made', async () => {
    const file = join(await mailFolder(), 'taken');
    await writeFile(file, '');
    expect(await fileMailer({ directory: join(file, 'mail') }).send(MAIL)).toEqual({
      outcome: 'refused',
      permanent: false,
      code: 'ENOTDIR',
    });
  });
});

describe('a mail that would forge headers', () => {
  test.each<[string, Partial<OutgoingMail>]>([
    ['a line break in the subject', { subject: 'Hello\r\nBcc: eve@example.net' }],
    ['a bare carriage return in the subject', { subject: 'Hello\rBcc: eve@example.net' }],
    ['a Unicode line separator in the subject', { subject: 'Hello\u2028Bcc: eve@example.net' }],
    ['a line break in the address', { to: 'rina@example.org\nBcc: eve@example.net' }],
    ['a second address', { to: 'rina@example.org, eve@example.net' }],
    ['the same address twice', { to: 'rina@example.org, <rina@example.org>' }],
    ['a group of addresses', { to: 'All: rina@example.org, eve@example.net;' }],
    ['a group of one', { to: 'All: rina@example.org;' }],
    ['no address', { to: 'Rina Sen' }],
    ['an endless address', { to: `${'a'.repeat(250)}@example.org` }],
    ['an SMTP command in the address', { to: 'rina@example.org> SIZE=1' }],
    ['a line break in the sender', { from: 'Desk\r\nBcc: eve@example.net <desk@comantra.net>' }],
    ['a line break in the reply address', { replyTo: 'a@example.org\r\nBcc: eve@example.net' }],
    ['a reference that is more than one', { references: ['<a@b.c>\r\nBcc: eve@example.net'] }],
    ['an id that leads out of the folder', { id: '../../etc/passwd' }],
  ])('is refused: %s', async (_, forged) => {
    const directory = await mailFolder();
    const sink = await sinkOf();
    const mail = { ...MAIL, ...forged };
    for (const mailer of [mailerTo(sink), fileMailer({ directory })]) {
      await expect(mailer.send(mail)).rejects.toMatchObject({
        name: 'ProductError',
        code: 'BadArgument',
      });
    }
    expect(sink.taken).toEqual([]);
    expect(await readdir(directory)).toEqual([]);
  });

  test('is not a subject of a thousand characters, which is only folded', async () => {
    const sink = await sinkOf();
    const subject = 'Bcc: eve@example.net '.repeat(50).trim();
    await mailerTo(sink).send({ ...MAIL, subject });
    const mail = await simpleParser(sink.taken[0]!.raw);
    expect(mail.subject).toBe(subject);
    expect(mail.bcc).toBeUndefined();
    expect(sink.taken[0]!.to).toEqual(['rina@example.org']);
  });
});
