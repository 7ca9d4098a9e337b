import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openStore, type Store } from '../../models/store';
import { customerOf } from '../support/customers';
import { describeOnStores, STORE_KEY } from '../support/stores';
import { verificationDesk, wrongFor, type VerificationDesk } from '../support/verificationDesk';

const ASHA = customerOf({ userName: 'asha', name: 'Asha Rao', email: 'Asha.Rao@example.com' });
const RAVI = customerOf({ userName: 'ravi', email: 'ravi@example.com' });
const SILENT = customerOf({ userName: 'silent' });
const ELSEWHERE = { conversationId: 'elsewhere' };
const HERE = { conversationId: 'here' };
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

describeOnStores('a code to the mailbox on file', (open) => {
  let store: Store;
  let desk: VerificationDesk;
  beforeEach(async () => {
    store = await open();
    desk = await verificationDesk(store);
    await desk.know(ASHA, RAVI, SILENT);
  });

  const start = (typed = 'asha.rao@example.com', asker = HERE) =>
    desk.verifications.start(asker, typed);
  const check = (code: string, asker = HERE) => desk.verifications.check(asker, code);
  const outcome = async (code: string, asker = HERE) => (await check(code, asker)).outcome;
  const proof = (conversationId = 'here') => desk.verifications.proof(conversationId);
  /** Asha is proved in the conversation. */
  const verified = async (asker = HERE): Promise<void> => {
    await start('asha', asker);
    expect(await check(await desk.code(), asker)).toMatchObject({ outcome: 'verified' });
  };
  const audited = async () => {
    await desk.settle();
    const entries: { action: string; about: object; facts: object }[] = [];
    for await (const { action, about, facts } of desk.audit.entries())
      entries.push({ action, about, facts: facts ?? {} });
    return entries;
  };

  describe('proves it', () => {
    test.each([
      ['the e-mail address', 'asha.rao@example.com'],
      ['it with capitals and spaces', '  ASHA.Rao@Example.com '],
      ['the user name', 'Asha'],
    ])('when asked for by %s', async (_what, typed) => {
      expect(await start(typed)).toEqual({ outcome: 'sent' });
      const [mail, ...others] = await desk.settle();
      expect(others).toEqual([]);
      expect(mail?.to).toBe('Asha.Rao@example.com');
      expect(await check(await desk.code())).toEqual({ outcome: 'verified', customerId: ASHA.id });
      expect(await proof()).toMatchObject({ customerId: ASHA.id });
    });

    test('and the audit log says so, by the record’s id', async () => {
      await verified();
      expect(await audited()).toContainEqual({
        ...{ action: 'record.verified', about: { kind: 'record', id: ASHA.id } },
        facts: { by: 'code' },
      });
    });

    test('once: the same code again is none', async () => {
      await start();
      const code = await desk.code();
      expect(await outcome(code)).toBe('verified');
      expect(await outcome(code)).toBe('none');
      expect(await proof()).toMatchObject({ customerId: ASHA.id });
    });

    test('for one of a thousand who try it at once', async () => {
      await start();
      const code = await desk.code();
      const other = await verificationDesk(store, 'other');
      const outcomes = await Promise.all(
        Array.from({ length: 1000 }, async (_try, n) => {
          const { verifications } = n % 2 ? desk : other;
          return (await verifications.check(HERE, code)).outcome;
        }),
      );
      expect(outcomes.filter((each) => each === 'verified')).toHaveLength(1);
      expect((await audited()).filter(({ action }) => action === 'record.verified')).toHaveLength(
        1,
      );
    });

    test('after a wrong try as well', async () => {
      await start();
      const code = await desk.code();
      expect(await check(wrongFor(code))).toEqual({ outcome: 'wrong', attemptsLeft: 4 });
      expect(await outcome(code)).toBe('verified');
    });
  });

  describe('is of no use', () => {
    test('in another conversation that asked for one, or for none', async () => {
      await start('asha', HERE);
      const code = await desk.code();
      expect(await outcome(code, ELSEWHERE)).toBe('none');
      await start('asha', ELSEWHERE);
      expect(await outcome(code, ELSEWHERE)).toBe('wrong');
      expect(await proof('elsewhere')).toBeUndefined();
    });

    test('after ten minutes, the day after, and when it was removed', async () => {
      await start();
      const code = await desk.code();
      desk.clock.advance(10 * MINUTE);
      expect(await outcome(code)).toBe('expired');
      desk.clock.advance(DAY);
      expect(await outcome(code)).toBe('expired');
      await start('ravi', ELSEWHERE);
      expect(await outcome(code)).toBe('none');
      expect(await store.connection.collection('verifications').countDocuments()).toBe(1);
    });

    test('in the ten minutes’ last moment it still is', async () => {
      await start();
      const code = await desk.code();
      desk.clock.advance(10 * MINUTE - 1);
      expect(await outcome(code)).toBe('verified');
    });

    test('when a newer one was sent', async () => {
      await start();
      const older = await desk.code();
      desk.clock.advance(30 * SECOND);
      expect(await desk.verifications.resend(HERE)).toEqual({ outcome: 'sent' });
      const newer = await desk.code();
      expect(await outcome(older)).toBe('wrong');
      expect(await outcome(newer)).toBe('verified');
    });

    test('when somebody else was asked for since', async () => {
      await start('asha');
      const code = await desk.code();
      await start('ravi');
      expect(await outcome(code)).toBe('wrong');
    });

    test('when the record has got another mailbox since', async () => {
      await start();
      const code = await desk.code();
      await desk.records.customers.change({ ...ASHA, email: 'new@example.com' }, []);
      expect(await outcome(code)).toBe('expired');
      expect(await proof()).toBeUndefined();
    });

    test('for somebody who asked for none', async () => {
      expect(await outcome('123456')).toBe('none');
      expect(await desk.verifications.resend(HERE)).toEqual({ outcome: 'none' });
    });
  });

  describe('tried in vain', () => {
    test('is spent after five times, and then the right one does not help', async () => {
      await start();
      const code = await desk.code();
      const outcomes = [];
      for (let tries = 1; tries <= 5; tries += 1) outcomes.push(await check(wrongFor(code, tries)));
      expect(outcomes).toEqual([
        ...[4, 3, 2, 1].map((attemptsLeft) => ({ outcome: 'wrong', attemptsLeft })),
        { outcome: 'spent' },
      ]);
      expect(await outcome(code)).toBe('spent');
    });

    test.each([
      ['sent again', () => desk.verifications.resend(HERE)],
      ['asked for again', () => start()],
      ['asked for again with another one in between', () => start('ravi').then(() => start())],
      [
        'asked for again after the conversation was handed back',
        () => desk.verifications.forget('here').then(() => start()),
      ],
    ])('and %s, the tries are counted on', async (_what, again) => {
      await start();
      const code = await desk.code();
      for (let tries = 1; tries <= 3; tries += 1) await check(wrongFor(code, tries));
      desk.clock.advance(30 * SECOND);
      expect(await again()).toEqual({ outcome: 'sent' });
      const newer = await desk.code();
      expect(await check(wrongFor(newer))).toEqual({ outcome: 'wrong', attemptsLeft: 1 });
      expect(await outcome(newer)).toBe('verified');
    });

    test('and spent, is not sent again in the same conversation', async () => {
      await start();
      const code = await desk.code();
      for (let tries = 1; tries <= 5; tries += 1) await check(wrongFor(code, tries));
      desk.clock.advance(11 * MINUTE);
      expect(await start()).toEqual({ outcome: 'throttled', by: 'conversation' });
      expect(await desk.verifications.resend(HERE)).toMatchObject({ outcome: 'throttled' });
      expect(await start('asha.rao@example.com', ELSEWHERE)).toEqual({ outcome: 'sent' });
    });

    test('and then typed right, is forgiven', async () => {
      await start();
      const code = await desk.code();
      for (let tries = 1; tries <= 4; tries += 1) await check(wrongFor(code, tries));
      await check(code);
      desk.clock.advance(MINUTE);
      await start();
      expect(await check(wrongFor(await desk.code()))).toMatchObject({ attemptsLeft: 4 });
    });
  });

  describe('goes to nobody else', () => {
    test.each([
      ['with a Cyrillic letter', 'аsha.rao@example.com'],
      ['with a Greek letter in the domain', 'asha.rao@eχample.com'],
      ['with a tag', 'asha.rao+x@example.com'],
      ['with a dot left out', 'asharao@example.com'],
    ])('for an address %s', async (_what, typed) => {
      expect(await start(typed)).toEqual({ outcome: 'sent' });
      const mails = await desk.settle();
      expect(mails.map(({ to, subject }) => ({ to, subject }))).toEqual([
        { to: typed, subject: 'Your chat with Comantra' },
      ]);
      expect(mails[0]?.text).not.toMatch(/\d{3} \d{3}/);
    });

    test.each([
      ['an unknown user name', 'nobody'],
      ['a record without an address', 'silent'],
      ['an address with a line break', 'asha.rao@example.com\nbcc: x@example.org'],
      ['two addresses', 'x@example.org, asha.rao@example.com'],
      ['two thousand characters', `${'a'.repeat(2000)}@example.org`],
      ['nothing', ' '],
    ])('for %s: no mail at all', async (_what, typed) => {
      expect(await start(typed)).toEqual({ outcome: 'sent' });
      expect(await desk.settle()).toEqual([]);
      expect(await audited()).toEqual([
        {
          ...{ action: 'record.codeNotSent', about: { kind: 'conversation', id: 'here' } },
          facts: { reason: 'noMailbox' },
        },
      ]);
    });

    test('in the audit log conversations of other channels stand by a hash', async () => {
      await start('nobody', { conversationId: '19:a@thread.tacv2;messageid=1' });
      expect(JSON.stringify(await audited())).toMatch(/record\.codeNotSent/);
      expect(JSON.stringify(await audited())).not.toContain('thread');
    });
  });

  test('stands in the mail alone: not on its subject line, and not in the store in clear', async () => {
    await start();
    const stored = async () => {
      const names = ['verifications', 'attempts', 'outbox', 'auditEntries', 'replyTokens'];
      const all = names.map((name) => store.connection.collection(name).find().toArray());
      return JSON.stringify(await Promise.all(all));
    };
    const before = await stored();
    const code = await desk.code();
    const [mail] = desk.mails;
    expect(mail?.subject).toBe('Your code for the Comantra chat');
    expect(mail?.text).toContain('will ever ask you for this code, by telephone or by mail');
    expect(mail?.text).toContain('write to info@comantra.net');
    for (const each of [before, await stored()]) {
      expect(each).toContain('"here"');
      for (const secret of [code, `${code.slice(0, 3)} ${code.slice(3)}`, 'example.com', 'asha'])
        expect(each.toLowerCase()).not.toContain(`"${secret}`);
      expect(each.toLowerCase()).not.toMatch(/asha|@example/);
    }
    expect(JSON.stringify(desk.log.lines)).not.toMatch(/asha|example/i);
  });

  test('the hash of a code is bound to its conversation and challenge', async () => {
    const hashes = async () =>
      (await store.connection.collection('verifications').find().toArray()).map(({ hash }) =>
        String(hash),
      );
    await start('asha', HERE);
    const code = await desk.code();
    const [hash] = await hashes();
    const bound = (purpose: string) => store.vault.blindIndex(purpose, code);
    const { _id: id } = (await store.connection.collection('verifications').findOne())!;
    expect(hash).toBe(bound(`verification-code/${String(id)}/here`));
    expect(hash).not.toBe(bound(`verification-code/${String(id)}/elsewhere`));
  });

  describe('and its proof', () => {
    test('lasts a quarter of an hour, however much is said', async () => {
      await verified();
      const until = new Date(desk.clock.now().getTime() + 15 * MINUTE);
      for (let minutes = 0; minutes < 12; minutes += 4) {
        desk.clock.advance(4 * MINUTE);
        await desk.verifications.seen('here');
        expect(await proof()).toEqual({ customerId: ASHA.id, until });
      }
      desk.clock.set(new Date(until.getTime() - 1));
      expect(await proof()).toBeDefined();
      desk.clock.set(until);
      expect(await proof()).toBeUndefined();
      await desk.verifications.seen('here');
      expect(await proof()).toBeUndefined();
    });

    test('lapses after five minutes without a word, and a word too late does not bring it back', async () => {
      await verified();
      desk.clock.advance(5 * MINUTE - 1);
      expect(await proof()).toBeDefined();
      desk.clock.advance(1);
      expect(await proof()).toBeUndefined();
      await desk.verifications.seen('here');
      expect(await proof()).toBeUndefined();
    });

    test('is forgotten, with the mailbox and the code that is on its way', async () => {
      await verified();
      await start('ravi');
      const code = await desk.code();
      await desk.verifications.forget('here');
      expect(await proof()).toBeUndefined();
      expect(await desk.verifications.provedMailbox('here', 'asha.rao@example.com')).toBe(false);
      expect(await outcome(code)).toBe('none');
      await verified();
      expect(await proof()).toBeDefined();
    });

    test('belongs to its conversation', async () => {
      await verified();
      expect(await proof('elsewhere')).toBeUndefined();
      await desk.verifications.forget('elsewhere');
      await desk.verifications.seen('elsewhere');
      expect(await proof()).toBeDefined();
    });

    test('stays while another code is asked for, and gives way to a newer one', async () => {
      await verified();
      desk.clock.advance(MINUTE);
      await start('ravi');
      expect(await proof()).toMatchObject({ customerId: ASHA.id });
      await check(await desk.code());
      expect(await proof()).toMatchObject({ customerId: RAVI.id });
    });

    test('ends when the record gets a mailbox that was not proved in the conversation', async () => {
      await verified();
      await desk.records.customers.change({ ...ASHA, email: 'new@example.com' }, []);
      expect(await proof()).toBeUndefined();
    });

    test('goes on when the record gets one that was', async () => {
      await verified();
      await desk.verifications.startMailbox(HERE, 'new@example.com');
      expect(await desk.verifications.checkMailbox(HERE, await desk.code())).toEqual({
        ...{ outcome: 'verified', email: 'new@example.com' },
      });
      await desk.records.customers.change({ ...ASHA, email: 'new@example.com' }, []);
      expect(await proof()).toMatchObject({ customerId: ASHA.id });
    });
  });

  describe('that is over', () => {
    const kept = () => store.connection.collection('verifications').countDocuments();
    const counts = () => store.connection.collection('attempts').countDocuments();

    test('is removed after a day, with its counts once their windows are over', async () => {
      await start();
      await check(wrongFor(await desk.code()));
      await desk.settle();
      desk.clock.advance(DAY - 1);
      await desk.verifications.removeOld();
      expect(await kept()).toBe(1);
      desk.clock.advance(1);
      await desk.verifications.removeOld();
      expect(await kept()).toBe(0);
      // The month of the tries in vain goes on, by what was typed and by the record.
      expect(await counts()).toBe(2);
      desk.clock.advance(30 * DAY);
      await desk.verifications.removeOld();
      expect(await counts()).toBe(0);
    });

    test('is not while the audit log has yet to be told of it', async () => {
      await start('nobody');
      desk.clock.advance(2 * DAY);
      await desk.verifications.removeOld();
      expect(await kept()).toBe(1);
      expect(await audited()).toHaveLength(1);
      await desk.verifications.removeOld();
      expect(await kept()).toBe(0);
    });

    test('is removed with its conversation, with all that was to follow but for the audit log', async () => {
      await start('ravi', ELSEWHERE);
      await desk.settle();
      await verified();
      await start('nobody');
      desk.clock.advance(MINUTE);
      await start('ravi');
      await desk.verifications.erase('here');
      expect(await desk.settle()).toEqual([]);
      expect((await audited()).map(({ action }) => action).sort()).toEqual([
        ...['record.codeNotSent', 'record.verified'],
      ]);
      expect(await proof()).toBeUndefined();
      expect(await outcome('123456')).toBe('none');
      await desk.verifications.removeOld();
      expect(await kept()).toBe(1);
    });
  });

  describe('a code to a mailbox that is to become it', () => {
    test('proves that mailbox and nobody’s record, for a quarter of an hour', async () => {
      await desk.verifications.startMailbox(HERE, 'ravi@example.com');
      const code = await desk.code();
      expect(desk.mails.at(-1)).toMatchObject({ to: 'ravi@example.com' });
      expect(await outcome(code)).toBe('none');
      expect(await desk.verifications.checkMailbox(HERE, code)).toMatchObject({
        outcome: 'verified',
      });
      expect(await proof()).toBeUndefined();
      const proved = (id: string, email: string) => desk.verifications.provedMailbox(id, email);
      expect(await proved('here', 'RAVI@example.com')).toBe(true);
      expect(await proved('here', 'asha.rao@example.com')).toBe(false);
      expect(await proved('elsewhere', 'ravi@example.com')).toBe(false);
      desk.clock.advance(15 * MINUTE);
      expect(await proved('here', 'ravi@example.com')).toBe(false);
    });

    test('can be sent again and be spent as the other', async () => {
      const { verifications } = desk;
      expect(await verifications.resendMailbox(HERE)).toEqual({ outcome: 'none' });
      await verifications.startMailbox(HERE, 'new@example.com');
      const code = await desk.code();
      expect(await verifications.resendMailbox(HERE)).toMatchObject({ outcome: 'throttled' });
      for (let tries = 1; tries <= 5; tries += 1)
        await verifications.checkMailbox(HERE, wrongFor(code, tries));
      expect(await verifications.checkMailbox(HERE, code)).toEqual({ outcome: 'spent' });
    });
  });

  describe('a link in a mail', () => {
    test('proves the mailbox that it went to and the record that has it', async () => {
      const { verifications } = desk;
      expect(await verifications.proveByLink(HERE, 'asha.rao@example.com')).toEqual({
        customerId: ASHA.id,
      });
      expect(await proof()).toMatchObject({ customerId: ASHA.id });
      expect(await verifications.provedMailbox('here', 'asha.rao@example.com')).toBe(true);
      expect((await audited()).map(({ facts }) => facts)).toEqual([{ by: 'link' }]);
    });

    test('proves no record of that user name, and none without one', async () => {
      const { verifications } = desk;
      await desk.know(customerOf({ userName: 'eve@example.org', email: 'other@example.org' }));
      for (const email of ['eve@example.org', 'nobody@example.org']) {
        expect(await verifications.proveByLink(HERE, email)).toEqual({});
        expect(await verifications.provedMailbox('here', email)).toBe(true);
      }
      expect(await proof()).toBeUndefined();
    });
  });
});

test('a restart loses neither code, tries nor proof', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'desk-codes-'));
  const before = await openStore({ directory, keys: [STORE_KEY] });
  const first = await verificationDesk(before, 'first');
  await first.know(ASHA, RAVI);
  await first.verifications.start(HERE, 'asha');
  const code = await first.code();
  await first.verifications.check(HERE, wrongFor(code));
  await first.verifications.start(ELSEWHERE, 'ravi');
  await first.verifications.check(ELSEWHERE, await first.code());
  await before.close();

  // Meanwhile a new key seals; the older one reads.
  const newer = { id: 'k2', secret: Buffer.alloc(32, 9) };
  const after = await openStore({ directory, keys: [newer, STORE_KEY] });
  const { verifications } = await verificationDesk(after, 'second');
  const found = [
    await verifications.check(HERE, wrongFor(code)),
    await verifications.check(HERE, code),
    await verifications.proof('elsewhere'),
  ];
  await after.close();
  rmSync(directory, { recursive: true });
  expect(found).toEqual([
    { outcome: 'wrong', attemptsLeft: 3 },
    { outcome: 'verified', customerId: ASHA.id },
    expect.objectContaining({ customerId: RAVI.id }),
  ]);
});
