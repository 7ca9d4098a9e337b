import { createSecretKey } from 'node:crypto';
import { decode, sign } from 'jsonwebtoken';
import { Tokens, type TokenSecret } from '../../bot/directLine/tokens';

const OLD: TokenSecret = { id: 'old', secret: Buffer.alloc(32, 1) };
const NEW: TokenSecret = { id: 'new', secret: Buffer.alloc(32, 2) };
const HOLDER = { conversationId: 'c1', userId: 'dl_u1' };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let now: number;
const clock = { now: () => new Date(now) };
const tokensOf = (...secrets: TokenSecret[]) => new Tokens(secrets, clock);

beforeEach(() => {
  now = Date.parse('2026-03-02T10:00:00Z');
});

describe('a token', () => {
  test('speaks for its conversation and user until it expires', () => {
    const tokens = tokensOf(NEW);
    const token = tokens.issue('token', HOLDER);
    now += 29 * MINUTE;
    expect(tokens.verify('token', token)).toEqual({ outcome: 'valid', holder: HOLDER });
    now += 2 * MINUTE;
    expect(tokens.verify('token', token)).toEqual({ outcome: 'expired' });
  });

  test('names its user in the claim that Web Chat reads', () => {
    expect(decode(tokensOf(NEW).issue('token', HOLDER))).toMatchObject({ user: 'dl_u1' });
  });

  test('may be exchanged for eight hours after it expired, and no longer', () => {
    const tokens = tokensOf(NEW);
    const token = tokens.issue('token', HOLDER);
    now += 30 * MINUTE + 8 * HOUR - MINUTE;
    expect(tokens.verifyForRenewal(token)).toEqual({ outcome: 'valid', holder: HOLDER });
    now += 2 * MINUTE;
    expect(tokens.verifyForRenewal(token)).toEqual({ outcome: 'expired' });
  });

  test('of a stream lives a minute, is no REST token, and cannot be exchanged', () => {
    const tokens = tokensOf(NEW);
    const stream = tokens.issue('stream', HOLDER);
    expect(tokens.verify('stream', stream).outcome).toBe('valid');
    expect(tokens.verify('token', stream).outcome).toBe('invalid');
    expect(tokens.verifyForRenewal(stream).outcome).toBe('invalid');
    expect(tokens.verify('stream', tokens.issue('token', HOLDER)).outcome).toBe('invalid');
    now += MINUTE + 1000;
    expect(tokens.verify('stream', stream).outcome).toBe('expired');
  });

  test('of an older secret is still good after a new one came in front', () => {
    const token = tokensOf(OLD).issue('token', HOLDER);
    expect(tokensOf(NEW, OLD).verify('token', token).outcome).toBe('valid');
    expect(tokensOf(NEW).verify('token', token).outcome).toBe('invalid');
  });

  const claims = { kind: 'token', conv: 'c1', user: 'dl_u1', exp: 4_000_000_000 };
  test.each([
    ['is signed by a stranger under our key id', sign(claims, 'stranger', { keyid: 'new' })],
    ['has no signature', sign(claims, '', { algorithm: 'none', keyid: 'new' })],
    [
      'is signed with the secret that callers send',
      sign(claims, createSecretKey(NEW.secret), { keyid: 'new' }),
    ],
    ['names no key', sign(claims, 'stranger')],
    ['is no token at all', 'not.a.token'],
    ['is empty', ''],
    ['is endless', `${'a'.repeat(5000)}.b.c`],
  ])('is refused when it %s', (_why, token) => {
    expect(tokensOf(NEW).verify('token', token)).toEqual({ outcome: 'invalid' });
    expect(tokensOf(NEW).verifyForRenewal(token)).toEqual({ outcome: 'invalid' });
  });

  test('is refused when a letter of it was changed', () => {
    const tokens = tokensOf(NEW);
    const [header, , signature] = tokens.issue('token', HOLDER).split('.');
    const other = Buffer.from(JSON.stringify({ ...claims, conv: 'c2' })).toString('base64url');
    expect(tokens.verify('token', `${header}.${other}.${signature}`).outcome).toBe('invalid');
  });
});

describe('a secret sent as Bearer', () => {
  const base64 = NEW.secret.toString('base64');
  test.each([
    ['its base64', base64, true],
    ['its base64 without padding', base64.replace(/=+$/, ''), true],
    ['id and base64', `new:${base64}`, true],
    ['an older secret', OLD.secret.toString('base64'), true],
    ['the id of another', `old:${base64}`, false],
    ['another secret', Buffer.alloc(32, 3).toString('base64'), false],
    ['the beginning of it', NEW.secret.subarray(0, 31).toString('base64'), false],
    ['nothing', '', false],
  ])('%s', (_what, bearer, known) => {
    expect(tokensOf(NEW, OLD).isSecret(bearer)).toBe(known);
  });
});
