import type { Store } from '../../models/store';
import type { CallAsker } from '../../services/verification';
import { customerOf } from '../support/customers';
import { commandsOf } from '../support/recordDesk';
import { describeOnStores } from '../support/stores';
import { verificationDesk, wrongFor, type VerificationDesk } from '../support/verificationDesk';

const ASHA = customerOf({ userName: 'asha', email: 'asha.rao@example.com' });
const SILENT = customerOf({ userName: 'silent' });
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const CALL: CallAsker = {
  ...{ callId: 'one', agentId: 'meera', agentName: 'Meera', purpose: 'change' },
  origin: 'agent/meera',
};
/** A chat that somehow has the very name that the call goes by. */
const CHAT = { conversationId: 'call:one' };

describeOnStores('a code that is read out on the telephone', (open) => {
  let store: Store;
  let desk: VerificationDesk;
  beforeEach(async () => {
    store = await open();
    desk = await verificationDesk(store);
    await desk.know(ASHA, SILENT);
  });
  const start = (typed = 'asha', over: Partial<CallAsker> = {}) =>
    desk.verifications.startCall({ ...CALL, ...over }, typed);
  const outcome = async (code: string, over: Partial<CallAsker> = {}) =>
    (await desk.verifications.checkCall({ ...CALL, ...over }, code)).outcome;

  test('proves the mailbox on file in the call, for a purpose', async () => {
    expect(await start()).toEqual({ outcome: 'sent' });
    expect(await desk.verifications.checkCall(CALL, await desk.code())).toEqual({
      ...{ outcome: 'verified', customerId: ASHA.id, purpose: 'change' },
    });
    expect(await desk.verifications.callProof('one')).toMatchObject({ customerId: ASHA.id });
    await desk.settle();
    const [proved] = await desk.audit.entriesAbout('record', ASHA.id);
    expect(proved).toMatchObject({ action: 'record.verified', facts: { by: 'call' } });
  });

  describe('comes in a mail', () => {
    const mail = async () => {
      const [first, ...others] = await desk.settle();
      expect(others).toEqual([]);
      return first!;
    };

    test('that says who asks, for what, only if you called us, and how to stop it', async () => {
      await start();
      const { to, subject, text } = await mail();
      expect(to).toBe(ASHA.email);
      expect(subject).toBe('A code for your call with Comantra');
      expect(text).toContain('Meera of Comantra is on the telephone');
      expect(text).toContain('wants data changed');
      expect(text).toContain('only if you called us');
      expect(text).toContain('of no use in any chat');
      const [, token = ''] = /Stop: I did not call\. https:\S+\/link\/(\S+) opens/.exec(text) ?? [];
      expect(await desk.links.look(token)).toMatchObject({
        outcome: 'open',
        purpose: {
          ...{ kind: 'stopCall', callId: 'one', customerId: ASHA.id, mailbox: ASHA.email },
        },
      });
    });

    test.each([
      ['change', 'wants data changed'],
      ['report', 'reports something'],
      ['question', 'asks about the data'],
    ] as const)('that names the purpose %s', async (purpose, words) => {
      await start('asha', { purpose });
      expect((await mail()).text).toContain(words);
    });

    test('that does not contradict that of a code for a chat', async () => {
      await start();
      expect((await mail()).text).toContain(
        'nobody from Comantra asks for that by telephone or by mail',
      );
      desk.clock.advance(MINUTE);
      await desk.verifications.start({ conversationId: 'chat' }, 'asha');
      expect((await mail()).text).toContain(
        'Nobody from Comantra will ever ask you for this code, by telephone or by mail.',
      );
    });

    test('to an address that we do not know, without a code or a link', async () => {
      await start('nobody@example.com');
      const { to, text } = await mail();
      expect(to).toBe('nobody@example.com');
      expect(text).toContain('We keep no customer record');
      expect(text).not.toMatch(/\d{3} \d{3}|link\//);
    });
  });

  test('is asked for at the same cost and with the same outcome, whether or not there is a record', async () => {
    const costs: string[][] = [];
    for (const [callId, typed] of Object.entries({
      ...{ a: 'asha', b: 'nobody@example.com', c: 'silent', d: 'nobody' },
    }))
      costs.push(
        await commandsOf(store, async () => {
          expect(await start(typed, { callId })).toEqual({ outcome: 'sent' });
        }),
      );
    for (const cost of costs) expect(cost).toEqual(costs[0]);
    const outcomes = [];
    for (const callId of ['a', 'b', 'c', 'd'])
      outcomes.push(await desk.verifications.checkCall({ ...CALL, callId }, '000000'));
    expect(new Set(outcomes.map((each) => JSON.stringify(each))).size).toBe(1);
  });

  describe('is of no use', () => {
    test('in a chat, even one of the same name; nor its proof', async () => {
      await start();
      const code = await desk.code();
      expect((await desk.verifications.check(CHAT, code)).outcome).toBe('none');
      expect((await desk.verifications.checkMailbox(CHAT, code)).outcome).toBe('none');
      await desk.verifications.start(CHAT, 'asha');
      expect((await desk.verifications.check(CHAT, code)).outcome).toBe('wrong');
      expect(await outcome(code)).toBe('verified');
      expect(await desk.verifications.proof(CHAT.conversationId)).toBeUndefined();
      expect(await desk.verifications.proof('one')).toBeUndefined();
    });

    test('as that of a chat is in a call', async () => {
      await desk.verifications.start(CHAT, 'asha');
      const code = await desk.code();
      expect(await outcome(code)).toBe('none');
      await start();
      expect(await outcome(code)).toBe('wrong');
      expect((await desk.verifications.check(CHAT, code)).outcome).toBe('verified');
      expect(await desk.verifications.callProof('one')).toBeUndefined();
    });

    test('to another agent, and their try does not count', async () => {
      await start();
      const code = await desk.code();
      for (let tries = 0; tries < 6; tries += 1)
        expect(await outcome(code, { agentId: 'tom' })).toBe('none');
      expect(await outcome(code)).toBe('verified');
    });

    test('in another call', async () => {
      await start();
      const code = await desk.code();
      expect(await outcome(code, { callId: 'two' })).toBe('none');
      desk.clock.advance(MINUTE);
      await start('asha', { callId: 'two' });
      expect(await outcome(code, { callId: 'two' })).toBe('wrong');
    });

    test('once another purpose is asked for', async () => {
      await start('asha', { purpose: 'question' });
      const code = await desk.code();
      expect(await start('asha', { purpose: 'change' })).toMatchObject({ outcome: 'throttled' });
      desk.clock.advance(31 * SECOND);
      expect(await start('asha', { purpose: 'change' })).toEqual({ outcome: 'sent' });
      expect(await outcome(code)).toBe('wrong');
    });

    test('when the call was stopped or ended, nor is what it proved', async () => {
      await start();
      const code = await desk.code();
      await desk.verifications.stopCall('one');
      expect(await outcome(code)).toBe('none');
      desk.clock.advance(MINUTE);
      await start();
      expect(await outcome(await desk.code())).toBe('verified');
      await desk.verifications.stopCall('one');
      expect(await desk.verifications.callProof('one')).toBeUndefined();
    });

    test('twice, after ten minutes, or after five wrong ones', async () => {
      await start();
      const code = await desk.code();
      expect(await outcome(code)).toBe('verified');
      expect(await outcome(code)).toBe('none');
      desk.clock.advance(MINUTE);
      await start();
      const late = await desk.code();
      desk.clock.advance(10 * MINUTE);
      expect(await outcome(late)).toBe('expired');
      await start();
      const spent = await desk.code();
      for (let tries = 1; tries <= 5; tries += 1) await outcome(wrongFor(spent, tries));
      expect(await outcome(spent)).toBe('spent');
    });
  });

  test('is counted with the codes of the chat, for the mailbox and by agent', async () => {
    for (let sent = 0; sent < 5; sent += 1)
      await desk.verifications.start({ conversationId: `chat ${sent}` }, ASHA.email!);
    expect(await start(ASHA.email)).toEqual({ outcome: 'throttled', by: 'mailbox' });
    for (let sent = 0; sent < 20; sent += 1) await start(`u${sent}`, { callId: `c${sent}` });
    expect(await start('u20', { callId: 'c20' })).toEqual({ outcome: 'throttled', by: 'origin' });
    const other = { callId: 'c21', agentId: 'tom', origin: 'agent/tom' };
    expect(await start('u21', other)).toEqual({ outcome: 'sent' });
  });

  test('that somebody tries to guess closes codes for the mailbox, which is told where', async () => {
    for (const callId of ['a', 'b', 'c']) {
      await start('asha', { callId });
      const code = await desk.code();
      for (let tries = 1; tries <= 5; tries += 1) await outcome(wrongFor(code, tries), { callId });
    }
    await desk.settle();
    const mail = desk.mails.find(({ subject }) => subject.includes('guess'));
    expect(mail?.subject).toBe('Somebody tried to guess your code for a call with Comantra');
    expect(mail?.text).toContain('Somebody on the telephone with Comantra gave wrong codes');
  });
});
