import { z } from 'zod';
import { mailboxKey } from '../services/addresses';
import { ProductError } from '../services/errors';
import { isEmail } from '../services/entities';

/** A key of a ring, as `SECRET_KEY` and `DIRECT_LINE_SECRET` give it: `id:base64`. */
export interface KeyOfRing {
  readonly id: string;
  readonly secret: Buffer;
}

const MIN_SECRET_BYTES = 32;

const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const defaulted = <T extends z.ZodType>(schema: T, fallback: string) =>
  z.preprocess((value) => (value === '' || value === undefined ? fallback : value), schema);
const list = (value: string): string[] =>
  value
    .split(',')
    .map((part) => part.replace(/^ +| +$/g, ''))
    .filter((part) => part !== '');

const email = z.string().refine(isEmail, 'is not an e-mail address');
const emails = z.string().transform(list).pipe(z.array(email).min(1, 'names no address'));
const originOf = (url: string): string | undefined => {
  const { origin, protocol, href } = URL.canParse(url) ? new URL(url) : {};
  return /^https?:$/.test(protocol ?? '') && href === `${origin ?? ''}/` ? origin : undefined;
};
const webOrigin = z.string().transform((value, context): string => {
  const origin = originOf(value);
  if (origin === undefined)
    context.addIssue({
      code: 'custom',
      message: 'is not the address of a website alone, such as https://desk.example.com',
    });
  return origin ?? '';
});
const webAddress = z
  .string()
  .refine(
    (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
    'is not a web address such as https://account.example.com/reset',
  );
const isImapUrl = (value: string): boolean => {
  if (!/^imaps?:\/\/[^/]+@/.test(value) || !URL.canParse(value)) return false;
  const { username, password, hostname, pathname } = new URL(value);
  return username !== '' && hostname !== '' && [username, password, pathname].every(isDecodable);
};
const isDecodable = (text: string): boolean => {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
};
const wholeNumber = (min: number, max: number) =>
  z.coerce
    .number({ error: 'is not a number' })
    .int('is not a whole number')
    .min(min, `is below ${min}`)
    .max(max, `is above ${max}`);
const timeZone = z.string().refine((zone) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}, 'is not a time zone such as Asia/Kolkata');
const KEY_ID = /^[\w-]{1,40}$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const RING_FORM = `needs entries id:base64 of at least ${MIN_SECRET_BYTES} bytes (openssl rand -base64 32)`;
const ring = z.string().transform((value, context): KeyOfRing[] => {
  const fault = (message: string): void => {
    context.addIssue({ code: 'custom', message });
  };
  const entries = list(value).map((entry) => {
    const [id = '', encoded = '', ...more] = entry.split(':');
    const secret = Buffer.from(encoded, 'base64');
    const formed = KEY_ID.test(id) && BASE64.test(encoded) && more.length === 0;
    return { id, secret, usable: formed && secret.length >= MIN_SECRET_BYTES };
  });
  if (entries.length === 0 || entries.some(({ usable }) => !usable)) fault(RING_FORM);
  // Of two keys under one id, only one could open what the other sealed.
  if (new Set(entries.map(({ id }) => id)).size < entries.length)
    fault('has two entries with the same id');
  return entries.map(({ id, secret }) => ({ id, secret }));
});
const yes = z
  .enum(['true', 'false'], { error: 'is neither true nor false' })
  .transform((v) => v === 'true');

/** Every setting that the product reads; `.env.example` explains each, and a test keeps the two equal. */
export const settings = {
  NODE_ENV: defaulted(z.enum(['development', 'test', 'production']), 'development'),
  PORT: defaulted(wholeNumber(0, 65535), '3978'),
  HOST: defaulted(z.string(), '127.0.0.1'),
  PUBLIC_URL: optional(webOrigin),
  DATA_DIR: defaulted(z.string(), '.data'),
  MONGODB_URI: optional(
    z.string().regex(/^mongodb(\+srv)?:\/\//, 'does not start with mongodb://'),
  ),
  ALLOW_EMBEDDED_STORE: defaulted(yes, 'false'),
  SECRET_KEY: optional(ring),
  DIRECT_LINE_SECRET: optional(ring),
  MicrosoftAppId: optional(z.string()),
  MicrosoftAppPassword: optional(z.string()),
  MicrosoftAppType: defaulted(
    z.enum(['MultiTenant', 'SingleTenant', 'UserAssignedMsi']),
    'MultiTenant',
  ),
  MicrosoftAppTenantId: optional(z.string()),
  SMTP_URL: optional(z.string().regex(/^smtps?:\/\//, 'does not start with smtp:// or smtps://')),
  MAIL_FROM: defaulted(email, 'privacy-desk@comantra.net'),
  MAIL_DOMAIN: defaulted(z.hostname({ error: 'is not a domain' }), 'comantra.net'),
  DKIM_KEY_FILE: optional(z.string()),
  DKIM_SELECTOR: optional(z.hostname({ error: 'is not a selector such as desk1' })),
  INBOUND_SMTP_PORT: optional(wholeNumber(0, 65535)),
  INBOUND_SMTP_HOST: defaulted(z.string(), '127.0.0.1'),
  INBOUND_DMARC: optional(yes),
  IMAP_URL: optional(
    z
      .string()
      .refine(
        isImapUrl,
        'is not imaps://user:password@host/INBOX, with percent codes for signs such as # and % in a password',
      ),
  ),
  PRIVACY_MANAGER_EMAIL: defaulted(emails, 'privacy.manager@example.com'),
  PRIVACY_MAILBOX: defaulted(email, 'info@comantra.net'),
  ENQUIRY_MAILBOX: defaulted(email, 'enquiry@comantra.net'),
  ESCALATION_EMAIL: optional(email),
  COMPANY_TIME_ZONE: defaulted(timeZone, 'Asia/Kolkata'),
  CALENDAR_FILE: defaulted(z.string(), 'knowledge/calendar.json'),
  SLA_BUSINESS_DAYS: defaulted(wholeNumber(1, 60), '5'),
  COMPANY_PHONE: optional(z.string().regex(/^[+\d][\d ()-]{4,30}$/, 'is not a telephone number')),
  ACCOUNT_URL: optional(webAddress),
  CORS_ORIGINS: defaulted(z.string().transform(list).pipe(z.array(webOrigin)), ''),
  TRUSTED_PROXIES: defaulted(wholeNumber(0, 10), '0'),
  LOG_LEVEL: defaulted(z.enum(['silent', 'error', 'warn', 'info', 'debug']), 'info'),
};

const schema = z.object(settings);
type Settings = z.infer<typeof schema>;

/** What the product is told at start; every field is checked. */
export interface Config extends Settings {
  /** Origin under which customers reach the desk, without a trailing slash. */
  readonly publicUrl: string;
  /** Where mail is listened for; absent: nowhere. `wanted`: somebody asked for it, rather than the default. */
  readonly inboundSmtp?: { readonly port: number; readonly wanted: boolean };
}

const REQUIRED_IN_PRODUCTION = [
  'PUBLIC_URL',
  'SECRET_KEY',
  'DIRECT_LINE_SECRET',
  'SMTP_URL',
  'MAIL_FROM',
  'PRIVACY_MANAGER_EMAIL',
] as const;

function productionFaults(env: NodeJS.ProcessEnv): string[] {
  if (env.NODE_ENV !== 'production') return [];
  const faults: string[] = REQUIRED_IN_PRODUCTION.filter((name) => !env[name]).map(
    (name) => `${name} is needed in production`,
  );
  if (!env.MONGODB_URI && env.ALLOW_EMBEDDED_STORE !== 'true')
    faults.push('MONGODB_URI is needed in production, or ALLOW_EMBEDDED_STORE=true');
  return faults;
}

const OWN_MAILBOXES = ['PRIVACY_MAILBOX', 'ENQUIRY_MAILBOX', 'MAIL_FROM'] as const;
const STAFF_MAILBOXES = ['PRIVACY_MANAGER_EMAIL', 'ESCALATION_EMAIL'] as const;

/** Reads the settings one by one, so that this fault is told beside those of other settings. */
function mailboxFaults(env: NodeJS.ProcessEnv): string[] {
  const mailboxes = (name: (typeof OWN_MAILBOXES | typeof STAFF_MAILBOXES)[number]): string[] =>
    [settings[name].safeParse(env[name]).data ?? []].flat().map(mailboxKey);
  const own = OWN_MAILBOXES.flatMap(mailboxes);
  return STAFF_MAILBOXES.filter((name) =>
    mailboxes(name).some((address) => own.includes(address)),
  ).map(
    (name) =>
      `${name} is one of the desk’s own mailboxes (${OWN_MAILBOXES.join(', ')}): the desk would write to itself`,
  );
}

/** Port of the listener for mail where nothing is set, in development. */
const DEVELOPMENT_SMTP_PORT = 2525;

function inboundSmtpOf(settings: Settings): Pick<Config, 'inboundSmtp'> {
  const { INBOUND_SMTP_PORT: port, NODE_ENV: environment } = settings;
  if (port !== undefined) return { inboundSmtp: { port, wanted: true } };
  return environment === 'development'
    ? { inboundSmtp: { port: DEVELOPMENT_SMTP_PORT, wanted: false } }
    : {};
}

function dkimFaults({ DKIM_KEY_FILE: file, DKIM_SELECTOR: selector }: NodeJS.ProcessEnv): string[] {
  return Boolean(file) === Boolean(selector)
    ? []
    : [`${file ? 'DKIM_SELECTOR' : 'DKIM_KEY_FILE'} is needed beside the other DKIM setting`];
}

/**
 * Parses the environment, once.
 * @throws ProductError `ConfigInvalid` whose message lists every fault, a line each; no value is repeated.
 */
export function parseConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const result = schema.safeParse(env);
  const faults = [
    ...(result.error?.issues.map(
      (issue) => `${issue.path[0]?.toString() ?? ''} ${issue.message}`,
    ) ?? []),
    ...productionFaults(env),
    ...mailboxFaults(env),
    ...dkimFaults(env),
  ];
  if (!result.success || faults.length > 0)
    throw new ProductError(
      'ConfigInvalid',
      `The settings cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
  const parsed = result.data;
  return {
    ...parsed,
    publicUrl: parsed.PUBLIC_URL ?? `http://localhost:${parsed.PORT}`,
    ...inboundSmtpOf(parsed),
  };
}
