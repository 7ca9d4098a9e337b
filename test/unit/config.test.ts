import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { parseConfig, settings } from '../../bot/config';
import { authenticationAt } from '../../bot/mailIn';
import { ROOT } from '../../bot/root';
import { unchecked } from '../../services/inbound/authentication';
import { refusal } from '../support/refusal';

const KEY = Buffer.alloc(32, 7).toString('base64');
const IMAP_FAULT = 'IMAP_URL is not imaps://user:password@host/INBOX';
const OTHER_KEY = Buffer.alloc(32, 8).toString('base64');

/** Everything that production needs. */
const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://desk.example.com',
  SECRET_KEY: `a:${KEY}`,
  DIRECT_LINE_SECRET: `b:${OTHER_KEY}`,
  SMTP_URL: 'smtp://mail.example.com',
  MAIL_FROM: 'desk@comantra.net',
  PRIVACY_MANAGER_EMAIL: 'manager@example.com',
  MONGODB_URI: 'mongodb://localhost/desk',
};

const faultsOf = (env: Record<string, string>): string => {
  const { code, message } = refusal(() => parseConfig(env));
  expect(code).toBe('ConfigInvalid');
  return message;
};

describe('.env.example', () => {
  const file = readFileSync(path.join(ROOT, '.env.example'), 'utf8');
  const set = parseEnv(file) as Record<string, string>;
  const unset = parseEnv(
    [...file.matchAll(/^# (\w+=\S.*)$/gm)].map(([, line]) => line).join('\n'),
  ) as Record<string, string>;
  const names = Object.keys(settings);

  test('names every setting once, and no other', () => {
    const named = [...file.matchAll(/^(?:# )?(\w+)=/gm)].map(([, name]) => name);
    expect([...named].sort()).toEqual([...names].sort());
  });

  test('sets every setting that has a default to that default', () => {
    for (const name of Object.keys(set) as (keyof typeof settings)[])
      expect([name, settings[name].parse(set[name])]).toEqual([
        name,
        settings[name].parse(undefined),
      ]);
    expect(parseConfig(set)).toEqual(parseConfig({}));
  });

  test('leaves out those without one, with an example that would do', () => {
    for (const name of Object.keys(unset) as (keyof typeof settings)[])
      expect([name, [settings[name].parse(undefined)].flat()]).toEqual([
        name,
        name === 'CORS_ORIGINS' ? [] : [undefined],
      ]);
    expect(() => parseConfig({ ...set, ...unset })).not.toThrow();
  });

  test('explains each: a comment stands above every setting or the one before it', () => {
    const lines = file.split('\n');
    for (const [at, line] of lines.entries()) {
      if (!/^(?:# )?\w+=/.test(line)) continue;
      expect(lines[at - 1]).toMatch(/^# \S+ \S+|^(?:# )?\w+=/);
    }
  });
});

describe('the settings', () => {
  test('have defaults for everything that development needs', () => {
    expect(parseConfig({})).toMatchObject({
      NODE_ENV: 'development',
      PORT: 3978,
      HOST: '127.0.0.1',
      DATA_DIR: '.data',
      PRIVACY_MANAGER_EMAIL: ['privacy.manager@example.com'],
      COMPANY_TIME_ZONE: 'Asia/Kolkata',
      SLA_BUSINESS_DAYS: 5,
      CORS_ORIGINS: [],
      INBOUND_SMTP_HOST: '127.0.0.1',
      inboundSmtp: { port: 2525, wanted: false },
      publicUrl: 'http://localhost:3978',
    });
  });

  test('poll no mailbox, sign no mail and leave it to the door whom it believes, unless they say so', () => {
    const { IMAP_URL, DKIM_KEY_FILE, DKIM_SELECTOR, INBOUND_DMARC } = parseConfig({});
    expect([IMAP_URL, DKIM_KEY_FILE, DKIM_SELECTOR, INBOUND_DMARC]).toEqual(
      Array(4).fill(undefined),
    );
    expect(
      parseConfig({
        IMAP_URL: 'imaps://desk%40comantra.net:pa%23ss@imap.example.com:993/INBOX',
        DKIM_KEY_FILE: 'dkim.pem',
        DKIM_SELECTOR: 'desk1',
        INBOUND_DMARC: 'false',
      }),
    ).toMatchObject({
      IMAP_URL: 'imaps://desk%40comantra.net:pa%23ss@imap.example.com:993/INBOX',
      DKIM_KEY_FILE: 'dkim.pem',
      DKIM_SELECTOR: 'desk1',
      INBOUND_DMARC: false,
    });
    expect(parseConfig({ INBOUND_DMARC: 'true' }).INBOUND_DMARC).toBe(true);
  });

  test('that are empty count as unset', () => {
    const empty = Object.fromEntries(Object.keys(settings).map((name) => [name, '']));
    expect(parseConfig(empty)).toEqual(parseConfig({}));
  });

  test('take several privacy managers and origins, separated by commas', () => {
    const config = parseConfig({
      PRIVACY_MANAGER_EMAIL: 'a@example.com, b@example.com,',
      CORS_ORIGINS: 'https://a.example, https://b.example:8443',
    });
    expect(config.PRIVACY_MANAGER_EMAIL).toEqual(['a@example.com', 'b@example.com']);
    expect(config.CORS_ORIGINS).toEqual(['https://a.example', 'https://b.example:8443']);
  });
});

describe('the listener for mail', () => {
  test.each<[string, Record<string, string>, object | undefined]>([
    ['is at 2525 in development', {}, { port: 2525, wanted: false }],
    ['is nowhere in tests', { NODE_ENV: 'test' }, undefined],
    ['is nowhere in production', PRODUCTION, undefined],
    ['is nowhere for an empty port', { ...PRODUCTION, INBOUND_SMTP_PORT: '' }, undefined],
    [
      'is where it is wanted in production',
      { ...PRODUCTION, INBOUND_SMTP_PORT: '25' },
      { port: 25, wanted: true },
    ],
    ['is where it is wanted', { INBOUND_SMTP_PORT: '2525' }, { port: 2525, wanted: true }],
    [
      'is at a free port for 0',
      { NODE_ENV: 'test', INBOUND_SMTP_PORT: '0' },
      { port: 0, wanted: true },
    ],
  ])('%s', (_where, env, expected) => {
    expect(parseConfig(env).inboundSmtp).toEqual(expected);
  });
});

describe('whether the sender of a mail is checked', () => {
  const DOORS = ['smtp', 'imap', 'tray'] as const;
  const checked = (env: Record<string, string>): string[] => {
    const at = authenticationAt(parseConfig(env));
    return DOORS.filter((door) => at(door) !== unchecked);
  };

  test.each<[string, Record<string, string>, string[]]>([
    ['only for a mailbox that is polled, while the listener is on this machine', {}, ['imap']],
    ['also where it can be reached', { INBOUND_SMTP_HOST: '0.0.0.0' }, ['smtp', 'imap']],
    ['also there if it is said', { INBOUND_DMARC: 'true' }, ['smtp', 'imap']],
    ['nowhere if it is said', { INBOUND_DMARC: 'false', INBOUND_SMTP_HOST: '0.0.0.0' }, []],
  ])('%s', (_where, env, expected) => {
    expect(checked(env)).toEqual(expected);
  });
});

describe('what is wrong', () => {
  test('is told all at once, in words, a line each, and no value is repeated', () => {
    const message = faultsOf({
      NODE_ENV: 'production',
      PORT: 'eighty-eighty',
      MAIL_FROM: 'nonsense-of-mine',
      SLA_BUSINESS_DAYS: '999',
      COMPANY_TIME_ZONE: 'Mars/Olympus',
      SMTP_URL: 'https://secret-password@mail',
      SECRET_KEY: 'my-secret-passphrase',
      ALLOW_EMBEDDED_STORE: 'perhaps',
      LOG_LEVEL: 'loudest',
      PRIVACY_MANAGER_EMAIL: 'info@comantra.net',
      INBOUND_SMTP_PORT: 'twenty-five',
      INBOUND_DMARC: 'strictly',
      IMAP_URL: 'imaps://desk:secret-password@',
      DKIM_KEY_FILE: 'secret-key.pem',
    });
    const faults = message.split('\n').slice(1);
    const named = faults.map((line) => /^ {2}- (\w+) \S+ \S+/.exec(line)?.[1]);
    expect([...named].sort()).toEqual(
      [
        ...['PORT', 'MAIL_FROM', 'SLA_BUSINESS_DAYS', 'COMPANY_TIME_ZONE', 'SMTP_URL'],
        ...['SECRET_KEY', 'ALLOW_EMBEDDED_STORE', 'LOG_LEVEL', 'PRIVACY_MANAGER_EMAIL'],
        ...['PUBLIC_URL', 'DIRECT_LINE_SECRET', 'MONGODB_URI'],
        ...['INBOUND_SMTP_PORT', 'INBOUND_DMARC', 'IMAP_URL', 'DKIM_SELECTOR'],
      ].sort(),
    );
    expect(message).not.toMatch(
      /eighty|nonsense|999|Mars|secret-|passphrase|perhaps|loudest|undefined|NaN|info@|twenty|strictly/,
    );
  });

  test.each([
    ['PORT', '70000', 'PORT is above 65535'],
    ['PORT', '1.5', 'PORT is not a whole number'],
    ['PORT', 'http', 'PORT is not a number'],
    ['SLA_BUSINESS_DAYS', '0', 'SLA_BUSINESS_DAYS is below 1'],
    ['MONGODB_URI', 'localhost:27017', 'MONGODB_URI does not start with mongodb://'],
    ['PUBLIC_URL', 'desk.example.com', 'PUBLIC_URL is not the address of a website alone'],
    ['PUBLIC_URL', 'ftp://desk.example.com', 'PUBLIC_URL is not the address of a website alone'],
    ['PUBLIC_URL', 'https://desk.example.com/chat', 'PUBLIC_URL is not the address of a website'],
    ['PUBLIC_URL', 'https://me:pw@desk.example.com', 'PUBLIC_URL is not the address of a website'],
    ['CORS_ORIGINS', 'https://a.example/page', 'CORS_ORIGINS is not the address of a website'],
    ['CORS_ORIGINS', '*', 'CORS_ORIGINS is not the address of a website'],
    ['MAIL_DOMAIN', 'no domain', 'MAIL_DOMAIN is not a domain'],
    ['COMPANY_PHONE', 'call us', 'COMPANY_PHONE is not a telephone number'],
    ['INBOUND_SMTP_PORT', '70000', 'INBOUND_SMTP_PORT is above 65535'],
    ['INBOUND_SMTP_PORT', '-1', 'INBOUND_SMTP_PORT is below 0'],
    ['INBOUND_SMTP_PORT', 'smtp', 'INBOUND_SMTP_PORT is not a number'],
    ['INBOUND_DMARC', 'yes', 'INBOUND_DMARC is neither true nor false'],
    ['IMAP_URL', 'imap.example.com', IMAP_FAULT],
    ['IMAP_URL', 'https://desk:pw@imap.example.com/INBOX', IMAP_FAULT],
    ['IMAP_URL', 'imaps://imap.example.com/INBOX', IMAP_FAULT],
    ['IMAP_URL', 'imaps://:pw@imap.example.com/INBOX', IMAP_FAULT],
    ['IMAP_URL', 'imaps://desk:pw@/INBOX', IMAP_FAULT],
    ['IMAP_URL', 'imaps://desk:p#w@imap.example.com/INBOX', IMAP_FAULT],
    ['IMAP_URL', 'imaps://desk:p/w@imap.example.com/INBOX', IMAP_FAULT],
    ['IMAP_URL', 'imaps://desk:100%@imap.example.com/INBOX', IMAP_FAULT],
    ['DKIM_SELECTOR', 'desk 1', 'DKIM_SELECTOR is not a selector such as desk1'],
    ['DKIM_SELECTOR', 'desk1', 'DKIM_KEY_FILE is needed beside the other DKIM setting'],
    ['DKIM_KEY_FILE', 'dkim.pem', 'DKIM_SELECTOR is needed beside the other DKIM setting'],
    ['PRIVACY_MANAGER_EMAIL', ' , ', 'PRIVACY_MANAGER_EMAIL names no address'],
    ['PRIVACY_MANAGER_EMAIL', 'a@example.com,b', 'PRIVACY_MANAGER_EMAIL is not an e-mail address'],
  ])('%s=%s', (name, value, fault) => {
    expect(faultsOf({ [name]: value })).toContain(`  - ${fault}`);
  });

  test.each([
    'MAIL_FROM',
    'PRIVACY_MANAGER_EMAIL',
    'PRIVACY_MAILBOX',
    'ENQUIRY_MAILBOX',
    'ESCALATION_EMAIL',
  ])('a line break in %s', (name) => {
    for (const value of [
      'a@example.com\nBcc: b@example.com',
      'a@example.com\r\n',
      'a@exam\nple.com',
    ])
      expect(faultsOf({ [name]: value })).toContain(`  - ${name} is not an e-mail address`);
  });
});

describe('PUBLIC_URL', () => {
  test.each([
    ['https://desk.example.com', 'https://desk.example.com'],
    ['https://desk.example.com/', 'https://desk.example.com'],
    ['HTTPS://Desk.Example.com', 'https://desk.example.com'],
    ['http://localhost:8080/', 'http://localhost:8080'],
  ])('%s is kept as %s', (given, kept) => {
    expect(parseConfig({ PUBLIC_URL: given }).publicUrl).toBe(kept);
  });
});

describe('a key ring', () => {
  const ringOf = (value: string) => parseConfig({ SECRET_KEY: value }).SECRET_KEY;

  test('is one entry or several, in their order', () => {
    expect(ringOf(`new:${KEY}, old:${OTHER_KEY}`)).toEqual([
      { id: 'new', secret: Buffer.alloc(32, 7) },
      { id: 'old', secret: Buffer.alloc(32, 8) },
    ]);
  });

  test.each([
    ['nothing but a comma', ','],
    ['no id', `:${KEY}`],
    ['an id alone', 'a:'],
    ['no colon', KEY],
    ['too short a secret', `a:${Buffer.alloc(31).toString('base64')}`],
    ['a passphrase', 'a:correct horse battery staple correct horse battery staple'],
    ['an id with a dot, which ends ids in the store', `a.b:${KEY}`],
    ['more than id and secret', `a:${KEY}:${KEY}`],
    ['one good entry and a bad one', `a:${KEY},b:short`],
  ])('is refused with %s', (_what, value) => {
    expect(faultsOf({ SECRET_KEY: value })).toContain('  - SECRET_KEY needs entries id:base64');
    expect(faultsOf({ DIRECT_LINE_SECRET: value })).toContain('- DIRECT_LINE_SECRET needs entries');
  });

  test('is refused with two entries of one id, since one would hide the other', () => {
    expect(faultsOf({ SECRET_KEY: `a:${KEY},a:${OTHER_KEY}` })).toContain(
      '- SECRET_KEY has two entries with the same id',
    );
  });
});

describe('production', () => {
  test('starts with what it needs', () => {
    expect(parseConfig(PRODUCTION).publicUrl).toBe('https://desk.example.com');
  });

  test.each([
    ...['PUBLIC_URL', 'SECRET_KEY', 'DIRECT_LINE_SECRET', 'SMTP_URL', 'MAIL_FROM'],
    'PRIVACY_MANAGER_EMAIL',
  ])('does not start without %s', (name) => {
    for (const env of [{ ...PRODUCTION, [name]: '' }, without(name)])
      expect(faultsOf(env)).toContain(`  - ${name} is needed in production`);
  });

  test('does not start without MongoDB, unless the embedded store is allowed', () => {
    const env = without('MONGODB_URI');
    const fault = 'MONGODB_URI is needed in production, or ALLOW_EMBEDDED_STORE=true';
    expect(faultsOf(env)).toContain(fault);
    expect(faultsOf({ ...env, ALLOW_EMBEDDED_STORE: 'false' })).toContain(fault);
    expect(() => parseConfig({ ...env, ALLOW_EMBEDDED_STORE: 'true' })).not.toThrow();
  });

  test('needs nothing of this elsewhere', () => {
    expect(() => parseConfig({ NODE_ENV: 'development' })).not.toThrow();
    expect(() => parseConfig({ NODE_ENV: 'test' })).not.toThrow();
  });

  function without(name: string): Record<string, string> {
    return Object.fromEntries(Object.entries(PRODUCTION).filter(([each]) => each !== name));
  }
});

describe('a staff address that is one of the desk’s own mailboxes is refused', () => {
  test.each([
    ['PRIVACY_MANAGER_EMAIL', 'info@comantra.net'],
    ['PRIVACY_MANAGER_EMAIL', 'boss@example.com,Enquiry@Comantra.net'],
    ['PRIVACY_MANAGER_EMAIL', 'privacy-desk@comantra.net'],
    ['PRIVACY_MANAGER_EMAIL', 'info+cases@comantra.net'],
    ['ESCALATION_EMAIL', 'info@comantra.net'],
  ])('%s=%s', (name, value) => {
    expect(faultsOf({ [name]: value })).toContain(`${name} is one of the desk’s own mailboxes`);
  });

  test('in production too, and whichever of the two was set', () => {
    expect(faultsOf({ ...PRODUCTION, ENQUIRY_MAILBOX: 'manager@example.com' })).toContain(
      'PRIVACY_MANAGER_EMAIL is one of the desk’s own mailboxes',
    );
  });
});
