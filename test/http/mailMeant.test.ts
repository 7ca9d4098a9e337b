import { roundOf } from '../../services/caseRounds';
import { INFO, MailDesk, MANAGER, MINUTE_MS, replyAddressOf, RINA } from '../support/mailDesk';
import { bounceOf, replyTo } from '../support/mailer';

const STRANGER = 'eve@example.net';
const HELD = /Send or discard\?/;
const ALARM = /was it you\?/;
const AGAIN = /The customer has written again/;

let desk: MailDesk;
beforeEach(async () => {
  desk = await MailDesk.start();
});
afterEach(() => desk.close());

const answersOf = async (reference: string) => roundOf(await desk.caseOf(reference)).answers;

describe('what was meant for the desk never goes to the customer', () => {
  test.each<[string, string]>([
    ['a word without its #', 'note: he is lying, ask legal before answering'],
    ['a word on the second line', 'Hello Ravi,\n#note this is on the second line'],
    ['a word alone', 'discard'],
    ['nothing but thanks', 'Ok, thanks!'],
  ])('%s is held', async (_what, words) => {
    const { reference, notification } = await desk.openByMail();
    await desk.deliver(replyTo(notification, words));
    expect(await answersOf(reference)).toEqual([]);
    expect((await desk.last(MANAGER, HELD)).text).toContain(reference);
  });

  test('a reply to a mail that confirms something is held', async () => {
    const { reference, notification } = await desk.openByMail();
    await desk.deliver(replyTo(notification, '#note Called the sales team.'));
    const done = await desk.last(MANAGER, /Your note is kept/);
    await desk.deliver(replyTo(done, 'Good, and put her name on the list.'));
    expect(await answersOf(reference)).toEqual([]);
    expect((await desk.last(MANAGER, HELD)).text).toContain('put her name on the list');
  });

  test('a mail to the reply addresses of two cases answers neither', async () => {
    const first = await desk.openByMail();
    const second = await desk.openByMail({ from: 'tara@example.org', text: 'Another matter.' });
    const reply = replyTo(first.notification, 'One answer for both.');
    const to = [first, second].map(({ notification }) => replyAddressOf(notification));
    await desk.deliver({ ...reply, to, envelope: { from: MANAGER, to } });
    expect(await answersOf(first.reference)).toEqual([]);
    expect(await answersOf(second.reference)).toEqual([]);
    expect((await desk.last(MANAGER, /Nothing was done/)).text).toContain('several cases');
  });

  test.each<[string, string]>([
    ['an answer', 'Your card 4111 1111 1111 1111 is blocked.'],
    ['the reason of a closing', '#close She blocked 4111 1111 1111 1111 herself.'],
    ['the reason of a later date', '#extend 2026-12-04 The bank looks into 4111 1111 1111 1111.'],
  ])('a card number in %s is masked', async (_what, words) => {
    const { notification } = await desk.openByMail();
    await desk.deliver(replyTo(notification, words));
    expect((await desk.last(RINA, /^Re: /)).text).toContain('•••• •••• •••• 1111');
    expect((await desk.last(MANAGER)).text).not.toContain('4111 1111');
  });
});

describe('a manager who replies to all in a thread of the customer’s', () => {
  test('is alarmed at once, and lets it through with one word', async () => {
    const { reference, acknowledgement } = await desk.openByMail();
    const customers = replyTo(acknowledgement, 'Any news?');
    const to = replyAddressOf(acknowledgement);
    await desk.deliver({ ...customers, cc: MANAGER, envelope: { from: RINA, to } });
    await desk.deliver({
      ...customers,
      from: MANAGER,
      messageId: '<all@example.com>',
      text: 'We have found it.',
      html: undefined,
    });
    expect(await answersOf(reference)).toEqual([]);
    desk.clock.advance(5 * MINUTE_MS);
    await desk.deliver(replyTo(await desk.last(MANAGER, ALARM), '#send'));
    expect(await answersOf(reference)).toMatchObject([{ by: MANAGER, text: 'We have found it.' }]);
  });
});

describe('nobody gets into another’s case', () => {
  test('by a bounce that names a mail of its customer, and a mail in that thread', async () => {
    const { reference } = await desk.openByMail({ messageId: '<first@example.org>' });
    const { id } = await desk.caseOf(reference);
    const returned = `Message-ID: <${id}-case.acknowledgement-1@comantra.net>\r\n`;
    const bounce = bounceOf(INFO, { returned });
    const raw = bounce.raw
      .replace(/Message-ID: <[^>]*>/, 'Message-ID: <fake@example.net>')
      .replace('MAILER-DAEMON@mx.example.org', STRANGER);
    await desk.deliver({ ...bounce, raw });
    await desk.deliver({
      from: STRANGER,
      to: INFO,
      subject: '',
      inReplyTo: '<fake@example.net>',
      text: 'And now I am in.',
    });
    expect((await desk.caseOf(reference)).followUps).toEqual([]);
  });

  test('and what a person lets through of somebody else is shown as theirs', async () => {
    const { reference, acknowledgement } = await desk.openByMail();
    await desk.deliver({ ...replyTo(acknowledgement, 'I am her husband.'), from: STRANGER });
    const { inbound } = desk.office.records;
    const [waiting] = await inbound.list(['quarantined'], 5);
    expect(waiting?.reason).toBe('otherSender');
    await inbound.release(waiting!.id, desk.clock.now());
    await desk.settle();
    const told = await desk.last(MANAGER, AGAIN);
    expect(told.text).toContain(`What ${STRANGER} wrote, who is not the customer`);
    expect((await desk.caseOf(reference)).rounds).toHaveLength(1);
  });
});
