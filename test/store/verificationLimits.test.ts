import type { Store } from '../../models/store';
import type { Asker } from '../../services/verification';
import { CODES, guessesInAYear, TRIES, TRIES_IN_VAIN } from '../../services/verification/bounds';
import { customerOf } from '../support/customers';
import { describeOnStores } from '../support/stores';
import { verificationDesk, wrongFor, type VerificationDesk } from '../support/verificationDesk';

const ASHA = customerOf({ userName: 'asha', email: 'asha@example.com' });
const KNOWN = 'asha@example.com';
const UNKNOWN = 'nobody@example.com';
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const OF_MAILBOX = { outcome: 'throttled', by: 'mailbox' };
const SENT = { outcome: 'sent' };

const asker = (n: number | string, origin?: string): Asker => ({
  conversationId: `c${n}`,
  ...(origin === undefined ? {} : { origin }),
});

test('the odds of guessing are about one in two thousand per mailbox and year', () => {
  const oddsAgainst = CODES / guessesInAYear();
  expect(Math.round(oddsAgainst)).toBe(2055);
  // No other limit lets more through: what a day allows, for as long as a month allows it.
  const { day, month } = TRIES_IN_VAIN.mailbox;
  expect((month.windowMs / day.windowMs) * day.most).toBeGreaterThan(month.most);
  const windowsBegun = Math.ceil((365 * DAY) / month.windowMs);
  expect(Math.floor(CODES / (windowsBegun * month.most))).toBe(1923);
});

describeOnStores('codes are limited', (open) => {
  let store: Store;
  let desk: VerificationDesk;
  let conversations = 0;
  beforeEach(async () => {
    store = await open();
    desk = await verificationDesk(store);
    conversations = 0;
    await desk.know(ASHA);
  });

  const start = (typed: string, from: Asker) => desk.verifications.start(from, typed);
  /** Asks in a conversation of its own. */
  const startAnew = (typed: string, origin?: string) =>
    start(typed, asker((conversations += 1), origin));
  const check = async (from: Asker, code: string) => desk.verifications.check(from, code);
  /** Asks in a new conversation and tries in vain, so often. */
  const guess = async (typed: string, tries = TRIES, origin?: string) => {
    const from = asker((conversations += 1), origin);
    const outcomes: string[] = [(await start(typed, from)).outcome];
    for (let n = 0; n < tries; n += 1) outcomes.push((await check(from, `00000${n}`)).outcome);
    return outcomes;
  };
  const lookedAt = (outcomes: readonly string[]): number =>
    outcomes.filter((each) => each === 'wrong' || each === 'spent').length;

  describe.each([
    ['a record', KNOWN],
    ['no record', UNKNOWN],
  ])('for an address of %s', (_what, typed) => {
    test('half a minute apart in a conversation', async () => {
      const from = asker('here');
      expect(await start(typed, from)).toEqual(SENT);
      desk.clock.advance(30 * SECOND - 1);
      const refused = { outcome: 'throttled', by: 'conversation' };
      expect(await desk.verifications.resend(from)).toEqual(refused);
      desk.clock.advance(1);
      expect(await desk.verifications.resend(from)).toEqual(SENT);
    });

    test('asked for twice in a moment, one is sent: a turn may run again after a crash', async () => {
      const from = asker('here');
      expect(await start(typed, from)).toEqual(SENT);
      expect(await desk.settle()).toHaveLength(1);
      expect(await start(typed, from)).toEqual(SENT);
      expect(await desk.settle()).toHaveLength(0);
    });

    test('three in ten minutes and six in an hour in a conversation', async () => {
      const from = asker('here');
      const outcomes: string[] = [];
      for (let minutes = 0; minutes < 60; minutes += 2) {
        // To addresses of their own, so that no limit of a mailbox is met.
        outcomes.push((await start(`${minutes}${typed}`, from)).outcome);
        desk.clock.advance(2 * MINUTE);
      }
      const three = ['sent', 'sent', 'sent', 'throttled', 'throttled'];
      const none = Array<string>(20).fill('throttled');
      expect(outcomes).toEqual([...three, ...three, ...none]);
      expect((await start(typed, from)).outcome).toBe('sent');
    });

    test('five in an hour and ten in a day to a mailbox, whatever the conversation', async () => {
      const outcomes: unknown[] = [];
      for (let n = 0; n < 6; n += 1) outcomes.push(await startAnew(typed));
      expect(outcomes).toEqual([SENT, SENT, SENT, SENT, SENT, OF_MAILBOX]);
      desk.clock.advance(HOUR);
      for (let n = 0; n < 5; n += 1) expect(await startAnew(typed)).toEqual(SENT);
      desk.clock.advance(HOUR);
      expect(await startAnew(typed)).toEqual(OF_MAILBOX);
      desk.clock.advance(22 * HOUR);
      expect(await startAnew(typed)).toEqual(SENT);
    });

    test('with tags and capitals to the same mailbox as without', async () => {
      const tagged = (n: number) => typed.replace('@', `+${n}@`);
      for (let n = 0; n < 5; n += 1) await startAnew(tagged(n));
      expect(await startAnew(typed.toUpperCase())).toEqual(OF_MAILBOX);
    });

    test('twenty in an hour from one place, and another place has its own', async () => {
      for (let n = 0; n < 20; n += 1)
        expect(await startAnew(`${n}${typed}`, 'place')).toEqual(SENT);
      expect(await startAnew(typed, 'place')).toEqual({ outcome: 'throttled', by: 'origin' });
      expect(await startAnew(typed, 'other place')).toEqual(SENT);
      // Nor do those that were refused there use up what the mailbox is allowed.
      for (let n = 0; n < 9; n += 1) await startAnew(typed, 'place');
      expect(await startAnew(typed)).toEqual(SENT);
    });

    test('ten tries in vain an hour in a conversation', async () => {
      const from = asker('here');
      const outcomes: string[] = [];
      for (const each of ['1', '2', '3']) {
        await start(`${each}${typed}`, from);
        desk.clock.advance(MINUTE);
        for (let n = 0; n < 4; n += 1) outcomes.push((await check(from, `00000${n}`)).outcome);
      }
      expect(outcomes).toEqual([...Array<string>(10).fill('wrong'), 'throttled', 'throttled']);
      expect(await check(from, '000009')).toEqual({ outcome: 'throttled', by: 'conversation' });
    });

    test('ten tries in vain a day at a mailbox, whatever the conversation', async () => {
      const two = [...(await guess(typed)), ...(await guess(typed))];
      expect(lookedAt(two)).toBe(10);
      const from = asker('late');
      await start(typed, from);
      expect(await check(from, '000000')).toEqual(OF_MAILBOX);
      desk.clock.advance(DAY);
      await start(typed, from);
      expect(await check(from, '000000')).toMatchObject({ outcome: 'wrong' });
    });

    test('forty tries in vain in thirty days at a mailbox', async () => {
      const perDay: number[] = [];
      for (const next of [DAY, DAY, DAY, DAY, 26 * DAY - 1, 1, 0]) {
        const outcomes = [...(await guess(typed)), ...(await guess(typed))];
        perDay.push(lookedAt([...outcomes, ...(await guess(typed, 1))]));
        desk.clock.advance(next);
      }
      expect(perDay).toEqual([10, 10, 10, 10, 0, 0, 10]);
    });

    test('fifty tries in vain a day from one place', async () => {
      let looked = 0;
      for (let n = 0; n < 12; n += 1) {
        looked += lookedAt(await guess(`${n}${typed}`, TRIES, 'place'));
        desk.clock.advance(HOUR);
      }
      expect(looked).toBe(50);
    });
  });

  test('a right try is not counted', async () => {
    const others = Array.from({ length: 12 }, (_each, n) =>
      customerOf({ userName: `u${n}`, email: `u${n}@example.com` }),
    );
    await desk.know(...others);
    for (const { userName } of others) {
      // All from one place, which has but fifty tries a day.
      for (let n = 0; n < 5; n += 1) {
        const from = asker(`${userName}-${n}`, 'place');
        await start(userName, from);
        expect(await check(from, await desk.code())).toMatchObject({ outcome: 'verified' });
      }
      desk.clock.advance(HOUR);
    }
  });

  describe('by the address and by the user name alike', () => {
    test('no more codes are sent, and nobody is told that they belong together', async () => {
      for (let n = 0; n < 5; n += 1) expect(await startAnew(KNOWN)).toEqual(SENT);
      expect(await desk.settle()).toHaveLength(5);
      expect(await startAnew('asha')).toEqual(SENT);
      expect(await desk.settle()).toHaveLength(0);
    });

    test('no more tries are looked at', async () => {
      const from = asker('by name');
      await start('asha', from);
      const code = await desk.code();
      await guess(KNOWN);
      await guess(KNOWN);
      expect(await check(from, code)).toEqual({ outcome: 'wrong', attemptsLeft: 4 });
      expect(await check(from, wrongFor(code))).toEqual({ outcome: 'wrong', attemptsLeft: 3 });
    });

    test('no code is mailed that would not be looked at, but why, and until when', async () => {
      await guess(KNOWN);
      await guess(KNOWN);
      await desk.settle();
      expect(await start('asha', asker('by name'))).toEqual(SENT);
      const [mail, ...more] = await desk.settle();
      expect(more).toEqual([]);
      expect(mail).toMatchObject({
        to: KNOWN,
        subject: 'No code for the Comantra chat at present',
      });
      expect(mail?.text).toContain('none until Tuesday 24 November 2026, 10:00 am IST');
      expect(mail?.text).toContain('write to info@comantra.net');
      expect(mail?.text).not.toMatch(/\d{3} \d{3}|in the chat/);
      expect(await startAnew(KNOWN)).toEqual(SENT);
      expect(await desk.settle()).toEqual([]);
      desk.clock.advance(DAY);
      expect(await startAnew(KNOWN)).toEqual(SENT);
      expect((await desk.settle()).map(({ subject }) => subject)).toEqual([
        'Your code for the Comantra chat',
      ]);
    });
  });

  describe('and when tries are too many', () => {
    const told = async () => {
      const kinds: string[] = [];
      for (const { subject, to, text } of await desk.settle())
        if (subject.includes('guess')) {
          kinds.push(to);
          // Nobody can join the chat.
          expect(text).not.toContain('person in the chat');
          expect(text).toContain('write to info@comantra.net');
        }
      return kinds;
    };
    const audited = async () => {
      const found: object[] = [];
      for await (const { action, about } of desk.audit.entries())
        if (action === 'record.guessed') found.push(about);
      return found;
    };

    test('the mailbox on file is told, once a day, and the audit log', async () => {
      await guess(KNOWN);
      expect(await told()).toEqual([]);
      await guess(KNOWN);
      expect(await told()).toEqual([KNOWN]);
      await guess(KNOWN, 1);
      expect(await told()).toEqual([]);
      expect(await audited()).toEqual([{ kind: 'record', id: ASHA.id }]);
      desk.clock.advance(DAY);
      await guess(KNOWN);
      await guess(KNOWN);
      expect(await told()).toEqual([KNOWN]);
    });

    test('an address without a record is told nothing', async () => {
      await guess(UNKNOWN);
      await guess(UNKNOWN);
      expect(await told()).toEqual([]);
      expect(await audited()).toEqual([{ kind: 'conversation', id: 'c2' }]);
    });

    test('of ten thousand guesses from fifty conversations ten are looked at', async () => {
      const from = Array.from({ length: 50 }, (_each, n) => asker(n, `place ${n % 10}`));
      const outcomes = await Promise.all(
        from.map(async (each) => {
          const found = [(await start(KNOWN, each)).outcome as string];
          for (let n = 0; n < 200; n += 1)
            found.push((await check(each, String(n * 5000).padStart(6, '0'))).outcome);
          return found;
        }),
      );
      const all = outcomes.flat();
      expect(all.filter((outcome) => outcome === 'sent')).toHaveLength(5);
      expect(all.filter((outcome) => outcome === 'verified')).toEqual([]);
      const challenges = await store.connection.collection('verifications').find().toArray();
      const tries = challenges.map((each) => Number(each.tries));
      expect(tries.reduce((sum, each) => sum + each, 0)).toBe(10);
      expect(await told()).toEqual([KNOWN]);
    });
  });

  test('at once, and in two processes, no more tries are looked at', async () => {
    const other = await verificationDesk(store, 'other');
    const from = Array.from({ length: 5 }, (_each, n) => asker(n));
    for (const each of from) await start(KNOWN, each);
    await Promise.all(
      Array.from({ length: 100 }, async (_try, n) => {
        const { verifications } = n % 2 ? desk : other;
        await verifications.check(from[n % 5]!, '000000');
      }),
    );
    const challenges = await store.connection.collection('verifications').find().toArray();
    const tries = challenges.map((each) => Number(each.tries));
    expect(tries.reduce((sum, each) => sum + each, 0)).toBe(10);
  });

  describe('and do not tell whether there is a record', () => {
    /** What an asker sees, and what the store does for it. */
    const seen = async (typed: string) => {
      const operations: string[][] = [];
      store.connection.set('debug', (collection: string, method: string) => {
        operations.at(-1)?.push(`${collection}.${method}`);
      });
      const from = asker('here', 'place');
      const doings: (() => Promise<unknown>)[] = [
        () => start(typed, from),
        () => check(from, '000000'),
        () => desk.verifications.resend(from),
        ...[1, 2, 3, 4, 5].map((n) => () => check(from, `00000${n}`)),
        () => start(typed, from),
        () => start(typed, asker('there', 'place')),
        ...[1, 2, 3, 4, 5].map((n) => () => check(asker('there', 'place'), `00000${n}`)),
        () => start(typed, asker('late', 'place')),
        () => check(asker('late', 'place'), '000000'),
        () => desk.verifications.proof('here'),
      ];
      const outcomes: unknown[] = [];
      for (const doing of doings) {
        operations.push([]);
        outcomes.push(await doing());
        desk.clock.advance(MINUTE);
      }
      store.connection.set('debug', false);
      return { outcomes, operations };
    };

    test.each([
      ['an unknown address', UNKNOWN],
      ['an unknown user name', 'nobody'],
      ['the record’s user name', 'asha'],
    ])(
      'the outcomes and the store’s work are those of a known address: for %s',
      async (_w, typed) => {
        const known = await seen(KNOWN);
        store = await open();
        desk = await verificationDesk(store);
        await desk.know(ASHA);
        const found = await seen(typed);
        expect(found).toEqual(known);
        expect(known.operations.flat().length).toBeGreaterThan(200);
        expect(new Set(known.outcomes.map((each) => JSON.stringify(each))).size).toBeGreaterThan(5);
      },
    );
  });
});
