import { askedFor, runFreezes } from '../../bot/commands/freezes';
import type { Customer } from '../../models/customers';
import { ReportDraftRecords } from '../../models/reportDrafts';
import type { Store } from '../../models/store';
import { isFrozen } from '../../services/records/freezes';
import { DISOWN_LASTS_MS, type LinkPurpose } from '../../services/links';
import { ReportDrafts } from '../../services/reportDrafts';
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

/** What keeps reports while they are told, beside the desk. */
async function reportDraftsOf({ cases, clock, log, store }: RecordDesk): Promise<ReportDrafts> {
  const records = new ReportDraftRecords(store);
  await records.ensureIndexes();
  return new ReportDrafts(records, cases, clock, log);
}

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

    test('hold every record that may be meant, each told to its own mailboxes', async () => {
      const [one, other] = ['rina@example.org', 'ravi@example.org'].map((email) =>
        customerOf({ email, formerEmails: [{ email: EMAIL, until: at(1) }] }),
      );
      await storeCustomers(desk.records.customers, one!, other!, customerOf({ userName: EMAIL }));
      await desk.freezes.asked(asker(), EMAIL);
      expect(await desk.decisions.list()).toHaveLength(4);
      await desk.settle();
      for (const each of [one!, other!]) expect(desk.mailsTo(each.email!)).toHaveLength(1);
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

    /** Beyond what may be without proof, by the day on which it is asked for. */
    const askedTooOften = async (): Promise<void> => {
      for (const [index, expected] of [true, true, false].entries()) {
        await desk.freezes.asked(asker(`c${index}`), index % 2 ? EMAIL : 'asha.rao');
        await desk.freezes.asked(asker(`c${index}`), 'nobody@example.net');
        expect(isFrozen(await asha(), desk.clock.now())).toBe(expected);
        desk.clock.advance(LASTS_MS);
      }
    };

    test('may be asked for again once they lapsed, twice in thirty days', async () => {
      await askedTooOften();
      desk.clock.advance(30 * 24 * HOUR_MS);
      await desk.freezes.asked(asker('c9'), EMAIL);
      expect(isFrozen(await asha(), desk.clock.now())).toBe(true);
    });

    test('count only where one began: asking while it is held uses nothing up', async () => {
      for (let index = 0; index < 6; index += 1)
        await desk.freezes.asked(asker(`c${index}`, `place ${index}`), EMAIL);
      desk.clock.advance(LASTS_MS);
      expect(await desk.freezes.asked(asker('late'), EMAIL)).toEqual({ outcome: 'done' });
      expect(isFrozen(await asha(), desk.clock.now())).toBe(true);
    });

    test('asked for too often are done as far as is said, and a person is told to decide', async () => {
      await askedTooOften();
      await desk.settle();
      const before = desk.mails.length;
      for (const conversation of ['c8', 'c9'])
        expect(await desk.freezes.asked(asker(conversation), EMAIL, 'case-9')).toEqual({
          outcome: 'done',
        });
      await desk.settle();
      expect(isFrozen(await asha(), desk.clock.now())).toBe(false);
      const [mail, ...more] = desk.mails.slice(before);
      expect(more).toEqual([]);
      expect(mail).toMatchObject({ to: MANAGER });
      expect(mail?.text).toContain(`npm run freezes -- hold ${ASHA.id} --by`);
      expect(mail?.text).toContain('case-9');
      expect(`${mail?.subject}${mail?.text}${mail?.html}`).not.toMatch(/asha|rao/i);
    });

    test('asked for by a turn that runs again are one, and counted once', async () => {
      const run = () => desk.freezes.asked(asker(), EMAIL, 'case-1', 'activity-1');
      for (let times = 0; times < 5; times += 1) expect(await run()).toEqual({ outcome: 'done' });
      expect((await asha()).revision).toBe(1);
      const deed = { ...DEED, at: desk.clock.now() };
      expect(await desk.decisions.lift('asha.rao', deed)).toEqual({ outcome: 'done' });
      await run();
      expect((await asha()).freeze).toBeUndefined();
      for (const cause of ['a', 'b'])
        expect(await desk.freezes.asked(asker(), 'nobody', undefined, cause)).toEqual({
          outcome: 'done',
        });
      const fourth = () => desk.freezes.asked(asker(), EMAIL, undefined, 'c');
      for (let times = 0; times < 2; times += 1)
        expect(await fourth()).toEqual({ outcome: 'throttled', by: 'conversation' });
      expect((await asha()).freeze).toBeUndefined();
    });

    test('cut short by a crash go on where they stopped', async () => {
      const { customers } = desk.records;
      jest.spyOn(customers, 'change').mockRejectedValueOnce(new Error('The store is away.'));
      const run = () => desk.freezes.asked(asker(), EMAIL, 'case-1', 'activity-1');
      await expect(run()).rejects.toThrow('away');
      for (const typed of ['a', 'b']) await desk.freezes.asked(asker(), typed);
      expect(await run()).toEqual({ outcome: 'done' });
      expect(isFrozen(await asha(), NOW)).toBe(true);
    });

    test('tell staff which case they belong to, also when its report is dropped', async () => {
      const caseId = '55555555-5555-4555-8555-555555555555';
      const drafts = await reportDraftsOf(desk);
      const report = { whatHappened: 'someone changed my e-mail' };
      const content = { kind: 'misuse', urgency: 'high', report, reference: undefined } as const;
      await drafts.save(caseId, 'c1', NOW, content);
      await desk.freezes.asked(asker(), EMAIL, caseId);
      expect(await drafts.cancel(caseId)).toEqual({});
      await desk.settle();
      const [mail, ...more] = desk.mailsTo(MANAGER);
      expect(more).toEqual([]);
      expect(mail?.text).toContain(`Case: ${caseId}`);
      expect(mail?.text).toContain('if they drop it, this mail is all there is');
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
      // What is refused is not counted otherwise either.
      for (let times = 0; times < 4; times += 1)
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
        ...{ kind: 'misuse', urgency: 'now', confirmed: true, aboutStaff: 'no', channel: 'link' },
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

    test.each([
      ['user name', 'ASHA.RAO'],
      ['the id of the record', ASHA.id],
    ])('begin by a person, by %s, and do not lapse', async (_what, named) => {
      expect((await run('hold', named, ...deed)).sound).toBe(true);
      await desk.settle();
      expect((await asha()).freeze).toEqual({ at: NOW, by: 'staff' });
      expect(desk.mails.map(({ to }) => to).sort()).toEqual(
        [FORMER, EMAIL, MANAGER, 'escalation@example.com'].sort(),
      );
      expect(desk.mailsTo(EMAIL)[0]?.text).not.toContain(DEED.reason);
      const [entry] = await desk.audit.entriesAbout('record', ASHA.id);
      expect(entry).toMatchObject({ action: 'record.frozen', facts: { by: 'staff' } });
      expect(await desk.decisions.hold(named, DEED)).toEqual({ outcome: 'kept' });
      expect((await run('lift', named, ...deed)).sound).toBe(true);
    });

    test('held by a person do not lapse where they would have', async () => {
      await desk.freezes.asked(asker(), EMAIL, 'case-1');
      expect((await run('hold', 'asha.rao', ...deed)).sound).toBe(true);
      expect((await asha()).freeze).toEqual({ at: NOW, by: 'staff', caseId: 'case-1' });
      await desk.decisions.lift('asha.rao', DEED);
      await desk.freezes.asked(asker('c2'), EMAIL);
      desk.clock.advance(LASTS_MS);
      expect((await run('hold', 'asha.rao', ...deed)).sound).toBe(true);
      expect((await asha()).freeze).toEqual({ at: desk.clock.now(), by: 'staff' });
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
      if (outcome !== 'notFrozen')
        expect(await desk.decisions.hold(userName, { ...DEED, by })).toEqual({ outcome });
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
