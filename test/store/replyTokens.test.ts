import { createHash } from 'node:crypto';
import { ReplyTokenRecords } from '../../models/replyTokens';
import { vaultOf } from '../../models/sealed';
import type { Store } from '../../models/store';
import { systemIds } from '../../bot/system';
import { ReplyTokens, type ReplyPurpose } from '../../services/replyTokens';
import { TestClock } from '../support/doubles';
import { describeOnStores, STORE_KEY } from '../support/stores';

const PURPOSE: ReplyPurpose = {
  ...{ recipient: 'manager@example.com', recipientIs: 'staff' },
  caseId: '11111111-1111-4111-8111-111111111111',
};

describeOnStores('reply addresses', (open) => {
  let store: Store;
  let tokens: ReplyTokens;
  const tokensOf = (of: Store, domain = 'comantra.net') =>
    new ReplyTokens(new ReplyTokenRecords(of), new TestClock(new Date(0)), systemIds, domain);
  beforeEach(async () => {
    store = await open();
    tokens = tokensOf(store);
  });

  test('are known again for what they were made for, each for its own', async () => {
    const purposes: ReplyPurpose[] = [
      PURPOSE,
      { ...{ recipient: 'rina@example.org', recipientIs: 'customer' }, updateId: 'u1' },
      { ...{ recipient: 'manager@example.com', recipientIs: 'staff' }, heldMailId: 'h1' },
      { ...{ recipient: 'manager@example.com', recipientIs: 'staff' }, digestOf: ['a', 'b'] },
    ];
    const addresses = await Promise.all(purposes.map((purpose) => tokens.mint(purpose)));
    for (const [index, address] of addresses.entries())
      expect(await tokens.purposeOf(address)).toEqual(purposes[index]);
  });

  test('hold 130 bits in letters that every mail program keeps, and are never the same', async () => {
    const addresses = await Promise.all(Array.from({ length: 300 }, () => tokens.mint(PURPOSE)));
    for (const address of addresses) expect(address).toMatch(/^case\+[a-z2-7]{26}@comantra\.net$/);
    expect(new Set(addresses).size).toBe(300);
    const letters = new Set(addresses.flatMap((address) => Array.from(address.slice(5, 31))));
    expect(letters.size).toBe(32);
  });

  test('are known in capitals, too, which some servers make of them', async () => {
    const address = await tokens.mint(PURPOSE);
    expect(await tokens.purposeOf(address.toUpperCase())).toEqual(PURPOSE);
  });

  test.each<[string, (address: string) => string]>([
    ['another token', (address) => address.replace(/\+./, (two) => (two === '+a' ? '+b' : '+a'))],
    ['a shorter one', (address) => address.replace(/.@/, '@')],
    ['a longer one', (address) => address.replace('@', 'a@')],
    ['another domain', (address) => address.replace('comantra.net', 'example.org')],
    ['a domain that ends the same', (address) => address.replace('@', '@evil.')],
    ['a domain that begins the same', (address) => `${address}.example.org`],
    ['two addresses', (address) => `x@example.org,${address}`],
    ['a letter that is none of ours', (address) => address.replace(/\+./, '+1')],
    ['no token', () => 'case+@comantra.net'],
    ['another mailbox', (address) => address.replace('case+', 'info+')],
    ['nothing', () => ''],
  ])('%s is no reply address', async (_name, change) => {
    const address = await tokens.mint(PURPOSE);
    expect(await tokens.purposeOf(change(address))).toBeUndefined();
  });

  test('are not in the store, which keeps their hashes and seals their purpose', async () => {
    const address = await tokens.mint(PURPOSE);
    const token = address.slice(5, 31);
    const kept = await store.connection.collection('replyTokens').find().toArray();
    expect(kept.map(({ _id: id }) => String(id))).toEqual([
      createHash('sha256').update(token).digest('hex'),
    ]);
    expect(JSON.stringify(kept)).not.toMatch(new RegExp(`${token}|manager|example`));
  });

  test('are known after the key was changed, as long as the old one reads', async () => {
    const address = await tokens.mint(PURPOSE);
    const newKey = { id: 'k2', secret: Buffer.alloc(32, 9) };
    const after = tokensOf({ ...store, vault: vaultOf([newKey, STORE_KEY]) });
    expect(await after.purposeOf(address)).toEqual(PURPOSE);
  });
});
