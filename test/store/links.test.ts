import { createHash } from 'node:crypto';
import { vaultOf } from '../../models/sealed';
import { LinkRecords } from '../../models/links';
import type { Store } from '../../models/store';
import { systemIds } from '../../bot/system';
import {
  CONTINUE_LASTS_MS,
  DISOWN_LASTS_MS,
  LINK_TOKEN,
  Links,
  RESET_LASTS_MS,
  type LinkPurpose,
} from '../../services/links';
import { auditEventEffect } from '../../services/recordEffects';
import { TestClock } from '../support/doubles';
import { describeOnStores, STORE_KEY } from '../support/stores';

const URL = 'https://desk.example.com';
const NOW = new Date('2026-11-23T04:30:00Z');
const DAY_MS = 24 * 60 * 60 * 1000;
const CUSTOMER = '22222222-2222-4222-8222-222222222222';
const DISOWN: LinkPurpose = {
  ...{ kind: 'disown', customerId: CUSTOMER, mailbox: 'asha@example.com', about: 'change' },
  updateId: '33333333-3333-4333-8333-333333333333',
};
const PURPOSES: readonly LinkPurpose[] = [
  DISOWN,
  { kind: 'continue', updateId: '33333333-3333-4333-8333-333333333333', email: 'a@example.com' },
  { kind: 'reset', customerId: CUSTOMER },
];

describeOnStores('links in mails', (open) => {
  let store: Store;
  let clock: TestClock;
  let records: LinkRecords;
  let links: Links;
  const linksOn = (of: Store) => new Links(new LinkRecords(of), clock, systemIds, URL);
  const effectOf = (id: string) =>
    auditEventEffect(id, 'sent', {
      ...{ action: 'reset.sent', at: NOW, by: 'customer' },
      about: { kind: 'record', id: CUSTOMER },
    });
  beforeEach(async () => {
    store = await open();
    clock = new TestClock(NOW);
    records = new LinkRecords(store);
    await records.ensureIndexes();
    links = new Links(records, clock, systemIds, URL);
  });

  test('lead to what they were made for, each to its own', async () => {
    for (const purpose of PURPOSES) {
      const { id, token } = await links.mint(purpose, DISOWN_LASTS_MS);
      expect(await links.look(token)).toEqual({ outcome: 'open', id, purpose });
      expect(await links.look(token)).toEqual({ outcome: 'open', id, purpose });
    }
  });

  test('hold 256 bits, and never the same', async () => {
    const minted = await Promise.all(
      Array.from({ length: 200 }, () => links.mint(DISOWN, DISOWN_LASTS_MS)),
    );
    for (const { token } of minted) expect(token).toMatch(LINK_TOKEN);
    expect(new Set(minted.map(({ token }) => token)).size).toBe(200);
    expect(Buffer.from(minted[0]!.token, 'base64url').length).toBe(32);
  });

  test.each([
    ['disown', 0, (token: string) => `${URL}/link/${token}`],
    ['continue', 1, (token: string) => `${URL}/#continue=${token}`],
  ])('of the kind %s have an address of their own', async (_kind, index, address) => {
    const { token, url } = await links.mint(PURPOSES[index]!, DISOWN_LASTS_MS);
    expect(url).toBe(address(token));
  });

  test.each([
    ['72 hours to disown a change', DISOWN_LASTS_MS, 72 * 60],
    ['72 hours to continue a request', CONTINUE_LASTS_MS, 72 * 60],
    ['thirty minutes for a new password', RESET_LASTS_MS, 30],
  ])('last %s, and not a moment longer', async (_what, lastsMs, minutes) => {
    const { token } = await links.mint(DISOWN, lastsMs);
    clock.advance(minutes * 60_000 - 1);
    expect(await links.look(token)).toMatchObject({ outcome: 'open' });
    clock.advance(1);
    expect(await links.look(token)).toEqual({ outcome: 'expired' });
    expect(await links.use(token, 'c1')).toEqual({ outcome: 'expired' });
    expect(await links.look(token)).toEqual({ outcome: 'expired' });
  });

  test('are used once, and again only by whoever used them, until they are over', async () => {
    const { id, token } = await links.mint(DISOWN, DISOWN_LASTS_MS);
    const used = { outcome: 'open', id, purpose: DISOWN };
    expect(await links.use(token, 'c1')).toEqual(used);
    expect(await links.use(token, 'c2')).toEqual({ outcome: 'used' });
    expect(await links.look(token)).toEqual({ outcome: 'used' });
    clock.advance(DISOWN_LASTS_MS - 1);
    expect(await links.use(token, 'c1')).toEqual(used);
    clock.advance(1);
    for (const by of ['c1', 'c2']) expect(await links.use(token, by)).toEqual({ outcome: 'used' });
  });

  test('used by fifty at once let one in, and what follows follows once', async () => {
    const { id, token } = await links.mint(DISOWN, DISOWN_LASTS_MS);
    const tried = await Promise.all(
      Array.from({ length: 50 }, (_, index) => links.use(token, `c${index}`, [effectOf(id)])),
    );
    expect(tried.filter(({ outcome }) => outcome === 'open')).toHaveLength(1);
    expect(tried.filter(({ outcome }) => outcome === 'used')).toHaveLength(49);
    const [waiting] = await records.effects.withEffects(10);
    expect(waiting?.content?.effects).toHaveLength(1);
  });

  test.each([
    ['another token', (token: string) => `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`],
    ['a shorter one', (token: string) => token.slice(1)],
    ['a longer one', (token: string) => `${token}A`],
    ['a query', () => '{"$gt":""}'],
    ['nothing', () => ''],
  ])('%s is none', async (_name, change) => {
    const { token } = await links.mint(DISOWN, DISOWN_LASTS_MS);
    expect(await links.look(change(token))).toEqual({ outcome: 'unknown' });
    expect(await links.use(change(token), 'c1')).toEqual({ outcome: 'unknown' });
    expect(await links.look(token)).toMatchObject({ outcome: 'open' });
  });

  test('carry what follows from them, and a decoy carries nothing', async () => {
    const purpose = { kind: 'reset', customerId: CUSTOMER } as const;
    const made = await links.mint(purpose, RESET_LASTS_MS, ({ id }) => [effectOf(id)]);
    const decoy = await links.mintDecoy(purpose, RESET_LASTS_MS, ({ id }) => [effectOf(id)]);
    expect((await records.effects.withEffects(10)).map(({ id }) => id)).toEqual([made.id]);
    await records.effects.removeEffect(made.id, effectOf(made.id).id);
    expect(await records.effects.withEffects(10)).toEqual([]);
    expect(await links.look(decoy.token)).toMatchObject({ outcome: 'open' });
  });

  test('are forgotten thirty days after their end', async () => {
    const { token } = await links.mint(DISOWN, DISOWN_LASTS_MS);
    clock.advance(DISOWN_LASTS_MS + 30 * DAY_MS);
    await links.removeOld();
    expect(await links.look(token)).toEqual({ outcome: 'expired' });
    clock.advance(1);
    await links.removeOld();
    expect(await links.look(token)).toEqual({ outcome: 'unknown' });
  });

  test('are not in the store, which keeps their hashes and seals their purpose', async () => {
    const { token } = await links.mint(DISOWN, DISOWN_LASTS_MS, ({ id }) => [effectOf(id)]);
    const kept = await store.connection.collection('links').find().toArray();
    expect(kept.map(({ _id: id }) => String(id))).toEqual([
      createHash('sha256').update(token).digest('hex'),
    ]);
    expect(JSON.stringify(kept)).not.toMatch(new RegExp(`${token}|asha|${CUSTOMER}`));
  });

  test('are known after the key was changed, as long as the old one reads', async () => {
    const { token } = await links.mint(DISOWN, DISOWN_LASTS_MS);
    const vault = vaultOf([{ id: 'k2', secret: Buffer.alloc(32, 9) }, STORE_KEY]);
    expect(await linksOn({ ...store, vault }).look(token)).toMatchObject({ purpose: DISOWN });
  });
});
