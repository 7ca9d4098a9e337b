import { askedFor, runFreezes } from '../../bot/commands/freezes';
import type { Customer } from '../../models/customers';
import type { Store } from '../../models/store';
import { isFrozen } from '../../services/freezes';
import { DISOWN_LASTS_MS, type LinkPurpose } from '../../services/links';
import { customerOf, storeCustomers } from '../support/customers';
import { commandsOf, recordDesk, type RecordDesk } from '../support/recordDesk';
import { refusal } from '../support/refusal';
import { describeOnStores } from '../support/stores';

const HOUR_MS = 60 * 60 * 1000;
const LASTS_MS = 72 * HOUR_MS;
const NOW = new Date('2026-11-23T04:30:00Z');
const at = (ms: number): Date => new Date(NOW.getTime() + ms);
const EMAIL = 'asha.rao@example.com';
const FORMER = 'asha.old@example.org';
const MANAGER = 'manager@example.com';
const ASHA = customerOf({
  ...{ userName: 'asha.rao', name: 'Asha Rao', email: EMAIL, phone: '+919830012345' },
  formerEmails: [
    { email: FORMER, until: at(30 * 24 * HOUR_MS) },
    { email: 'long.ago@example.org', until: at(-1) },
  ],
});
const DEED = { at: NOW, by: MANAGER, reason: 'She called and it is she.' };
type Disowning = Extract<LinkPurpose, { kind: 'disown' }>;
const DISOWNED: Disowning = {
  ...{ kind: 'disown', customerId: ASHA.id, mailbox: FORMER, about: 'change' },
  updateId: '33333333-3333-4333-8333-333333333333',
};

describe('a record is held still', () => {
  test.each<[string, Customer['freeze'], boolean]>([
    ['not without a freeze', undefined, false],
    ['for good by a link', { at: at(-LASTS_MS), by: 'link' }, true],
    ['for good by staff', { at: at(-1000 * LASTS_MS), by: 'staff' }, true],
    ['until it lapses', { at: NOW, by: 'unverified', lapsesAt: at(1) }, true],
    ['no more when it lapses', { at: at(-LASTS_MS), by: 'unverified', lapsesAt: NOW }, false],
    ['no more after that', { at: at(-LASTS_MS), by: 'unverified', lapsesAt: at(-1) }, false],
  ])('%s', (_when, freeze, frozen) => {
    expect(isFrozen(freeze ? { freeze } : {}, NOW)).toBe(frozen);
  });
});

describeOnStores('freezes', (open) => {
  let store: Store;
  let desk: RecordDesk;
  beforeEach(async () => {
    store = await open();
    desk = await recordDesk(store);
    await storeCustomers(desk.records.customers, ASHA);
  });
  const asker = (conversationId = 'c1', origin = 'somewhere') => ({ conversationId, origin });
  const asha = async (): Promise<Customer> => (await desk.records.customers.byId(ASHA.id))!;

  describe('asked for in a chat, by whoever', () => {
    test.each([
      ['the address on file', EMAIL],
      ['the user name, in capitals', 'ASHA.RAO'],
      ['an address that was on file until not long ago', FORMER],
    ])('hold the record of %s for 72 hours', async (_what, typed) => {
      expect(await desk.freezes.asked(asker(), typed, 'case-1')).toEqual({ outcome: 'done' });
      const freeze = { at: NOW, by: 'unverified', lapsesAt: at(LASTS_MS), caseId: 'case-1' };
      expect((await asha()).freeze).toEqual(freeze);
      expect(isFrozen(await asha(), at(LASTS_MS - 1))).toBe(true);
      expect(isFrozen(await asha(), at(LASTS_MS))).toBe(false);
    });

    test('tell the mailbox on file, the one before it and the managers, each once', async () => {
      await desk.freezes.asked(asker(), EMAIL);
      await desk.settle();
      expect(desk.mails.map(({ to }) => to).sort()).toEqual([FORMER, EMAIL, MANAGER].sort());
      expect(desk.kicks.count).toBe(1);
      for (const mail of [...desk.mailsTo(EMAIL), ...desk.mailsTo(FORMER)]) {
        expect(mail.text).toContain('has not shown who they are');
        expect(mail.text).toContain('Thursday 26 November 2026, 10:00 am IST');
        expect(`${mail.text}${mail.html}`).not.toMatch(/Asha|Rao|98300|asha/);
      }
      const [toStaff] = desk.mailsTo(MANAGER);
      expect(toStaff?.text).toContain(ASHA.id);
      expect(toStaff?.text).toContain('npm run freezes -- list');
      expect(`${toStaff?.subject}${toStaff?.text}${toStaff?.html}`).not.toMatch(/asha|rao/i);
      expect(await desk.actionsAbout(ASHA.id)).toEqual(['record.frozen']);
    });

    test('sound the same for a record that does not exist, and are as much work', async () => {
      await storeCustomers(desk.records.customers, customerOf({ email: 'rina@example.org' }));
      const asked = async (conversation: string, typed: string) =>
        commandsOf(store, async () => {
          const outcome = await desk.freezes.asked(asker(conversation), typed);
          expect(outcome).toEqual({ outcome: 'done' });
        });
      const kinds = (commands: string[]) =>
        commands.map((each) => (/(?:insert|update)[A-Z]/.test(each) ? 'write' : 'read'));
      const known = kinds(await asked('c1', EMAIL));
      const unknown = kinds(await asked('c2', 'nobody@example.net'));
      const held = kinds(await asked('c3', 'ASHA.RAO'));
      expect(unknown).toEqual(known);
      expect(held).toEqual(known);
      await desk.settle();
      expect(desk.mailsTo('nobody@example.net')).toEqual([]);
    });

    test('change nothing of a record that is held already', async () => {
      await desk.freezes.asked(asker('c1'), EMAIL);
      await desk.settle();
      const before = await asha();
      const mails = desk.mails.length;
      desk.clock.advance(HOUR_MS);
      expect(await desk.freezes.asked(asker('c2'), EMAIL)).toEqual({ outcome: 'done' });
      await desk.settle();
      expect(await asha()).toEqual(before);
      expect(desk.mails.length).toBe(mails);
    });

    test('may be asked for again once they lapsed, twice in thirty days', async () => {
      for (const [index, expected] of [true, true, false].entries()) {
        await desk.freezes.asked(asker(`c${index}`), index % 2 ? EMAIL : 'asha.rao');
        await desk.freezes.asked(asker(`c${index}`), 'nobody@example.net');
        expect(isFrozen(await asha(), desk.clock.now())).toBe(expected);
        desk.clock.advance(LASTS_MS);
      }
      desk.clock.advance(30 * 24 * HOUR_MS);
      await desk.freezes.asked(asker('c9'), EMAIL);
      expect(isFrozen(await asha(), desk.clock.now())).toBe(true);
    });

    test.each([
      ['known', EMAIL],
      ['unknown', 'nobody@example.net'],
    ])('are throttled alike by what was typed: %s', async (_what, typed) => {
      await desk.freezes.asked(asker('c1'), typed);
      await desk.freezes.asked(asker('c2'), typed.toUpperCase());
      const third = await desk.freezes.asked(asker('c3'), typed);
      expect(third).toEqual({ outcome: 'throttled', by: 'mailbox' });
    });

    test('are throttled by conversation, and free again after an hour', async () => {
      for (const typed of ['a', 'b', 'c']) await desk.freezes.asked(asker(), typed);
      const throttled = { outcome: 'throttled', by: 'conversation' };
      expect(await desk.freezes.asked(asker(), EMAIL)).toEqual(throttled);
      expect((await asha()).freeze).toBeUndefined();
      desk.clock.advance(HOUR_MS);
      expect(await desk.freezes.asked(asker(), EMAIL)).toEqual({ outcome: 'done' });
    });

    test('are throttled by where the conversations come from, where that is known', async () => {
      for (let index = 0; index < 10; index += 1)
        await desk.freezes.asked(asker(`c${index}`), `user${index}`);
      const throttled = { outcome: 'throttled', by: 'origin' };
      expect(await desk.freezes.asked(asker('c10'), EMAIL)).toEqual(throttled);
      expect(await desk.freezes.asked({ conversationId: 'c11' }, EMAIL)).toEqual({
        outcome: 'done',
      });
    });

    test('hold the record as it is by then, when somebody else changes it meanwhile', async () => {
      const { customers } = desk.records;
      const change = customers.change.bind(customers);
      jest.spyOn(customers, 'change').mockImplementationOnce(async (...args) => {
        await change({ ...(await asha()), phone: '+919800000000' }, []);
        return change(...args);
      });
      await desk.freezes.asked(asker(), EMAIL);
      expect(await asha()).toMatchObject({
        phone: '+919800000000',
        ...{ revision: 2, freeze: { by: 'unverified' } },
      });
    });
  });

  describe('by a link in a mail', () => {
    const LINK = 'a'.repeat(64);
    const cases = async () => desk.caseRecords.openedSince(new Date(0), 100);

    test('hold the record until a person decides, and open a case of the highest urgency', async () => {
      await desk.freezes.disowned(LINK, DISOWNED);
      await desk.settle();
      const [opened, ...more] = await cases();
      expect(more).toEqual([]);
      expect(opened).toMatchObject({
        ...{ kind: 'misuse', urgency: 'now', confirmed: true, aboutStaff: 'no', channel: 'mail' },
        report: { email: FORMER },
      });
      expect((await asha()).freeze).toEqual({ at: NOW, by: 'link', caseId: opened!.id });
      expect(opened!.report.whatHappened).toContain(DISOWNED.updateId);
      expect(opened!.report.whatHappened).toContain('not on file any more');
      expect(opened!.report.whatHappened).not.toMatch(/Asha|98300|@/);
      expect(await desk.actionsAbout(ASHA.id)).toEqual(['record.disowned', 'record.frozen']);
    });

    test('tell every mailbox of the record, and acknowledge the case to the one that pressed', async () => {
      await desk.freezes.disowned(LINK, { ...DISOWNED, mailbox: EMAIL });
      await desk.settle();
      expect(desk.mailsTo(FORMER)).toHaveLength(1);
      expect(desk.mailsTo(FORMER)[0]?.text).toContain('pressed “this wasn’t me”');
      expect(desk.mailsTo(EMAIL).map(({ subject }) => subject)).toEqual(
        expect.arrayContaining([
          'Your record at Comantra is held still',
          expect.stringMatching(/^\[PD-/),
        ]),
      );
      expect((await cases())[0]?.report.whatHappened).toContain('on file now');
    });

    test('are one freeze and one case, pressed ten times at once and again', async () => {
      await Promise.all(Array.from({ length: 10 }, () => desk.freezes.disowned(LINK, DISOWNED)));
      await desk.freezes.disowned(LINK, DISOWNED);
      await desk.settle();
      expect(await cases()).toHaveLength(1);
      expect((await asha()).revision).toBe(1);
    });

    test('open a case each, also where the record is held already', async () => {
      await desk.freezes.disowned(LINK, DISOWNED);
      const { freeze } = await asha();
      desk.clock.advance(HOUR_MS);
      await desk.freezes.disowned('b'.repeat(64), { ...DISOWNED, about: 'reset' });
      await desk.settle();
      expect(await cases()).toHaveLength(2);
      expect((await asha()).freeze).toEqual(freeze);
    });

    test('take the place of one that would lapse', async () => {
      await desk.freezes.asked(asker(), EMAIL);
      await desk.freezes.disowned(LINK, DISOWNED);
      desk.clock.advance(LASTS_MS);
      expect((await asha()).freeze?.by).toBe('link');
      expect(isFrozen(await asha(), desk.clock.now())).toBe(true);
    });

    test('do nothing about a record that is gone', async () => {
      await desk.freezes.disowned(LINK, { ...DISOWNED, customerId: 'gone' });
      await desk.settle();
      expect(desk.mails).toEqual([]);
    });
  });

  describe('decided by staff', () => {
    const run = (...args: string[]) =>
      runFreezes({ freezeDecisions: desk.decisions }, askedFor(args, desk.clock.now()), 'UTC');
    const deed = ['--by', MANAGER, '--reason', DEED.reason];

    test('are listed with their record, until they lapse', async () => {
      expect((await run('list')).lines).toEqual(['No record is held still.']);
      await desk.freezes.asked(asker(), EMAIL);
      const { lines } = await run('list');
      expect(lines.join('\n')).toContain(`asha.rao  (record ${ASHA.id})`);
      expect(lines.join('\n')).toContain(
        'ends by itself on Thursday 26 November 2026, 4:30 am UTC',
      );
      desk.clock.advance(LASTS_MS);
      expect((await run('list')).lines).toEqual(['No record is held still.']);
    });

    test('do not lapse once a person keeps them', async () => {
      await desk.freezes.asked(asker(), EMAIL, 'case-1');
      expect((await run('keep', 'asha.rao', ...deed)).sound).toBe(true);
      desk.clock.advance(10 * LASTS_MS);
      expect((await asha()).freeze).toEqual({ at: NOW, by: 'staff', caseId: 'case-1' });
      expect((await run('keep', 'asha.rao', ...deed)).sound).toBe(false);
      expect(await desk.decisions.keep('asha.rao', { ...DEED, at: desk.clock.now() })).toEqual({
        outcome: 'kept',
      });
    });

    test('end when a person lifts them; the mailbox on file is told, the reason is not', async () => {
      await desk.freezes.disowned('a'.repeat(64), DISOWNED);
      await desk.settle();
      desk.mails.splice(0);
      expect((await run('lift', 'ASHA.RAO', ...deed)).sound).toBe(true);
      await desk.settle();
      expect((await asha()).freeze).toBeUndefined();
      expect(await desk.decisions.list()).toEqual([]);
      const [mail] = desk.mailsTo(EMAIL);
      expect(mail?.subject).toBe('Your record at Comantra is not held still any more');
      expect(mail?.text).not.toContain(DEED.reason);
      expect(desk.mailsTo(MANAGER)[0]?.text).toContain(DEED.reason);
      const entry = (await desk.audit.entriesAbout('record', ASHA.id)).at(-1);
      expect(entry).toMatchObject({
        action: 'record.unfrozen',
        by: desk.audit.fingerprint(MANAGER),
        facts: { was: 'link' },
      });
    });

    test.each([
      ['a record that is not held', 'asha.rao', MANAGER, 'notFrozen'],
      ['a record that does not exist', 'nobody', MANAGER, 'unknown'],
      ['somebody who is not of the staff', 'asha.rao', 'stranger@example.com', 'notStaff'],
    ] as const)('refuse %s', async (_what, userName, by, outcome) => {
      expect(await desk.decisions.lift(userName, { ...DEED, by })).toEqual({ outcome });
      expect(await desk.decisions.keep(userName, { ...DEED, by })).toEqual({ outcome });
      expect((await run('lift', userName, '--by', by, '--reason', 'because')).sound).toBe(false);
      expect((await asha()).revision).toBe(0);
    });

    test.each([
      ['without a reason', ['lift', 'asha.rao', '--by', MANAGER]],
      ['with a reason of spaces', ['lift', 'asha.rao', '--by', MANAGER, '--reason', '    ']],
      ['with one that is too long', ['lift', 'a', '--by', MANAGER, '--reason', 'x'.repeat(501)]],
      ['without saying by whom', ['lift', 'asha.rao', '--reason', 'because']],
      ['for nobody', ['lift', '--by', MANAGER, '--reason', 'because']],
      ['by another word', ['free', 'asha.rao', ...deed]],
      ['with an unknown option', ['list', '--all']],
    ])('are refused %s', (_what, args) => {
      expect(refusal(() => askedFor(args, NOW)).code).toBe('BadArgument');
    });
  });
});

test('a link to disown lasts as long as a freeze that nobody stands behind', () => {
  expect(DISOWN_LASTS_MS).toBe(LASTS_MS);
});
