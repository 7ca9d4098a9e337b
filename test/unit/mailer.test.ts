import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dkimVerify } from 'mailauth/lib/dkim/verify';
import { simpleParser } from 'mailparser';
import {
  fileMailer,
  readDkimKey,
  refuseUnsafeMail,
  replyAsMailProgram,
  smtpMailer,
  writeAsMailProgram,
  type DkimKey,
  type Mailer,
  type OutgoingMail,
} from '../../services/mailer';
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

describe('what a mail says of its author', () => {
  const headersOf = async (changes: Partial<OutgoingMail>) => {
    const sink = await sinkOf();
    await mailerTo(sink).send({ ...MAIL, ...changes });
    return (await simpleParser(sink.taken[0]!.raw)).headers;
  };

  test.each([
    ['that no human wrote it, when nothing is said', {}, 'auto-generated'],
    ['that no human wrote it', { autoSubmitted: 'auto-generated' }, 'auto-generated'],
    ['that a machine answers', { autoSubmitted: 'auto-replied' }, 'auto-replied'],
  ] as const)('%s', async (_, changes, expected) => {
    const headers = await headersOf(changes);
    expect(headers.get('auto-submitted')).toBe(expected);
  });

  test('and never keeps back an out-of-office or a bounce', async () => {
    const suppressed = (await headersOf({})).get('x-auto-response-suppress');
    expect(suppressed).toBe('DR, RN, NRN, AutoReply');
  });

  test('is nothing where a person wrote the words', async () => {
    const headers = await headersOf({ autoSubmitted: 'no' });
    expect(headers.has('auto-submitted')).toBe(false);
    expect(headers.has('x-auto-response-suppress')).toBe(false);
    expect(headers.has('precedence')).toBe(false);
  });
});

test('bounces come back to where the mail says', async () => {
  const sink = await sinkOf();
  await mailerTo(sink).send({ ...MAIL, envelopeFrom: 'case+abc@comantra.net' });
  expect(sink.taken[0]!.from).toBe('case+abc@comantra.net');
  expect(sink.taken[0]!.raw).toContain('From: Comantra Privacy Desk <privacy@comantra.net>');
});

describe('a signed mail', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const dkim: DkimKey = {
    domainName: 'comantra.net',
    keySelector: 'desk',
    privateKey: readDkimKey(pem),
  };
  const record = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const resolver = async (name: string, type: string): Promise<string[][]> => {
    if (name === 'desk._domainkey.comantra.net' && type === 'TXT')
      return [[`v=DKIM1; k=rsa; p=${record}`]];
    throw Object.assign(new Error('No such name'), { code: 'ENOTFOUND' });
  };
  const verdict = async (raw: Buffer): Promise<readonly string[]> =>
    (await dkimVerify(raw, { resolver })).results.map(
      ({ signingDomain, selector, status }) =>
        `${status.result} ${signingDomain} ${selector ?? ''}`,
    );

  async function filed(mail: OutgoingMail, key?: DkimKey): Promise<Buffer> {
    const directory = await mailFolder();
    await fileMailer({ directory, ...(key ? { dkim: key } : {}) }).send(mail);
    const [name] = await readdir(directory);
    return readFile(join(directory, name!));
  }
  async function carried(mail: OutgoingMail, key: DkimKey): Promise<Buffer> {
    const sink = await sinkOf();
    await mailerTo({ url: sink.url, dkim: key }).send(mail);
    return Buffer.from(sink.taken[0]!.raw, 'latin1');
  }

  test('proves its domain, as a file and by SMTP, and is the same bytes', async () => {
    const [file, wire] = [await filed(MAIL, dkim), await carried(MAIL, dkim)];
    expect(await verdict(file)).toEqual(['pass comantra.net desk']);
    expect(await verdict(wire)).toEqual(['pass comantra.net desk']);
    expect(wire.toString('latin1').trimEnd()).toBe(file.toString('latin1').trimEnd());
  });

  test('is the same bytes each time: the signature holds no time', async () => {
    expect(await filed(MAIL, dkim)).toEqual(await filed(MAIL, dkim));
    expect((await filed(MAIL, dkim)).toString()).not.toMatch(/[; ][tx]=\d/);
  });

  test('is the unsigned mail with a signature in front', async () => {
    const file = (await filed(MAIL, dkim)).toString('latin1');
    expect(file).toMatch(/^DKIM-Signature: v=1; a=rsa-sha256; c=relaxed\/relaxed;/);
    expect(file.endsWith((await filed(MAIL)).toString('latin1'))).toBe(true);
  });

  test.each([
    ['its subject', 'Subject: Your report', 'Subject: Your invoice'],
    ['its reply address', 'case+abc@', 'case+eve@'],
    ['who wrote it', 'Auto-Submitted: auto-generated', 'Auto-Submitted: no'],
    ['its words', 'We have your report.', 'We lost your report.'],
  ])('no longer proves anything once somebody changed %s', async (_, from, to) => {
    const raw = (await filed({ ...MAIL, subject: 'Your report' }, dkim)).toString('latin1');
    expect(raw).toContain(from);
    expect(await verdict(Buffer.from(raw.replace(from, to), 'latin1'))).toEqual([
      expect.stringMatching(/^(?:fail|neutral) /),
    ]);
  });

  describe('is signed with a key', () => {
    const pemOf = (type: 'pkcs1' | 'pkcs8', bits: number): string =>
      generateKeyPairSync('rsa', { modulusLength: bits })
        .privateKey.export({ type, format: 'pem' })
        .toString();
    const refusal = (text: string): unknown => {
      try {
        return readDkimKey(text);
      } catch (error) {
        return error;
      }
    };

    test.each([
      ['RSA of 1024 bits, as openssl genrsa writes it', pemOf('pkcs1', 1024)],
      ['RSA of 2048 bits, in PKCS #8', pem],
      ['with line ends of Windows', pem.replace(/\n/g, '\r\n')],
    ])('%s', (_, text) => {
      expect(readDkimKey(text).asymmetricKeyType).toBe('rsa');
    });

    test.each([
      ['of 512 bits', pemOf('pkcs8', 512), 'has 512 bits'],
      [
        'Ed25519, with which nodemailer would send it unsigned',
        generateKeyPairSync('ed25519')
          .privateKey.export({ type: 'pkcs8', format: 'pem' })
          .toString(),
        'is of the kind ed25519',
      ],
      [
        'RSA-PSS',
        generateKeyPairSync('rsa-pss', { modulusLength: 2048 })
          .privateKey.export({ type: 'pkcs8', format: 'pem' })
          .toString(),
        'is of the kind rsa-pss',
      ],
      [
        'the public one',
        createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString(),
        'is a public key',
      ],
      [
        'locked',
        privateKey
          .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
          .toString(),
        'is locked with a passphrase',
      ],
      ['a certificate', '-----BEGIN CERTIFICATE-----\nMII=\n', 'is a certificate'],
      ['broken', pem.slice(0, 400), 'is no private key in PEM form'],
      ['empty', '', 'is no private key in PEM form'],
    ])('but not %s', (_, text, words) => {
      const fault = refusal(text);
      expect(fault).toMatchObject({ name: 'ProductError', code: 'ConfigInvalid' });
      expect((fault as Error).message).toContain(`The DKIM key ${words}`);
      expect((fault as Error).message).not.toContain(text.slice(60, 90) || 'MII');
      expect((fault as Error).cause).toBeUndefined();
    });
  });
});

describe('a mail as a mail program writes it', () => {
  const WRITTEN = {
    from: 'Rina Sen <rina@example.org>',
    to: 'info@comantra.net',
    subject: 'মেইল',
    text: 'Hello.\n\nRina',
    date: new Date('2026-11-23T10:00:00Z'),
    messageId: '<m1@example.org>',
  };
  const ORIGINAL = {
    from: 'Comantra Privacy Desk <privacy@comantra.net>',
    subject: '[PD-7KQ4-M2XA] We have your message',
    text: 'We have it.\n\n-- \nComantra Privacy Desk\n',
    date: new Date('2026-11-22T09:30:00Z'),
    messageId: '<b@comantra.net>',
    references: ['<a@comantra.net>'],
  };
  const { subject: _subject, ...REPLY } = { ...WRITTEN, to: 'case+abc@comantra.net' };

  test('is plain text from a person', async () => {
    const raw = await writeAsMailProgram(WRITTEN);
    const mail = await simpleParser(raw);
    expect(mail).toMatchObject({ subject: 'মেইল', html: false, messageId: '<m1@example.org>' });
    expect(mail.text?.trimEnd()).toBe(WRITTEN.text);
    expect(mail.from).toMatchObject({ text: '"Rina Sen" <rina@example.org>' });
    expect(mail.date).toEqual(WRITTEN.date);
    expect(raw.toString()).not.toMatch(/auto-submitted|x-auto|x-mailer|references|in-reply-to/i);
  });

  test('as a reply quotes the whole original under the words, and refers to it', async () => {
    const mail = await simpleParser(await replyAsMailProgram(REPLY, ORIGINAL));
    expect(mail.subject).toBe('Re: [PD-7KQ4-M2XA] We have your message');
    expect(mail.inReplyTo).toBe('<b@comantra.net>');
    expect(mail.references).toEqual(['<a@comantra.net>', '<b@comantra.net>']);
    expect(mail.text).toBe(
      [
        'Hello.',
        '',
        'Rina',
        '',
        'On Sun, 22 Nov 2026 at 09:30, Comantra Privacy Desk <privacy@comantra.net> wrote:',
        '> We have it.',
        '>',
        '> -- ',
        '> Comantra Privacy Desk',
        '',
      ].join('\n'),
    );
  });

  test('does not pile up “Re:”', async () => {
    const raw = await replyAsMailProgram(REPLY, { ...ORIGINAL, subject: 'RE: Hello' });
    expect((await simpleParser(raw)).subject).toBe('RE: Hello');
  });

  test('answers a mail without date and Message-ID all the same', async () => {
    const { date: _date, messageId: _id, ...bare } = ORIGINAL;
    const mail = await simpleParser(await replyAsMailProgram(REPLY, { ...bare, references: [] }));
    expect(mail.text).toContain('\n\nComantra Privacy Desk <privacy@comantra.net> wrote:\n> We');
    expect(mail.inReplyTo).toBeUndefined();
  });

  test.each([
    ['no address', 'Rina'],
    ['two', 'a@example.org, b@example.org'],
    ['a line break', 'a@example.org\r\nBcc: eve@example.net'],
  ])('is refused from %s', async (_, from) => {
    await expect(async () => writeAsMailProgram({ ...WRITTEN, from })).rejects.toMatchObject({
      code: 'BadArgument',
    });
  });

  test('cannot forge a header by its subject', async () => {
    const mail = await simpleParser(
      await writeAsMailProgram({ ...WRITTEN, subject: 'Hello\r\nBcc: eve@example.net' }),
    );
    expect(mail.bcc).toBeUndefined();
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
    ['a line break in the bounce address', { envelopeFrom: 'a@example.org\r\nRCPT TO:<eve@b.c>' }],
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

  test('is refused before it is kept for sending: a line break in the bounce address', () => {
    const forged = { ...MAIL, envelopeFrom: 'a@example.org\r\nRCPT TO:<eve@example.net>' };
    expect(() => {
      refuseUnsafeMail(forged);
    }).toThrow('A mail address has a line break.');
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
