import type { Store } from '../../models/store';
import { Consents, type Consent } from '../../services/consents';
import type { Handoff } from '../../services/handoffs';
import {
  ASHA,
  CHAT,
  CLAIMED,
  handoffDesk,
  ID,
  RAVI,
  wish,
  type HandoffDesk,
} from '../support/handoffDesk';
import { describeOnStores } from '../support/stores';

const SCOPE = 'Look at why the printer does not print';
const QUESTION = `Bot: May they? ${SCOPE}`;
const MINUTE_MS = 60_000;
const ENDED = 'Bot: The remote help by Asha has ended: nobody may be on your computer any more.';
const TIME_UP =
  'Bot: The time that you gave Asha for remote help is over: nobody may be on your computer any more.';

describeOnStores('a consent to remote help', (open) => {
  let store: Store;
  let desk: HandoffDesk;
  let consents: Consents;
  let handoff: Handoff;
  beforeEach(async () => {
    store = await open();
    desk = await handoffDesk(store);
    consents = desk.consents;
    await desk.handoffs.request(wish());
    await desk.handoffs.claim(ID, ASHA);
    handoff = (await desk.handoffs.byId(ID))!;
  });
  const ask = () => consents.ask(handoff, ASHA, SCOPE, 30);
  const pending = async (): Promise<Consent> => (await consents.pending(CHAT))!;
  const given = async (): Promise<void> => {
    await ask();
    expect(await consents.answer((await pending()).id, 'given')).toBe(true);
  };
  const newest = async (): Promise<Consent | undefined> => (await consents.ofHandoff(ID)).at(-1);
  const consentActions = async (): Promise<string[]> =>
    (await desk.actions()).filter((action) => action.startsWith('consent.'));

  test('is asked for in the chat, one at a time', async () => {
    expect(await ask()).toBe('asked');
    expect(await ask()).toBe('askedBefore');
    expect(await desk.lines()).toEqual([CLAIMED('Asha'), QUESTION]);
    expect(await pending()).toMatchObject({ scope: SCOPE, minutes: 30, askedBy: { name: 'Asha' } });
    expect(await consents.active(CHAT)).toBeUndefined();
    expect(await consentActions()).toEqual(['consent.asked staff']);
  });

  test('asked for twice at once is one', async () => {
    expect((await Promise.all([ask(), ask()])).sort()).toEqual(['asked', 'askedBefore']);
    expect(await desk.lines()).toEqual([CLAIMED('Asha'), QUESTION]);
  });

  test('is asked for by nobody but the agent who talks', async () => {
    expect(await consents.ask(handoff, RAVI, SCOPE, 30)).toBe('notHeld');
    expect(await consents.ask({ ...handoff, state: 'ended' }, ASHA, SCOPE, 30)).toBe('notHeld');
    expect(await consents.ofHandoff(ID)).toEqual([]);
  });

  test.each([
    ['no words', ' ', 30],
    ['too many words', 'x'.repeat(501), 30],
    ['no time', SCOPE, 0],
    ['part of a minute', SCOPE, 1.5],
    ['more than four hours', SCOPE, 241],
  ])('for %s is refused', async (_what, scope, minutes) => {
    await expect(consents.ask(handoff, ASHA, scope, minutes)).rejects.toMatchObject({
      code: 'BadArgument',
    });
  });

  test('that was given holds for its time, and no longer even before it is swept', async () => {
    await given();
    expect(await consents.pending(CHAT)).toBeUndefined();
    const until = new Date(desk.clock.now().getTime() + 30 * MINUTE_MS);
    expect(await consents.active(CHAT)).toMatchObject({ state: 'given', until });
    desk.clock.advance(30 * MINUTE_MS - 1);
    expect(await consents.sweep()).toBe(0);
    expect(await consents.active(CHAT)).toBeDefined();
    desk.clock.advance(1);
    expect(await consents.active(CHAT)).toBeUndefined();
    expect(await consents.revoke(CHAT)).toBe(false);
    expect(await consents.sweep()).toBe(1);
    expect(await newest()).toMatchObject({ state: 'ended', endedBy: 'time' });
    await desk.settle();
    expect((await desk.lines()).at(-1)).toBe(TIME_UP);
    expect(await consentActions()).toEqual([
      ...['consent.asked staff', 'consent.given customer', 'consent.ended desk'],
    ]);
  });

  test('is answered once, also by a turn that is run again', async () => {
    await ask();
    const { id } = await pending();
    expect(await consents.answer(id, 'refused')).toBe(true);
    expect(await consents.answer(id, 'refused')).toBe(true);
    expect(await consents.answer(id, 'given')).toBe(false);
    expect(await newest()).toMatchObject({ state: 'refused' });
    expect(await ask()).toBe('asked');
    expect(await consentActions()).toEqual([
      ...['consent.asked staff', 'consent.refused customer', 'consent.asked staff'],
    ]);
  });

  test('can be taken back at any time, which the agent’s page hears at once', async () => {
    await given();
    desk.told.length = 0;
    expect(await consents.revoke(CHAT)).toBe(true);
    expect(desk.told).toEqual([{ kind: 'conversation', conversationId: CHAT }]);
    expect(await newest()).toMatchObject({ state: 'revoked', endedBy: 'customer' });
    expect(await consents.active(CHAT)).toBeUndefined();
    expect(await consents.revoke(CHAT)).toBe(false);
    expect((await consentActions()).at(-1)).toBe('consent.revoked customer');
  });

  test('is ended by the agent, whether or not it was given', async () => {
    await ask();
    expect(await consents.end(ID, RAVI)).toBe(false);
    expect(await consents.end(ID, ASHA)).toBe(true);
    expect(await consents.end(ID, ASHA)).toBe(false);
    await given();
    expect(await consents.end(ID, ASHA)).toBe(true);
    await desk.settle();
    expect(await desk.lines()).toEqual([CLAIMED('Asha'), QUESTION, QUESTION, ENDED]);
    expect((await consentActions()).at(-1)).toBe('consent.ended staff');
  });

  test.each<[string, () => Promise<unknown>]>([
    ['is given back', () => desk.handoffs.giveBack(ID, ASHA)],
    ['is closed', () => desk.handoffs.close(ID, ASHA, 'solved')],
    ['is passed on', () => desk.handoffs.transfer(ID, ASHA, RAVI)],
    ['ends', () => desk.handoffs.chatEnded(CHAT)],
    [
      'is lost by its agent',
      async () => {
        desk.clock.advance(3 * MINUTE_MS);
        await desk.handoffs.sweep();
      },
    ],
  ])('ends when the conversation %s', async (_how, happens) => {
    await given();
    await happens();
    expect(await newest()).toMatchObject({ state: 'ended', endedBy: 'conversation' });
    expect(await consents.active(CHAT)).toBeUndefined();
  });

  test('stays when somebody else passes on what they do not hold', async () => {
    await given();
    await desk.handoffs.transfer(ID, RAVI);
    expect(await consents.active(CHAT)).toBeDefined();
  });

  test.each([
    ['asked', true],
    ['noted that it was asked', false],
  ])('is asked once where a crash came before it was %s', async (_what, before) => {
    const records = desk.records.consents;
    const away = () => Promise.reject(new Error('away'));
    const cut = new Consents({
      ...desk.parts,
      ...{ records, ids: desk.ids, customerSide: desk.customerSide },
      ...(before ? { customerSide: { askConsent: away } } : {}),
    });
    if (!before) jest.spyOn(records, 'change').mockImplementationOnce(away);
    expect(await cut.ask(handoff, ASHA, SCOPE, 30)).toBe('asked');
    expect(await consents.sweep()).toBe(1);
    expect(await consents.sweep()).toBe(0);
    expect(await desk.lines()).toEqual([CLAIMED('Asha'), QUESTION]);
  });

  test('is kept sealed in its words', async () => {
    await ask();
    const stored = JSON.stringify(await store.connection.collection('consents').findOne());
    expect(stored).not.toMatch(/printer|Asha/);
  });
});
