import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChoiceRecords } from '../../models/choices';
import { vaultOf } from '../../models/sealed';
import type { Store } from '../../models/store';
import { Choices, type TakenChoice } from '../../services/choices';
import { ExampleFiles } from '../../services/understanding/exampleFiles';
import { caseDesk, type CaseDesk } from '../support/caseDesk';
import { describeOnStores } from '../support/stores';

const KEPT_MS = 90 * 24 * 60 * 60 * 1000;
const QUESTION = 'this is Priya Sen, is 98300 12345 known to zanzibar';
const WORDS = 'this is …, is … known to zanzibar';
const TAKEN: TakenChoice = {
  ...{ conversationId: 'c1', activityId: 'c1|0000007', text: QUESTION },
  ...{ offered: ['share.no_sell', 'share.legal'], chosen: 'share.legal' },
};

describeOnStores('choices', (open) => {
  let directory: string;
  let store: Store;
  let desk: CaseDesk;
  let choices: Choices;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'choices-'));
    writeFileSync(join(directory, 'share.legal.txt'), 'will the court get it\n');
    store = await open();
    desk = await caseDesk(store);
    choices = choicesOn(store);
    await new ChoiceRecords(store).ensureIndexes();
  });
  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  const choicesOn = (of: Store): Choices => {
    const { audit, clock, log } = desk;
    const records = new ChoiceRecords(of);
    return new Choices({ audit, clock, log, records, examples: new ExampleFiles(directory) });
  };
  const examples = (): string => readFileSync(join(directory, 'share.legal.txt'), 'utf8');
  const kept = () => store.connection.collection('choices').find().toArray();
  const decisions = async (id: string) => desk.audit.entriesAbout('choice', id);
  const proposal = async () => {
    await choices.taken(TAKEN);
    return (await choices.pending())[0]!;
  };

  test('are proposed with their words, without values', async () => {
    expect(await proposal()).toMatchObject({
      ...{ words: WORDS, conversationId: 'c1', at: desk.clock.now() },
      ...{ offered: ['share.no_sell', 'share.legal'], chosen: 'share.legal' },
    });
  });

  test('are logged by id, and kept sealed', async () => {
    await choices.taken(TAKEN);
    expect(desk.log.lines).toEqual([
      {
        ...{ level: 'info', event: 'choice.taken' },
        fields: { conversationId: 'c1', passage: 'share.legal', count: 2 },
      },
    ]);
    const stored = await kept();
    expect(stored).toHaveLength(1);
    expect(JSON.stringify(stored)).not.toMatch(/zanzibar|Priya|98300/);
  });

  test('are one where the same message takes them again', async () => {
    const first = await proposal();
    desk.clock.advance(1000);
    await choices.taken(TAKEN);
    expect(await choices.pending()).toEqual([first]);
    await choices.taken({ ...TAKEN, activityId: 'c1|0000009' });
    expect(await choices.pending()).toHaveLength(2);
  });

  test.each([
    ['whose words alone do not say what was asked', undefined],
    ['of whose words too little is left', '98300 12345'],
  ])('%s are logged and not proposed', async (_which, text) => {
    await choices.taken({ ...TAKEN, text });
    expect(desk.log.lines).toHaveLength(1);
    expect(await kept()).toEqual([]);
  });

  test('come oldest first, and are found by the beginning of their id', async () => {
    const first = await proposal();
    desk.clock.advance(1000);
    await choices.taken({ ...TAKEN, activityId: 'c1|0000009' });
    const [, second] = await choices.pending();
    expect(second!.at > first.at).toBe(true);
    expect(await choices.beginningWith(second!.id.slice(0, 8))).toEqual([second]);
    expect(await choices.beginningWith('zzzzzzzz')).toEqual([]);
  });

  test('that are accepted become an example, and only that is left of them', async () => {
    const choice = await proposal();
    expect(await choices.accept(choice.id)).toEqual({ outcome: 'accepted', choice });
    expect(examples()).toBe(`will the court get it\n\n# voice: customers\n${WORDS}\n`);
    expect(await kept()).toEqual([]);
    expect(await decisions(choice.id)).toMatchObject([
      { action: 'choice.accepted', by: 'operator', facts: { passage: 'share.legal' } },
    ]);
    expect(await choices.accept(choice.id)).toEqual({ outcome: 'unknown' });
  });

  test('that are rejected become nothing, and nothing is left of them', async () => {
    const { id } = await proposal();
    expect(await choices.reject(id)).toBe('rejected');
    expect(examples()).toBe('will the court get it\n');
    expect(await kept()).toEqual([]);
    expect(await decisions(id)).toMatchObject([{ action: 'choice.rejected', by: 'operator' }]);
    expect(await choices.reject(id)).toBe('unknown');
  });

  describe('cannot be accepted, and go on waiting,', () => {
    const refused = async (id: string, outcome: object) => {
      const before = examples();
      expect(await choices.accept(id)).toEqual(outcome);
      expect(examples()).toBe(before);
      expect(await choices.pending()).toHaveLength(1);
      expect(await decisions(id)).toEqual([]);
    };

    test('where such a line stands already', async () => {
      await choices.taken({ ...TAKEN, text: 'Will the court get it?' });
      const [choice] = await choices.pending();
      await refused(choice!.id, { outcome: 'exists', label: 'share.legal' });
    });

    test('where the passage has no examples any more', async () => {
      await choices.taken({ ...TAKEN, chosen: 'share.no_sell' });
      const [choice] = await choices.pending();
      await refused(choice!.id, { outcome: 'noLabel' });
    });

    test.each(['call 98300 12345', 'write to a@b.example', 'I live at 14 Park Street, Kolkata'])(
      'where the words hold a value: %s',
      async (words) => {
        const { activityId: _activity, text: _text, ...rest } = TAKEN;
        const id = '44444444-4444-4444-8444-444444444444';
        await new ChoiceRecords(store).insert({ ...rest, id, words, at: desk.clock.now() });
        await refused(id, { outcome: 'personal' });
      },
    );
  });

  test('on which nobody decides are removed after 90 days', async () => {
    await choices.taken(TAKEN);
    desk.clock.advance(KEPT_MS);
    await choices.removeOld();
    expect(await kept()).toHaveLength(1);
    desk.clock.advance(1);
    await choices.removeOld();
    expect(await kept()).toEqual([]);
  });

  test('of one conversation can be forgotten', async () => {
    await choices.taken(TAKEN);
    await choices.taken({ ...TAKEN, conversationId: 'c2' });
    await choices.forgetOf('c1');
    expect((await choices.pending()).map(({ conversationId }) => conversationId)).toEqual(['c2']);
  });

  test('whose seal cannot be opened do not hold up the others', async () => {
    const lost = vaultOf([{ id: 'lost', secret: Buffer.alloc(32, 5) }]);
    await choicesOn({ ...store, vault: lost }).taken(TAKEN);
    await choices.taken({ ...TAKEN, conversationId: 'c2' });
    expect((await choices.pending()).map(({ conversationId }) => conversationId)).toEqual(['c2']);
  });
});
