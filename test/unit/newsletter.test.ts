import { vaultOf } from '../../models/sealed';
import type { Store } from '../../models/store';
import { Newsletter } from '../../services/records/newsletter';
import { readSigned, signed } from '../../services/records/signedTickets';
import { customerOf, storeCustomers } from '../support/customers';
import { DESK_URL, recordDesk, type RecordDesk } from '../support/recordDesk';
import { openMemory } from '../support/directLineDesk';

const EMAIL = 'asha.rao@example.com';
const ASHA = customerOf({
  ...{ userName: 'asha.rao', email: EMAIL, newsletter: true, marketingEmail: true },
});
const OLD = { id: 'old', secret: Buffer.alloc(32, 1) };
const NEW = { id: 'new', secret: Buffer.alloc(32, 2) };

describe('a signed ticket', () => {
  const vault = vaultOf([OLD]);
  const ticket = signed(vault, 'newsletter', ASHA.id);

  test('says what it said, to its own purpose alone', () => {
    expect(readSigned(vault, 'newsletter', ticket)).toBe(ASHA.id);
    expect(readSigned(vault, 'reset-ticket', ticket)).toBeUndefined();
  });

  test('is good under every key of the ring, and under no other', () => {
    expect(readSigned(vaultOf([NEW, OLD]), 'newsletter', ticket)).toBe(ASHA.id);
    expect(readSigned(vaultOf([NEW]), 'newsletter', ticket)).toBeUndefined();
  });

  test.each([
    ['another id', ticket.replace(/^./, (first) => (first === 'a' ? 'b' : 'a'))],
    ['another mark', ticket.slice(0, -2) + (ticket.endsWith('AA') ? 'BB' : 'AA')],
    ['a mark cut short', ticket.slice(0, -1)],
    ['no mark', `${ASHA.id}.`],
    ['no dot', ASHA.id],
    ['nothing', ''],
    ['a book', `${'x'.repeat(100_000)}.${ticket}`],
  ])('with %s is none', (_what, forged) => {
    expect(readSigned(vault, 'newsletter', forged)).toBeUndefined();
  });
});

describe('the link out of the newsletter', () => {
  let store: Store;
  let desk: RecordDesk;
  let newsletter: Newsletter;
  beforeEach(async () => {
    store = await openMemory();
    desk = await recordDesk(store);
    ({ newsletter } = desk);
    await storeCustomers(desk.records.customers, ASHA);
  });
  afterEach(() => store.close());
  const ticketOf = (customerId: string): string =>
    newsletter.linkOf(customerId).slice(`${DESK_URL}/newsletter/`.length);
  const asha = () => desk.records.customers.byId(ASHA.id);

  test('takes its customer off, and nothing else changes', async () => {
    expect(await newsletter.leaveByTicket(ticketOf(ASHA.id))).toBe('left');
    expect(await asha()).toEqual({ ...ASHA, newsletter: false, revision: 1 });
    await desk.settle();
    expect(desk.mailsTo(EMAIL).map(({ subject }) => subject)).toEqual([
      'You have left the Comantra newsletter',
    ]);
    expect(await desk.actionsAbout(ASHA.id)).toEqual(['record.unsubscribed']);
  });

  test('changes nothing a second time, nor when pressed ten times at once', async () => {
    const pressed = Array.from({ length: 10 }, () => newsletter.leaveByTicket(ticketOf(ASHA.id)));
    expect(new Set(await Promise.all(pressed))).toEqual(new Set(['left']));
    await newsletter.leaveByTicket(ticketOf(ASHA.id));
    await desk.settle();
    expect((await asha())?.revision).toBe(1);
    expect(desk.mails).toHaveLength(1);
  });

  test('never joins anybody', async () => {
    const gone = customerOf({ newsletter: false, email: 'rina@example.org' });
    await storeCustomers(desk.records.customers, gone);
    expect(await newsletter.leaveByTicket(ticketOf(gone.id))).toBe('left');
    expect(await desk.records.customers.byId(gone.id)).toEqual(gone);
  });

  test('works on a record that is held still, years later', async () => {
    await desk.freezes.asked({ conversationId: 'c1' }, EMAIL);
    const ticket = ticketOf(ASHA.id);
    desk.clock.set(new Date('2036-01-01T00:00:00Z'));
    expect(await newsletter.leaveByTicket(ticket)).toBe('left');
    expect((await asha())?.newsletter).toBe(false);
  });

  test('of a record that is gone seems to work', async () => {
    expect(await newsletter.leaveByTicket(ticketOf('gone'))).toBe('left');
  });

  test('of somebody who made it up does nothing', async () => {
    const forged = `${ASHA.id}.${'A'.repeat(43)}`;
    expect(newsletter.knows(forged)).toBe(false);
    expect(await newsletter.leaveByTicket(forged)).toBe('unknown');
    expect(await asha()).toEqual(ASHA);
  });

  test('names nobody', () => {
    expect(ticketOf(ASHA.id).replace(ASHA.id, '')).toMatch(/^\.[\w-]{43}$/);
    expect(newsletter.knows(ticketOf(ASHA.id))).toBe(true);
  });
});
