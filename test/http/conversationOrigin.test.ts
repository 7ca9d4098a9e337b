import { networkOf } from '../../bot/directLine/network';
import type { Store } from '../../models/store';
import { BEARER, DirectLineDesk, openMemory, type Token } from '../support/directLineDesk';

describe('the network of an address', () => {
  test.each([
    ['198.51.100.7', '198.51.100.7'],
    ['::ffff:198.51.100.7', '198.51.100.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['2001:db8:1::2:3:4:5', '2001:db8:1:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::1.2.3.4', '0:0:0:0::/64'],
    ['', ''],
    ['no address', 'no address'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('a conversation', () => {
  let store: Store;
  let desk: DirectLineDesk;
  beforeEach(async () => {
    store = await openMemory();
    desk = await DirectLineDesk.start(store, {
      clientAddress: (request) => String(request.headers['x-client']),
    });
  });
  afterEach(async () => {
    await DirectLineDesk.killAll();
    await store.close();
  });

  /** Begins a conversation and gives what stands for where it came from. */
  const originOf = async (client: string, bearer?: string): Promise<string | undefined> => {
    const headers = { 'x-client': client };
    const page = await desk.call<Token>('POST', '/webchat/token', { headers });
    const started = await desk.call<Token>('POST', '/v3/directline/conversations', {
      ...{ bearer: bearer ?? page.body.token, body: {}, headers },
    });
    expect(started.status).toBe(201);
    return desk.conversations.originOf(started.body.conversationId);
  };

  test('is known by the network that it was begun from', async () => {
    const [one, same, other] = [
      await originOf('2001:db8:1:2::5'),
      await originOf('2001:db8:1:2::6'),
      await originOf('2001:db8:1:3::5'),
    ];
    expect(one).toBeDefined();
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });

  test('is not, when whoever holds the secret began it for a customer', async () => {
    expect(await originOf('198.51.100.7', BEARER)).toBeUndefined();
  });
});
