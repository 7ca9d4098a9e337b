import { generateKeyPairSync } from 'node:crypto';
import { dkimSign } from 'mailauth/lib/dkim/sign';
import { dmarcAuthentication, unchecked } from '../../services/inbound/authentication';

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const KEY = `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`;

type Records = Readonly<Record<string, string | Error>>;
const failure = (code: string): Error => Object.assign(new Error(code), { code });
const SILENT = failure('ETIMEOUT');

const RECORDS: Records = {
  'desk._domainkey.company.test': KEY,
  'desk._domainkey.mail.company.test': KEY,
  'desk._domainkey.evil.test': KEY,
  'desk._domainkey.strict.test': KEY,
  'desk._domainkey.mail.strict.test': KEY,
  '_dmarc.company.test': 'v=DMARC1; p=reject',
  '_dmarc.strict.test': 'v=DMARC1; p=reject; adkim=s; aspf=s',
  'company.test': 'v=spf1 ip4:192.0.2.1 -all',
  'mail.strict.test': 'v=spf1 ip4:192.0.2.1 -all',
  'evil.test': 'v=spf1 ip4:192.0.2.66 -all',
};

/** Counts its questions, and answers from the records alone. */
function dns(records: Records): { asked: string[]; resolver: (name: string) => Promise<unknown> } {
  const asked: string[] = [];
  return {
    asked,
    resolver: async (name) => {
      asked.push(name);
      const found = records[name] ?? failure('ENOTFOUND');
      if (found instanceof Error) throw found;
      return [[found]];
    },
  };
}

const check = (
  raw: string,
  { from = '', ip, records = RECORDS }: { from?: string; ip?: string; records?: Records } = {},
): Promise<string> =>
  dmarcAuthentication({ mta: 'mx.comantra.test', resolver: dns(records).resolver }).check(
    Buffer.from(raw),
    from,
    ip === undefined ? {} : { remoteAddress: ip, helo: 'mail.example.test' },
  );

const mailFrom = (from: string, more = ''): string =>
  `From: ${from}\r\n${more}To: case@comantra.test\r\nSubject: Re: case\r\nDate: Mon, 1 Jun 2026 10:00:00 +0530\r\nMessage-ID: <1@company.test>\r\nContent-Type: text/plain\r\n\r\nDone.\r\n`;

async function signed(
  raw: string,
  domain: string,
  signing: { maxBodyLength?: number; algorithm?: string; headerNames?: string } = {},
): Promise<string> {
  const { headerNames, ...rest } = signing;
  const { signatures, errors } = await dkimSign(raw, {
    canonicalization: 'relaxed/relaxed',
    algorithm: 'rsa-sha256',
    // The signer's types say a list; it takes the names only as DKIM writes them.
    headerList: headerNames as never,
    signingDomain: domain,
    selector: 'desk',
    privateKey,
    signatureData: [{ signingDomain: domain, selector: 'desk', privateKey, ...rest }],
  });
  expect(errors).toEqual([]);
  return signatures + raw;
}

const ANITA = 'Anita Sen <anita@company.test>';

describe('DKIM', () => {
  test('a signature of the From domain passes', async () => {
    expect(await check(await signed(mailFrom(ANITA), 'company.test'))).toBe('pass');
  });

  test('it passes also where the domain has no DMARC record', async () => {
    const records = { 'desk._domainkey.company.test': KEY };
    expect(await check(await signed(mailFrom(ANITA), 'company.test'), { records })).toBe('pass');
  });

  test('a signature of a subdomain passes, unless the domain wants it strict', async () => {
    expect(await check(await signed(mailFrom(ANITA), 'mail.company.test'))).toBe('pass');
    const strict = mailFrom('anita@strict.test');
    expect(await check(await signed(strict, 'mail.strict.test'))).toBe('fail');
    expect(await check(await signed(strict, 'strict.test'))).toBe('pass');
  });

  test('a signature of another domain fails', async () => {
    expect(await check(await signed(mailFrom(ANITA), 'evil.test'))).toBe('fail');
  });

  test('no signature fails', async () => {
    expect(await check(mailFrom(ANITA))).toBe('fail');
  });

  test('a signature for which there is no key fails', async () => {
    expect(await check(await signed(mailFrom(ANITA), 'company.test'), { records: {} })).toBe(
      'fail',
    );
  });

  test.each<[string, (raw: string) => string]>([
    ['the body', (raw) => raw.replace('Done.', 'Pay me.')],
    ['the From', (raw) => raw.replace('anita@', 'boss@')],
    ['the subject', (raw) => raw.replace('Re: case', 'Re: other')],
    ['a second body line', (raw) => `${raw}More.\r\n`],
  ])('%s changed after signing fails', async (_, change) => {
    expect(await check(change(await signed(mailFrom(ANITA), 'company.test')))).toBe('fail');
  });

  test('a signature over part of the body counts for nothing, with or without more of it', async () => {
    const raw = await signed(mailFrom(ANITA), 'company.test', { maxBodyLength: 7 });
    expect(raw).toMatch(/\bl=7\b/);
    expect(await check(raw)).toBe('fail');
    expect(await check(`${raw}Pay me.\r\n`)).toBe('fail');
  });

  test('a signature that leaves out From, or uses SHA-1, counts for nothing', async () => {
    const headerNames = 'subject:to:date';
    const withoutFrom = await signed(mailFrom(ANITA), 'company.test', { headerNames });
    expect(withoutFrom).not.toMatch(/\bh=[^;]*From/);
    expect(await check(withoutFrom)).toBe('fail');
    const weak = await signed(mailFrom(ANITA), 'company.test', { algorithm: 'rsa-sha1' });
    expect(weak).toContain('a=rsa-sha1');
    expect(await check(weak)).toBe('fail');
  });
});

describe('SPF', () => {
  test('the envelope of the From domain passes from its server alone', async () => {
    const envelope = { from: 'anita@company.test' };
    expect(await check(mailFrom(ANITA), { ...envelope, ip: '192.0.2.1' })).toBe('pass');
    expect(await check(mailFrom(ANITA), { ...envelope, ip: '::ffff:192.0.2.1' })).toBe('pass');
    expect(await check(mailFrom(ANITA), { ...envelope, ip: '192.0.2.66' })).toBe('fail');
  });

  test('a fetched mail, of which nobody knows who handed it over, needs a signature', async () => {
    expect(await check(mailFrom(ANITA), { from: 'anita@company.test' })).toBe('fail');
  });

  test('the envelope of a subdomain fails where the domain wants it strict', async () => {
    const origin = { from: 'anita@mail.strict.test', ip: '192.0.2.1' };
    expect(await check(mailFrom('anita@strict.test'), origin)).toBe('fail');
  });
});

describe('Nine-Minds/alga-psa#3242: a forged From', () => {
  const byEvil = { from: 'x@evil.test', ip: '192.0.2.66' };

  test('with the envelope and the signature of the forger fails', async () => {
    expect(await check(await signed(mailFrom(ANITA), 'evil.test'), byEvil)).toBe('fail');
  });

  test.each<[string, string]>([
    ['two fields', mailFrom('x@evil.test', `From: ${ANITA}\r\n`)],
    ['two fields, the other way', mailFrom(ANITA, 'From: x@evil.test\r\n')],
    ['two fields, one without an address', mailFrom('x@evil.test', 'From: Anita Sen\r\n')],
    ['two addresses', mailFrom(`x@evil.test, ${ANITA}`)],
    ['a group', mailFrom(`Desk: ${ANITA}, x@evil.test;`)],
    [
      'an address hidden in an encoded word',
      mailFrom(`=?utf-8?B?${Buffer.from(ANITA).toString('base64')}?=, x@evil.test`),
    ],
    [
      'nothing but an encoded word',
      mailFrom(`=?utf-8?B?${Buffer.from(ANITA).toString('base64')}?=`),
    ],
    ['no address', mailFrom('Anita Sen')],
    ['an address without a domain', mailFrom('<anita@localhost>')],
    ['an address literal', mailFrom('<anita@[192.0.2.66]>')],
  ])('%s: fails although the forger signs', async (_, raw) => {
    expect(await check(await signed(raw, 'evil.test'), byEvil)).toBe('fail');
  });

  test('a name that looks like an address is only a name', async () => {
    const raw = await signed(mailFrom('"anita@company.test" <x@evil.test>'), 'evil.test');
    expect(await check(raw, byEvil)).toBe('pass');
  });

  test('what is no mail fails', async () => {
    for (const raw of ['', '\0'.repeat(100), 'no header', 'From: anita@company.test'])
      expect(await check(raw, { from: 'anita@company.test', ip: '192.0.2.1' })).toBe('fail');
  });
});

describe('DNS that does not answer', () => {
  test.each(['ETIMEOUT', 'ESERVFAIL', 'ECONNREFUSED'])('%s: try again later', async (code) => {
    const records = { ...RECORDS, 'desk._domainkey.company.test': failure(code) };
    const raw = await signed(mailFrom(ANITA), 'company.test');
    expect(await check(raw, { records })).toBe('unavailable');
  });

  test('for SPF: try again later', async () => {
    const records = { 'company.test': SILENT };
    const envelope = { from: 'anita@company.test', ip: '192.0.2.1', records };
    expect(await check(mailFrom(ANITA), envelope)).toBe('unavailable');
  });

  test('for a proof that suffices without it: passes', async () => {
    const records = { ...RECORDS, '_dmarc.company.test': SILENT, 'company.test': SILENT };
    const raw = await signed(mailFrom(ANITA), 'company.test');
    const envelope = { from: 'anita@company.test', ip: '192.0.2.1', records };
    expect(await check(raw, envelope)).toBe('pass');
  });

  test('for the policy on which it depends: try again later', async () => {
    const records = { ...RECORDS, '_dmarc.company.test': SILENT };
    const raw = await signed(mailFrom(ANITA), 'mail.company.test');
    expect(await check(raw, { records })).toBe('unavailable');
  });

  test('for a domain that could prove nothing: fails at once', async () => {
    const records = {
      ...RECORDS,
      '_dmarc.company.test': SILENT,
      'desk._domainkey.evil.test': SILENT,
      'evil.test': SILENT,
    };
    const raw = await signed(mailFrom(ANITA), 'evil.test');
    expect(await check(raw, { from: 'x@evil.test', ip: '192.0.2.66', records })).toBe('fail');
  });
});

test('hundreds of signatures cost no questions', async () => {
  const { asked, resolver } = dns(RECORDS);
  const raw = mailFrom(ANITA);
  const one = await signed(raw, 'company.test');
  const many = Buffer.from(one.slice(0, -raw.length).repeat(300) + raw);
  const authentication = dmarcAuthentication({ mta: 'mx.comantra.test', resolver });
  expect(await authentication.check(many, '', {})).toBe('fail');
  expect(asked).toEqual([]);
});

test('on loopback nothing is asked', async () => {
  expect(await unchecked.check(Buffer.from('anything'), '', {})).toBe('pass');
});
