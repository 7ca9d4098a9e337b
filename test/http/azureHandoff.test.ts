import type { Store } from '../../models/store';
import { AZURE_DESK_URL, AzureDesk, supportDesk, type SupportDesk } from '../support/azureDesk';
import { openMemory } from '../support/directLineDesk';

const ASHA = { accountId: 'asha', name: 'Asha', email: 'asha@staff.example' };

describe('a customer who came through Azure Bot Service', () => {
  let store: Store;
  let desk: AzureDesk;
  let support: SupportDesk;

  beforeAll(async () => {
    store = await openMemory();
    support = await supportDesk(store);
    desk = await AzureDesk.start((context) => support.bot.onTurn(context), support);
    support.reachBy(desk.adapter);
  });
  afterAll(async () => {
    await desk.close();
    await store.close();
  });

  const logged = async (conversationId: string): Promise<string[]> =>
    (await support.conversations.since(conversationId, 0, 100)).activities.map(
      ({ body: { from, text = '', channelData } }) => {
        const { agent } = (channelData ?? {}) as { agent?: { name: string } };
        const who = agent?.name ?? ((from as { role: string }).role === 'user' ? 'C' : 'B');
        return `${who}: ${String(text).slice(0, 40)}`;
      },
    );

  async function held(conversationId: string): Promise<string> {
    await desk.say(conversationId, 'I want to talk to a person');
    const handoff = await support.people.handoffs.newestOf(conversationId);
    await support.people.handoffs.claim(handoff?.id ?? '', ASHA);
    return handoff?.id ?? '';
  }

  test('talks with an agent both ways, in order, and the bot is quiet meanwhile', async () => {
    const { handoffs } = support.people;
    const id = await held('talk');
    expect(desk.service.texts('talk').at(-1)).toMatch(/talking to Asha now/);
    expect(await desk.say('talk', 'what data do you collect?')).toEqual([]);
    const said = { id: '0b8f9e4e-0000-4000-8000-000000000001', text: 'Hello, this is Asha.' };
    expect(await handoffs.say(id, ASHA, said)).toBe('said');
    // Said again, after an answer that was lost.
    expect(await handoffs.say(id, ASHA, said)).toBe('said');
    expect(desk.service.texts('talk').filter((text) => text === said.text)).toHaveLength(1);
    expect(await handoffs.giveBack(id, ASHA)).toBe(true);
    expect(desk.service.texts('talk').at(-1)).toMatch(/How was the talk/);
    expect(await desk.say('talk', '5')).toEqual([expect.stringMatching(/^Thank you/)]);
    expect((await handoffs.byId(id))?.rating).toBe(5);

    expect(await logged('talk')).toEqual([
      'C: I want to talk to a person',
      expect.stringMatching(/^B: I have asked for a person/),
      expect.stringMatching(/^B: You are talking to Asha/),
      'C: what data do you collect?',
      'Asha: Hello, this is Asha.',
      expect.stringMatching(/^B: Asha has handed you back/),
      expect.stringMatching(/^B: How was the talk/),
      'C: 5',
      expect.stringMatching(/^B: Thank you/),
    ]);
  });

  test('is asked for consent in the policy’s words, with its citations', async () => {
    const id = await held('consent');
    const handoff = await support.people.handoffs.byId(id);
    if (!handoff) throw new Error('There is no handoff.');
    const { consents } = support.people;
    expect(await consents.ask(handoff, ASHA, 'Remove the printer driver', 20)).toBe('asked');
    const asked = desk.service.received.filter((each) => each.conversationId === 'consent').at(-1);
    const [{ citation }] = (asked?.activity.entities ?? []) as unknown as [
      { citation: { appearance: { url: string } }[] },
    ];
    expect(citation.map(({ appearance }) => appearance.url)).toEqual(
      ['remote.access', 'remote.minimise', 'remote.your_responsibility'].map(
        (passage) => `${AZURE_DESK_URL}/policy#${passage}`,
      ),
    );
    expect(await desk.say('consent', 'I agree')).toEqual([expect.stringMatching(/may do that/)]);
    expect((await consents.ofHandoff(id))[0]?.state).toBe('given');
    expect(await desk.say('consent', 'stop')).toEqual([
      expect.stringMatching(/taken your consent back/),
    ]);
    expect((await consents.ofHandoff(id))[0]?.state).toBe('revoked');
  });

  test('is not told what could not be sent, and is told it at the next try', async () => {
    const id = await held('refused');
    desk.service.refused.add('POST');
    const said = { id: '0b8f9e4e-0000-4000-8000-000000000002', text: 'Are you there?' };
    await expect(support.people.handoffs.say(id, ASHA, said)).rejects.toThrow();
    expect(await logged('refused')).not.toContain('Asha: Are you there?');
    desk.service.refused.clear();
    expect(await support.people.handoffs.say(id, ASHA, said)).toBe('said');
    expect(await logged('refused')).toContain('Asha: Are you there?');
  });

  test('has no PIN in the log that a person reads', async () => {
    const { messenger } = support.people;
    await desk.say('pin', 'hello');
    const [reference] = desk.service.received.filter((each) => each.conversationId === 'pin');
    await messenger.send(
      {
        ...{ conversation: { id: 'pin' }, serviceUrl: desk.service.url, channelId: 'msteams' },
        ...{ bot: { id: 'desk' }, user: { id: 'customer' } },
      },
      { text: 'Your PIN is **123456**.' },
      'pin',
    );
    expect(reference).toBeDefined();
    expect(desk.service.texts('pin').at(-1)).toContain('123456');
    expect((await logged('pin')).join()).not.toContain('123456');
  });
});
