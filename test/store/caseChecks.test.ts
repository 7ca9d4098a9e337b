import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openStore, type Store } from '../../models/store';
import { caseDesk, toOpen, type CaseDesk } from '../support/caseDesk';
import { describeOnStores, STORE_KEY } from '../support/stores';

const RIGHT = 'rina.sen@example.org';
const WRONG = 'wrong@example.org';
const UNKNOWN = 'PD-0000-0000';
const ELSEWHERE = 'elsewhere';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describeOnStores('asking for a case', (open) => {
  let store: Store;
  let desk: CaseDesk;
  let reference: string;
  beforeEach(async () => {
    store = await open();
    desk = await caseDesk(store);
    ({ reference } = await desk.cases.open(toOpen({ conversationId: 'home' })));
  });

  const ask = async (conversationId: string, asked: string, proof: string): Promise<string> =>
    (await desk.caseChecks.check(conversationId, asked, proof)).outcome;
  /** So many wrong tries, each in a conversation of its own. */
  const guess = async (times: number, asked: string, proof = WRONG): Promise<string[]> => {
    const outcomes: string[] = [];
    for (let n = 0; n < times; n += 1) outcomes.push(await ask(`guesser ${n}`, asked, proof));
    return outcomes;
  };
  const counts = () => store.connection.collection('attempts').find().toArray();

  test('with the right proof finds it', async () => {
    expect(await desk.caseChecks.check(ELSEWHERE, reference, RIGHT)).toMatchObject({
      outcome: 'found',
      case: { reference },
    });
  });

  describe('from one conversation', () => {
    test.each([
      ['a known reference', () => reference],
      ['an unknown reference', () => UNKNOWN],
    ])('wrongly for %s is stopped after five tries', async (_what, asked) => {
      const outcomes: string[] = [];
      for (let tries = 0; tries < 6; tries += 1)
        outcomes.push(await ask(ELSEWHERE, asked(), WRONG));
      expect(outcomes).toEqual([...Array<string>(5).fill('notFound'), 'throttled']);
      // Nor does the right proof help then, or a guesser would know it for the right one.
      expect(await desk.caseChecks.check(ELSEWHERE, reference, RIGHT)).toEqual({
        outcome: 'throttled',
        by: 'conversation',
      });
      expect(await ask('another', reference, RIGHT)).toBe('found');
    });

    test('may go on a quarter of an hour after the first wrong try', async () => {
      for (let tries = 0; tries < 5; tries += 1) await ask(ELSEWHERE, UNKNOWN, WRONG);
      desk.clock.advance(15 * MINUTE - 1);
      expect(await ask(ELSEWHERE, reference, RIGHT)).toBe('throttled');
      desk.clock.advance(1);
      expect(await ask(ELSEWHERE, reference, RIGHT)).toBe('found');
    });

    test('rightly is never stopped', async () => {
      for (let tries = 0; tries < 120; tries += 1)
        expect(await ask(ELSEWHERE, reference, RIGHT)).toBe('found');
    });

    test('rightly for one case forgives no wrong try at another', async () => {
      for (let tries = 0; tries < 5; tries += 1) {
        expect(await ask(ELSEWHERE, UNKNOWN, WRONG)).toBe('notFound');
        if (tries < 4) expect(await ask(ELSEWHERE, reference, RIGHT)).toBe('found');
      }
      expect(await ask(ELSEWHERE, UNKNOWN, WRONG)).toBe('throttled');
    });

    test('many times at once is stopped as well', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 30 }, () => ask(ELSEWHERE, UNKNOWN, WRONG)),
      );
      expect(outcomes.filter((outcome) => outcome === 'notFound')).toHaveLength(5);
    });
  });

  describe('from many conversations', () => {
    test('is stopped after a hundred wrong tries, for known and unknown references alike', async () => {
      const expected = [...Array<string>(100).fill('notFound'), 'throttled', 'throttled'];
      expect(await guess(102, reference)).toEqual(expected);
      desk.clock.advance(15 * MINUTE);
      expect(await guess(102, UNKNOWN)).toEqual(expected);
    });

    test('and then with the right proof is no different from the wrong one', async () => {
      await guess(100, reference);
      const answers = await Promise.all(
        [RIGHT, WRONG].map((proof) => desk.caseChecks.check(`with ${proof}`, reference, proof)),
      );
      expect(answers[0]).toEqual({ outcome: 'throttled', by: 'reference' });
      expect(answers[1]).toEqual(answers[0]);
    });

    test('does not shut the owner out: not before, not where the case was opened, not the day after', async () => {
      await guess(99, reference);
      expect(await ask(ELSEWHERE, reference, RIGHT)).toBe('found');
      await guess(2, reference);
      expect(await ask(ELSEWHERE, reference, RIGHT)).toBe('throttled');
      expect(await ask('home', reference, WRONG)).toBe('throttled');
      expect(await ask('home', reference, RIGHT)).toBe('found');
      desk.clock.advance(DAY - 1);
      expect(await ask(ELSEWHERE, reference, RIGHT)).toBe('throttled');
      desk.clock.advance(1);
      expect(await ask(ELSEWHERE, reference, RIGHT)).toBe('found');
    });

    test('does not stop those who ask for another case', async () => {
      await guess(101, UNKNOWN);
      expect(await ask(ELSEWHERE, reference, RIGHT)).toBe('found');
    });

    test('at once, and in two processes, is stopped as well', async () => {
      const other = await caseDesk(store);
      const outcomes = await Promise.all(
        Array.from({ length: 130 }, async (_try, n) => {
          const { caseChecks } = n % 2 ? desk : other;
          return (await caseChecks.check(`c${n}`, UNKNOWN, WRONG)).outcome;
        }),
      );
      expect(outcomes.filter((outcome) => outcome === 'notFound')).toHaveLength(100);
    });
  });

  test('keeps neither reference nor conversation in clear, and no count longer than it is needed', async () => {
    await guess(3, reference);
    await ask(ELSEWHERE, UNKNOWN, WRONG);
    expect(await counts()).toHaveLength(6);
    expect(JSON.stringify(await counts())).not.toMatch(/guesser|elsewhere|PD-|example/);
    desk.clock.advance(15 * MINUTE);
    await ask(ELSEWHERE, UNKNOWN, WRONG);
    expect(await counts()).toHaveLength(3);
    desk.clock.advance(DAY);
    await ask(ELSEWHERE, UNKNOWN, WRONG);
    expect(await counts()).toHaveLength(2);
  });
});

test('a restart forgives no wrong try at a case', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'desk-checks-'));
  const before = await openStore({ directory, keys: [STORE_KEY] });
  const first = await caseDesk(before);
  const { reference } = await first.cases.open(toOpen());
  for (let tries = 0; tries < 5; tries += 1)
    await first.caseChecks.check(ELSEWHERE, reference, WRONG);
  for (let n = 0; n < 95; n += 1) await first.caseChecks.check(`c${n}`, reference, WRONG);
  await before.close();

  const after = await openStore({ directory, keys: [STORE_KEY] });
  const { caseChecks } = await caseDesk(after);
  const asked = [
    await caseChecks.check(ELSEWHERE, reference, RIGHT),
    await caseChecks.check('another', reference, RIGHT),
  ];
  await after.close();
  rmSync(directory, { recursive: true });
  expect(asked).toEqual([
    { outcome: 'throttled', by: 'conversation' },
    { outcome: 'throttled', by: 'reference' },
  ]);
});
