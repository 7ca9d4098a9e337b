import type { Store } from '../../models/store';
import { customerOf, storeCustomers } from '../support/customers';
import {
  ACCOUNT_URL,
  commandsOf,
  DESK_URL,
  recordDesk,
  type RecordDesk,
} from '../support/recordDesk';
import { describeOnStores } from '../support/stores';

const MINUTE_MS = 60_000;
const EMAIL = 'asha.rao@example.com';
const UNKNOWN = 'nobody@example.net';
const ASHA = customerOf({ userName: 'asha.rao', name: 'Asha Rao', email: EMAIL });
const REFUSED = { outcome: 'refused' };

describeOnStores('links for a new password', (open) => {
  let store: Store;
  let desk: RecordDesk;
  beforeEach(async () => {
    store = await open();
    desk = await recordDesk(store);
    await storeCustomers(desk.records.customers, ASHA);
  });
  const asker = (conversationId = 'c1', origin = 'somewhere') => ({ conversationId, origin });
  /** The addresses in the last mail to a mailbox. */
  const linksIn = async (email = EMAIL): Promise<URL[]> => {
    await desk.settle();
    const { text = '' } = desk.mailsTo(email).at(-1) ?? {};
    return (text.match(/https:\S+/g) ?? []).map((each) => new URL(each));
  };
  const mailed = async (): Promise<string> => {
    await desk.passwordLinks.send(asker(), EMAIL);
    const [reset] = await linksIn();
    return reset!.searchParams.get('ticket')!;
  };

  test('go to the mailbox on file, into the account site, and its query stays', async () => {
    expect(await desk.passwordLinks.send(asker(), 'ASHA.RAO')).toEqual({ outcome: 'sent' });
    const [reset, disown] = await linksIn();
    expect(reset!.href).toContain(`${ACCOUNT_URL}&ticket=`);
    expect(disown!.href).toMatch(new RegExp(`^${DESK_URL}/link/[\\w-]{43}$`));
    const [mail, ...more] = desk.mails;
    expect(more).toEqual([]);
    expect(mail?.text).toContain('We never mail passwords');
    expect(`${mail?.subject}${mail?.text}`).not.toMatch(/asha|rao/i);
    expect(await desk.links.look(disown!.pathname.slice('/link/'.length))).toMatchObject({
      purpose: { kind: 'disown', customerId: ASHA.id, mailbox: EMAIL, about: 'reset' },
    });
  });

  test('tell the account site who it is, once', async () => {
    const ticket = await mailed();
    expect(await desk.passwordLinks.redeem(ticket)).toEqual({
      ...{ outcome: 'ok', userName: 'asha.rao' },
    });
    expect(await desk.passwordLinks.redeem(ticket)).toEqual(REFUSED);
    await desk.settle();
    expect(await desk.actionsAbout(ASHA.id)).toEqual(['reset.sent', 'reset.used']);
  });

  test('redeemed twenty times at once let one in', async () => {
    const ticket = await mailed();
    const redeemed = await Promise.all(
      Array.from({ length: 20 }, () => desk.passwordLinks.redeem(ticket)),
    );
    expect(redeemed.filter(({ outcome }) => outcome === 'ok')).toHaveLength(1);
  });

  test('are over after thirty minutes', async () => {
    const ticket = await mailed();
    desk.clock.advance(30 * MINUTE_MS);
    expect(await desk.passwordLinks.redeem(ticket)).toEqual(REFUSED);
  });

  test.each<[string, (ticket: string) => string]>([
    ['with another token', (ticket) => `${ticket.startsWith('A') ? 'B' : 'A'}${ticket.slice(1)}`],
    ['that lasts longer', (ticket) => ticket.replace(/\.(\d+)\./, '.9$1.')],
    ['without its mark', (ticket) => ticket.replace(/\.[^.]*$/, '')],
    ['of a token alone', (ticket) => ticket.split('.')[0]!],
    ['of nothing', () => ''],
    ['of dots', () => '...'],
  ])('are refused as a ticket %s', async (_what, forge) => {
    const ticket = await mailed();
    expect(await desk.passwordLinks.redeem(forge(ticket))).toEqual(REFUSED);
    expect(await desk.passwordLinks.redeem(ticket)).toMatchObject({ outcome: 'ok' });
  });

  test('are refused while the record is held still, and good again if it is let go in time', async () => {
    const ticket = await mailed();
    await desk.freezes.asked(asker(), EMAIL);
    expect(await desk.passwordLinks.redeem(ticket)).toEqual(REFUSED);
    const deed = { at: desk.clock.now(), by: 'manager@example.com', reason: 'It is she.' };
    await desk.decisions.lift('asha.rao', deed);
    expect(await desk.passwordLinks.redeem(ticket)).toMatchObject({ outcome: 'ok' });
  });

  test.each<[string, string, () => Promise<unknown>]>([
    ['an unknown address', UNKNOWN, async () => undefined],
    ['an unknown user name', 'nobody', async () => undefined],
    [
      'a record without an address',
      'no.mail',
      () => storeCustomers(desk.records.customers, customerOf({ userName: 'no.mail' })),
    ],
  ])('for %s: the same words, the same work, no mail', async (_what, typed, before) => {
    await before();
    await desk.settle();
    const mails = desk.mails.length;
    const writes = async (run: () => Promise<unknown>) =>
      (await commandsOf(store, run)).filter((each) => !each.includes('find'));
    const unknown = await writes(async () => {
      expect(await desk.passwordLinks.send(asker('c1'), typed)).toEqual({ outcome: 'sent' });
    });
    await desk.settle();
    expect(desk.mails.length).toBe(mails);
    await storeCustomers(desk.records.customers, customerOf({ email: 'rina@example.org' }));
    const known = await writes(() => desk.passwordLinks.send(asker('c2'), 'rina@example.org'));
    expect(unknown).toEqual(known);
    await desk.settle();
    expect(desk.mailsTo('rina@example.org')).toHaveLength(1);
  });

  test('are not sent for a record that is held still, whose mailbox is told why', async () => {
    await desk.freezes.asked(asker('c0'), EMAIL);
    await desk.settle();
    const before = desk.mailsTo(EMAIL).length;
    const writes = async (typed: string, conversation: string) => {
      const commands = await commandsOf(store, async () => {
        expect(await desk.passwordLinks.send(asker(conversation), typed)).toEqual({
          outcome: 'sent',
        });
      });
      return commands.filter((each) => !each.includes('find'));
    };
    expect(await writes('asha.rao', 'c1')).toEqual(await writes(UNKNOWN, 'c2'));
    await desk.settle();
    const [mail, ...more] = desk.mailsTo(EMAIL).slice(before);
    expect(more).toEqual([]);
    expect(mail?.subject).toBe('No link for a new Comantra password at present');
    expect(mail?.text).toContain('write to info@comantra.net');
    expect(`${mail?.text}${mail?.html}`).not.toMatch(/https?:|asha|rao/i);
    expect(await desk.actionsAbout(ASHA.id)).toEqual(['record.frozen']);
  });

  test.each([
    ['known', EMAIL],
    ['unknown', UNKNOWN],
  ])('are three a day for what was typed: %s', async (_what, typed) => {
    for (const conversation of ['c1', 'c2', 'c3'])
      expect(await desk.passwordLinks.send(asker(conversation), typed)).toEqual({
        outcome: 'sent',
      });
    const throttled = { outcome: 'throttled', by: 'mailbox' };
    expect(await desk.passwordLinks.send(asker('c4'), typed.toUpperCase())).toEqual(throttled);
    desk.clock.advance(24 * 60 * MINUTE_MS);
    expect(await desk.passwordLinks.send(asker('c4'), typed)).toEqual({ outcome: 'sent' });
  });

  test('are three a day for a mailbox, by whatever name it was asked for; nobody is told', async () => {
    for (const typed of [EMAIL, 'asha.rao', EMAIL, 'asha.rao'])
      expect(await desk.passwordLinks.send(asker(typed), typed)).toEqual({ outcome: 'sent' });
    await desk.settle();
    expect(desk.mailsTo(EMAIL)).toHaveLength(3);
  });

  test('are three an hour for a conversation and ten for where it comes from', async () => {
    for (const typed of ['a', 'b', 'c']) await desk.passwordLinks.send(asker(), typed);
    expect(await desk.passwordLinks.send(asker(), EMAIL)).toEqual({
      ...{ outcome: 'throttled', by: 'conversation' },
    });
    for (let index = 0; index < 7; index += 1)
      await desk.passwordLinks.send(asker(`d${index}`), `user${index}`);
    expect(await desk.passwordLinks.send(asker('e'), EMAIL)).toEqual({
      ...{ outcome: 'throttled', by: 'origin' },
    });
    desk.clock.advance(60 * MINUTE_MS);
    expect(await desk.passwordLinks.send(asker(), EMAIL)).toEqual({ outcome: 'sent' });
  });

  test('are offered only where there is an account site', async () => {
    expect(desk.passwordLinks.available).toBe(true);
    const without = await recordDesk(await open(), { accountUrl: undefined });
    expect(without.passwordLinks.available).toBe(false);
  });
});
