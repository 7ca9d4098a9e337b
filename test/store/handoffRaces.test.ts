import type { Store } from '../../models/store';
import type { Messenger } from '../../services/effects';
import type { Handoffs } from '../../services/handoffs';
import type { StaffMember } from '../../services/staffMember';
import { handoffDesk, wish, type HandoffDesk } from '../support/handoffDesk';
import { describeOnStores } from '../support/stores';

const RACES = 1000;
const AT_ONCE = 100;

const agents: readonly StaffMember[] = ['Asha', 'Ravi', 'Vera', 'Maya', 'Tara'].map((name) => ({
  ...{ name, accountId: `a-${name}`, email: `${name}@example.com` },
}));
const range = (from: number, count: number) => Array.from({ length: count }, (_, n) => from + n);
const idOf = (race: number): string => `00000000-0000-4000-8000-${String(race).padStart(12, '0')}`;

describeOnStores('claims at once', (open) => {
  let store: Store;
  let desk: HandoffDesk;
  /** Each agent at a desk of their own: within one, claims would stand in line. */
  let desks: readonly Handoffs[];
  /** What each conversation was told, by its key. */
  const told = new Map<string, string>();
  beforeEach(async () => {
    store = await open();
    desk = await handoffDesk(store);
    told.clear();
    const messenger: Messenger = {
      send: async (_reference, { text }, key) => void told.set(key, text),
    };
    desks = agents.map(() => desk.another({ messenger }));
  });
  const waits = async (race: number): Promise<void> => {
    const id = idOf(race);
    const requested = {
      ...{ ...wish({ id, conversationId: `c-${race}` }), state: 'waiting' as const, revision: 0 },
      ...{ requestedAt: desk.clock.now(), notes: [], history: [] },
    };
    expect(await desk.records.handoffs.insert(requested, [])).toBe('stored');
  };
  /** Two to five agents claim one, not always in the same order. */
  const run = async (race: number): Promise<void> => {
    const racers = range(race, 2 + (race % 4)).map((n) => n % agents.length);
    const outcomes = await Promise.all(
      racers.map(async (n) => ({
        name: agents[n]!.name,
        claimed: await desks[n]!.claim(idOf(race), agents[n]!),
      })),
    );
    const winners = outcomes.flatMap(({ name, claimed }) =>
      claimed.outcome === 'claimed' ? [name] : [],
    );
    const losersTold = outcomes.flatMap(({ claimed }) =>
      claimed.outcome === 'taken' ? [claimed.by.name] : [],
    );
    expect(winners).toHaveLength(1);
    expect(losersTold).toEqual(range(1, racers.length - 1).map(() => winners[0]));
    const words = told.get(`${idOf(race)}-message-0`);
    expect(words).toContain(`You are talking to ${winners[0]} now`);
  };

  test('have one winner each, of whom the losers and the customer are told (chatwoot#15275; failure 36)', async () => {
    for (let first = 0; first < RACES; first += AT_ONCE) {
      const races = range(first, AT_ONCE);
      await Promise.all(races.map(waits));
      await Promise.all(races.map(run));
    }
    expect(told.size).toBe(RACES);
    expect(await desk.handoffs.held(2 * RACES)).toHaveLength(RACES);
    expect(await desk.handoffs.waiting(1)).toEqual([]);
  }, 120_000);

  test('and a leaving customer: either it is held, or it is over', async () => {
    for (const race of range(0, 50)) {
      await waits(race);
      const [claimed, left] = await Promise.all([
        desks[0]!.claim(idOf(race), agents[0]!),
        desks[1]!.leave(`c-${race}`),
      ]);
      expect(left).toBe(claimed.outcome === 'gone');
      expect((await desk.handoffs.byId(idOf(race)))?.state).toBe(left ? 'ended' : 'held');
    }
  });
});
