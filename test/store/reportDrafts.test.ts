import type { Store } from '../../models/store';
import { vaultOf } from '../../models/sealed';
import { CLAIM_MS, UNCONFIRMED_AFTER_MS, type DraftContent } from '../../services/reportDrafts';
import { CASE_ID, caseDesk, draftOf, type CaseDesk } from '../support/caseDesk';
import { describeOnStores } from '../support/stores';

const MINUTE = 60_000;
const SECOND = '22222222-2222-4222-8222-222222222222';
const THIRD = '33333333-3333-4333-8333-333333333333';
const idOf = (n: number): string => `44444444-4444-4444-8444-${String(n).padStart(12, '0')}`;
const RECEIVED = new Date('2026-11-23T04:00:00Z');

describeOnStores('report drafts', (open) => {
  let store: Store;
  let desk: CaseDesk;
  beforeEach(async () => {
    store = await open();
    desk = await caseDesk(store);
  });

  const save = (changes: Partial<DraftContent> = {}, id = CASE_ID, conversationId = 'c1') =>
    desk.drafts.save(id, conversationId, RECEIVED, draftOf(changes));
  const confirm = (changes: Partial<DraftContent> = {}) =>
    desk.drafts.confirm(CASE_ID, 'c1', RECEIVED, draftOf(changes));
  const anHourLater = (): void => {
    desk.clock.advance(UNCONFIRMED_AFTER_MS);
  };
  const kept = () => store.connection.collection('reportDrafts').countDocuments();
  const opened = () => desk.records.cases.byId(CASE_ID);

  test('one that is confirmed becomes a case, and the draft is gone', async () => {
    await save();
    const { reference, pin } = await confirm({ aboutStaff: 'staff' });
    expect(reference).toMatch(/^PD-/);
    expect(pin).toMatch(/^\d{6}$/);
    expect(await opened()).toMatchObject({
      confirmed: true,
      aboutStaff: 'staff',
      conversationId: 'c1',
      rounds: [{ promise: { receivedAt: RECEIVED } }],
      report: { whatHappened: 'A zebra read my letters.' },
    });
    expect(await kept()).toBe(0);
  });

  test('one confirmed again, after a crash, gives the same answer', async () => {
    await save();
    expect(await confirm()).toEqual(await confirm());
  });

  test('the time of receipt stays that of the first word', async () => {
    await save();
    desk.clock.advance(10 * MINUTE);
    await desk.drafts.save(CASE_ID, 'c1', desk.clock.now(), draftOf());
    anHourLater();
    await desk.drafts.passOnLeft();
    expect((await opened())?.rounds[0]?.promise.receivedAt).toEqual(RECEIVED);
  });

  describe('one that is left', () => {
    test('for less than an hour stays', async () => {
      await save();
      desk.clock.advance(UNCONFIRMED_AFTER_MS - 1);
      await desk.drafts.passOnLeft();
      expect(await opened()).toBeUndefined();
      expect(await kept()).toBe(1);
    });

    test('for an hour is passed on once, marked as unconfirmed, and the conversation is told', async () => {
      await save();
      anHourLater();
      await desk.drafts.passOnLeft();
      await desk.drafts.passOnLeft();
      await desk.settle();
      expect(await opened()).toMatchObject({
        confirmed: false,
        rounds: [{ promise: { receivedAt: RECEIVED } }],
      });
      expect(desk.mails).toHaveLength(1);
      expect(desk.mails[0]!.subject).toContain('Unconfirmed');
      const { reference } = (await opened())!;
      expect(desk.said).toHaveLength(1);
      expect(desk.said[0]!.text).toContain(reference);
      expect(desk.said[0]!.reference).toEqual({ conversation: { id: 'c1' } });
      expect(await kept()).toBe(0);
    });

    test('is passed on once by two processes at once', async () => {
      const other = await caseDesk(store);
      await save();
      anHourLater();
      other.clock.set(desk.clock.now());
      await Promise.all([desk.drafts.passOnLeft(), other.drafts.passOnLeft()]);
      await desk.settle();
      await other.settle();
      expect(desk.mails.length + other.mails.length).toBe(1);
      expect(await store.connection.collection('cases').countDocuments()).toBe(1);
    });

    test('and touched while it is passed on is kept', async () => {
      await save();
      anHourLater();
      const passing = desk.drafts.passOnLeft();
      desk.clock.advance(1);
      await save({ report: { whatHappened: 'A zebra and a walrus.' } });
      await passing;
      expect(await kept()).toBe(1);
    });

    test('and touched before it is claimed stays the customer’s to confirm', async () => {
      await save();
      anHourLater();
      const { drafts } = desk.records;
      const reading = Object.assign(Object.create(drafts) as typeof drafts, {
        untouchedSince: async (...page: Parameters<typeof drafts.untouchedSince>) => {
          const left = await drafts.untouchedSince(...page);
          desk.clock.advance(1);
          await save({ report: { whatHappened: 'A zebra and a walrus.' } });
          return left;
        },
      });
      const other = await caseDesk(store, { records: { drafts: reading } });
      other.clock.set(desk.clock.now());
      await other.drafts.passOnLeft();
      expect(await opened()).toBeUndefined();
      expect(await kept()).toBe(1);
    });

    test('again, with more told, is passed on again, and the manager sees what was added', async () => {
      await save();
      anHourLater();
      await desk.drafts.passOnLeft();
      await desk.settle();
      await save({ report: { whatHappened: 'A zebra and a walrus.' } });
      anHourLater();
      await desk.drafts.passOnLeft();
      await desk.settle();
      expect(desk.mails).toHaveLength(2);
      expect(desk.mails[1]!.text).toContain('walrus');
      expect(desk.said).toHaveLength(1);
      expect(await kept()).toBe(0);
    });

    test('and confirmed afterwards completes the same case', async () => {
      await save();
      anHourLater();
      await desk.drafts.passOnLeft();
      const before = await opened();
      await save({ report: { whatHappened: 'A zebra and a walrus.' } });
      const { reference } = await confirm({ report: { whatHappened: 'A zebra and a walrus.' } });
      expect(reference).toBe(before?.reference);
      expect(await opened()).toMatchObject({
        confirmed: true,
        report: { whatHappened: 'A zebra and a walrus.' },
      });
      expect(await kept()).toBe(0);
    });

    test('and confirmed at the same moment is one confirmed case', async () => {
      for (let round = 0; round < 10; round += 1) {
        const id = idOf(round);
        await save({}, id);
        anHourLater();
        const [, confirmed] = await Promise.all([
          desk.drafts.passOnLeft(),
          desk.drafts.confirm(id, 'c1', RECEIVED, draftOf()),
        ]);
        const stored = await desk.records.cases.byId(id);
        expect(stored).toMatchObject({ confirmed: true, reference: confirmed.reference });
        expect(await kept()).toBe(0);
      }
      expect(await store.connection.collection('cases').countDocuments()).toBe(10);
    });

    test('with nothing told is dropped without a word', async () => {
      await save({ report: { whatHappened: '' } });
      anHourLater();
      await desk.drafts.passOnLeft();
      await desk.settle();
      expect(await kept()).toBe(0);
      expect(await opened()).toBeUndefined();
      expect([desk.mails, desk.said, desk.log.lines]).toEqual([[], [], []]);
    });

    test.each([
      ['names the privacy manager', 'breach', 'The privacy manager laughed.', 'privacy_manager'],
      ['names the Privacy Officer', 'complaint', 'Your Privacy Officer too.', 'privacy_manager'],
      ['says that it was not them', 'breach', 'It was not the privacy manager.', 'no'],
      ['names neither', 'misuse', 'A zebra read my letters.', 'no'],
      ['is a question to them', 'question', 'Has the privacy manager a cat?', 'no'],
    ] as const)(
      'before the question about staff, and %s',
      async (_what, kind, whatHappened, aboutStaff) => {
        await save({ kind, report: { whatHappened } });
        anHourLater();
        await desk.drafts.passOnLeft();
        expect(await opened()).toMatchObject({ kind, aboutStaff });
      },
    );

    test('is told of to the conversation with who has it, and what it is', async () => {
      const told = async (changes: Partial<DraftContent>, id: string): Promise<string> => {
        await save(changes, id);
        anHourLater();
        await desk.drafts.passOnLeft();
        await desk.settle();
        return desk.said.at(-1)!.text;
      };
      expect(await told({}, SECOND)).toBe(
        `You had not confirmed your report, so that it is not lost I have passed on what you told me to the privacy manager, marked as unconfirmed. The reference is ${(await desk.cases.referenceOf(SECOND))!}. You can still complete it: just write here. You can check it here once you have confirmed it.`,
      );
      expect(await told({ kind: 'question', aboutStaff: 'privacy_manager' }, THIRD)).toMatch(
        /^You had not confirmed your question, .* to a person above the privacy manager, /,
      );
      // Also where the desk itself takes it to be about the manager.
      const named = { report: { whatHappened: 'Your privacy officer laughed.' } };
      expect(await told(named, CASE_ID)).toContain('to a person above the privacy manager,');
    });

    test('after the question about staff is sorted by the answer', async () => {
      await save({
        aboutStaff: 'no',
        report: { whatHappened: 'Please tell the privacy manager about a zebra.' },
      });
      anHourLater();
      await desk.drafts.passOnLeft();
      expect((await opened())?.aboutStaff).toBe('no');
    });
  });

  describe('one that cannot be passed on does not hold up the others', () => {
    test('when its seal cannot be opened', async () => {
      const lost = await caseDesk({
        ...store,
        vault: vaultOf([{ id: 'lost', secret: Buffer.alloc(32, 5) }]),
      });
      await lost.drafts.save(CASE_ID, 'c1', RECEIVED, draftOf());
      desk.clock.advance(1);
      await save({}, SECOND);
      anHourLater();
      await desk.drafts.passOnLeft();
      expect(await desk.records.cases.byId(SECOND)).toBeDefined();
      expect(await kept()).toBe(1);
      expect(desk.log.lines).toContainEqual(
        expect.objectContaining({ level: 'error', event: 'draft.stuck' }),
      );
    });

    test('when there are more of them than are read at a time, and each is logged once', async () => {
      const lost = await caseDesk({
        ...store,
        vault: vaultOf([{ id: 'lost', secret: Buffer.alloc(32, 5) }]),
      });
      for (let n = 0; n < 120; n += 1) await lost.drafts.save(idOf(n), 'c1', RECEIVED, draftOf());
      desk.clock.advance(1);
      await save({}, 'ffffffff-ffff-4fff-8fff-ffffffffffff');
      anHourLater();
      await desk.drafts.passOnLeft();
      await desk.drafts.passOnLeft();
      expect(await store.connection.collection('cases').countDocuments()).toBe(1);
      expect(await kept()).toBe(120);
      expect(desk.log.lines.filter(({ event }) => event === 'draft.stuck')).toHaveLength(120);
    });

    test('when a case cannot be made of it', async () => {
      await save({ kind: 'nonsense' as DraftContent['kind'] });
      desk.clock.advance(1);
      await save({}, SECOND);
      anHourLater();
      await desk.drafts.passOnLeft();
      expect(await desk.records.cases.byId(SECOND)).toBeDefined();
      expect(await kept()).toBe(1);
    });
  });

  describe('one that is cancelled', () => {
    test('is not passed on', async () => {
      await save();
      expect(await desk.drafts.cancel(CASE_ID)).toEqual({});
      anHourLater();
      await desk.drafts.passOnLeft();
      expect(await opened()).toBeUndefined();
    });

    test('after it was passed on gives the reference it went out under', async () => {
      await save();
      anHourLater();
      await desk.drafts.passOnLeft();
      expect(await desk.drafts.cancel(CASE_ID)).toEqual({
        passedOnAs: (await opened())?.reference,
      });
    });

    describe('while it is passed on', () => {
      type Records = CaseDesk['records'];
      /** Another process over the same store, in which the records act as the test wants. */
      const passingOn = async (changed: {
        cases?: Partial<Records['cases']>;
        drafts?: Partial<Records['drafts']>;
      }): Promise<CaseDesk> => {
        const { cases, drafts } = desk.records;
        const over = <T extends object>(real: T, changes: Partial<T> = {}): T =>
          Object.assign(Object.create(real) as T, changes);
        const other = await caseDesk(store, {
          records: { cases: over(cases, changed.cases), drafts: over(drafts, changed.drafts) },
        });
        other.clock.set(desk.clock.now());
        return other;
      };
      const cases = () => store.connection.collection('cases').countDocuments();

      test('and not yet claimed is dropped, and stays so', async () => {
        await save();
        anHourLater();
        const { drafts } = desk.records;
        const other = await passingOn({
          drafts: {
            untouchedSince: async (...page) => {
              const left = await drafts.untouchedSince(...page);
              expect(await desk.drafts.cancel(CASE_ID)).toEqual({});
              return left;
            },
          },
        });
        await other.drafts.passOnLeft();
        expect([await cases(), await kept()]).toEqual([0, 0]);
      });

      test.each(['before', 'after'])(
        'and claimed gives the reference, %s the case is stored',
        async (when) => {
          await save();
          anHourLater();
          const { cases: real } = desk.records;
          let cancelled: Awaited<ReturnType<typeof desk.drafts.cancel>> | undefined;
          const other = await passingOn({
            cases: {
              insert: async (...args) => {
                if (when === 'before') cancelled = await desk.drafts.cancel(CASE_ID);
                const stored = await real.insert(...args);
                if (when === 'after') cancelled = await desk.drafts.cancel(CASE_ID);
                return stored;
              },
            },
          });
          await other.drafts.passOnLeft();
          const { reference } = (await opened())!;
          expect(cancelled).toEqual({ passedOnAs: reference });
          expect([await cases(), await kept()]).toEqual([1, 0]);
          await desk.settle();
          expect(desk.mails).toHaveLength(1);
        },
      );

      test('at any moment, is told what is true', async () => {
        const other = await caseDesk(store);
        const outcomes = new Set<boolean>();
        for (let round = 0; round < 40; round += 1) {
          const id = idOf(round);
          await save({}, id);
          anHourLater();
          other.clock.set(desk.clock.now());
          const passing = other.drafts.passOnLeft();
          // Each round some turns of the loop further into the passing on.
          for (let turns = 0; turns < round; turns += 1) await new Promise(setImmediate);
          const { passedOnAs } = await desk.drafts.cancel(id);
          await passing;
          expect(passedOnAs).toBe(await desk.cases.referenceOf(id));
          expect(await kept()).toBe(0);
          outcomes.add(passedOnAs !== undefined);
        }
        expect(outcomes.size).toBe(2);
      });

      test.each(['before', 'after'])(
        'by a process that dies %s it stores the case is not lost, and passed on once',
        async (when) => {
          await save();
          anHourLater();
          const { cases: real } = desk.records;
          const dying = await passingOn({
            cases: {
              insert: async (...args) => {
                if (when === 'after') await real.insert(...args);
                throw new Error('The process ended here.');
              },
            },
          });
          await dying.drafts.passOnLeft();
          await desk.drafts.passOnLeft();
          expect([await cases(), await kept()]).toEqual([when === 'after' ? 1 : 0, 1]);
          desk.clock.advance(CLAIM_MS);
          await desk.drafts.passOnLeft();
          await desk.settle();
          expect([await cases(), await kept(), desk.mails.length]).toEqual([1, 0, 1]);
        },
      );

      test.each([
        ['is passed on, since it may be done', CLAIM_MS - 1, 1],
        ['is dropped once it is taken for dead', CLAIM_MS, 0],
      ])('by a process that died, and cancelled, %s', async (_what, later, count) => {
        await save();
        anHourLater();
        const [draft] = await desk.records.drafts.untouchedSince(desk.clock.now(), 1);
        const until = new Date(desk.clock.now().getTime() + CLAIM_MS);
        await desk.records.drafts.claim(draft!, desk.clock.now(), until);
        desk.clock.advance(later);
        const { passedOnAs } = await desk.drafts.cancel(CASE_ID);
        expect(passedOnAs).toBe((await opened())?.reference);
        expect([await cases(), await kept()]).toEqual([count, 0]);
      });

      test('and touched then can be cancelled afterwards, with what was passed on named', async () => {
        await save();
        anHourLater();
        const { cases: real } = desk.records;
        const other = await passingOn({
          cases: {
            insert: async (...args) => {
              desk.clock.advance(1);
              await save({ report: { whatHappened: 'A zebra and a walrus.' } });
              return real.insert(...args);
            },
          },
        });
        await other.drafts.passOnLeft();
        expect(await kept()).toBe(1);
        const { passedOnAs } = await desk.drafts.cancel(CASE_ID);
        const stored = (await opened())!;
        expect(passedOnAs).toBe(stored.reference);
        expect(stored.report.whatHappened).toBe('A zebra read my letters.');
        expect(await kept()).toBe(0);
      });
    });

    test('with its whole conversation takes no other conversation’s', async () => {
      await save();
      await save({}, SECOND, 'c2');
      await desk.drafts.cancelOfConversation('c1');
      anHourLater();
      await desk.drafts.passOnLeft();
      expect(await opened()).toBeUndefined();
      expect(await desk.records.cases.byId(SECOND)).toBeDefined();
    });
  });

  test('many left at once are all passed on', async () => {
    for (let n = 0; n < 60; n += 1) await save({}, idOf(n));
    anHourLater();
    await desk.drafts.passOnLeft();
    expect(await kept()).toBe(0);
    expect(await store.connection.collection('cases').countDocuments()).toBe(60);
  });
});
