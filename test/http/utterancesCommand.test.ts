import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  runUtterances,
  utterancesAsked,
  type Reviewer,
  type UtterancesAsked,
} from '../../bot/commands/utterances';
import { policyOf } from '../../bot/desk';
import { ROOT } from '../../bot/root';
import { ChoiceRecords } from '../../models/choices';
import { openStore, type Store } from '../../models/store';
import { Choices } from '../../services/choices';
import { ExampleFiles } from '../../services/understanding/exampleFiles';
import { caseDesk, type CaseDesk } from '../support/caseDesk';
import { TEST_KEY } from '../support/product';

const LABEL = 'share.legal';
const QUESTIONS = [
  'would the taxman of Zanzibar get it',
  'does a sheikh ask and have it',
  'and if a vizier writes',
];

let directory: string;
let store: Store;
let desk: CaseDesk;
let choices: Choices;

// As a running desk does, this process serves the store to the commands beside it.
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'desk-utterances-'));
  mkdirSync(join(directory, 'utterances'));
  copyFileSync(join(ROOT, `knowledge/utterances/${LABEL}.txt`), file());
  store = await openStore({ directory, keys: [TEST_KEY] });
  desk = await caseDesk(store);
  const records = new ChoiceRecords(store);
  await records.ensureIndexes();
  const { audit, clock, log } = desk;
  const examples = new ExampleFiles(join(directory, 'utterances'));
  choices = new Choices({ audit, clock, log, records, examples });
  for (const [place, text] of QUESTIONS.entries()) {
    await choices.taken({
      ...{ conversationId: 'c1', activityId: String(place), text },
      ...{ offered: ['secure.limits', LABEL], chosen: LABEL },
    });
    desk.clock.advance(1000);
  }
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});
const file = (): string => join(directory, 'utterances', `${LABEL}.txt`);
const added = (): string => readFileSync(file(), 'utf8').split('# voice: customers\n')[1] ?? '';
const waiting = async (): Promise<string[]> => (await choices.pending()).map(({ words }) => words);

const key = `test:${TEST_KEY.secret.toString('base64')}`;

/** Runs the command without a terminal, and gives what it wrote. */
function utterances(...args: string[]): Promise<{ readonly code: number; readonly out: string }> {
  const register = join(ROOT, 'test/support/swcRegister.cjs');
  const env = { PATH: process.env.PATH, DATA_DIR: directory, LOG_LEVEL: 'silent' };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['-r', register, 'bot/commands/utterances.ts', ...args],
      { cwd: ROOT, env: { ...env, SECRET_KEY: key, DIRECT_LINE_SECRET: key } },
      (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, out: `${stdout}${stderr}` });
      },
    );
  });
}

/** Runs it here, so that the examples are not the product's own. @param answers of whoever reviews; then they are gone. */
async function here(asked: UtterancesAsked, answers?: string[]) {
  const told: string[] = [];
  const reviewer: Reviewer = {
    say: (lines) => {
      told.push(...lines);
    },
    ask: async (question) => {
      told.push(question);
      return answers?.shift();
    },
  };
  const report = await runUtterances({ choices }, asked, policyOf(), answers && reviewer);
  return { ...report, out: [...told, ...report.lines].join('\n') };
}

test('proposals are listed and rejected beside a running desk', async () => {
  const list = await utterances('list');
  expect(list.code).toBe(0);
  expect(list.out).toContain(`The customer asked:  ${QUESTIONS[0]!}`);
  expect(list.out).toContain('and chose:           share.legal (Does Comantra share my');
  expect(list.out).toContain('rather than:         secure.limits');
  const [first] = await choices.pending();
  expect(list.out).toContain(first!.id);

  const rejected = await utterances('reject', first!.id.slice(0, 8));
  expect(rejected).toEqual({ code: 0, out: 'Dropped; its words are gone.\n' });
  expect(await waiting()).toEqual(QUESTIONS.slice(1));
  expect(await desk.audit.entriesAbout('choice', first!.id)).toMatchObject([
    { action: 'choice.rejected', by: 'operator' },
  ]);
  const again = await utterances('reject', first!.id);
  expect(again).toEqual({ code: 1, out: 'There is no proposal with that id.\n' });
});

test('a review without a terminal says so, and does nothing', async () => {
  const { code, out } = await utterances('review');
  expect(code).toBe(1);
  expect(out).toContain('A review needs a terminal. Without one:\nUsage:');
  expect(await waiting()).toEqual(QUESTIONS);
});

test('a review goes through them: accepts, rejects, skips', async () => {
  const { out, lines } = await here({ action: 'review' }, ['?', 'a', 'R', ' skip ']);
  expect(out).toContain(`1 of 3\n  The customer asked:  ${QUESTIONS[0]!}`);
  expect(out).toContain('Added to knowledge/utterances/share.legal.txt.');
  expect(lines).toEqual(['1 accepted, 1 rejected.', expect.stringContaining('next start')]);
  expect(added()).toBe(`${QUESTIONS[0]!}\n`);
  expect(await waiting()).toEqual(QUESTIONS.slice(2));
});

test.each([
  ['is left', ['q']],
  ['loses its terminal', []],
])('a review that %s changes nothing more', async (_how, answers) => {
  expect((await here({ action: 'review' }, answers)).lines).toEqual(['0 accepted, 0 rejected.']);
  expect(await waiting()).toEqual(QUESTIONS);
});

test('one is accepted by the beginning of its id, once', async () => {
  const [first] = await choices.pending();
  const accept = { action: 'accept', id: first!.id.slice(0, 8) } as const;
  expect(await here(accept)).toMatchObject({ sound: true });
  expect(added()).toBe(`${QUESTIONS[0]!}\n`);
  await expect(here(accept)).rejects.toMatchObject({ code: 'NotFound' });
});

test('what stands there already is not accepted, and it is said where', async () => {
  await choices.taken({
    ...{ conversationId: 'c2', activityId: '1', text: QUESTIONS[0]!.toUpperCase() },
    ...{ offered: ['secure.limits', LABEL], chosen: LABEL },
  });
  const { out } = await here({ action: 'review' }, ['a', 's', 's', 'a']);
  expect(out).toContain('That line stands already in knowledge/utterances/share.legal.txt.');
  expect(out).toContain('1 accepted, 0 rejected.');
  expect(added()).toBe(`${QUESTIONS[0]!}\n`);
});

test('nothing in the words acts upon the terminal', async () => {
  await new ChoiceRecords(store).insert({
    ...{ id: '44444444-4444-4444-8444-444444444444', at: new Date(0), conversationId: 'c3' },
    ...{ offered: [LABEL], chosen: 'gone.passage', words: 'a \u001b[2J\nb' },
  });
  const { out } = await here({ action: 'list' });
  expect(out).toContain(
    'a [2J b\n  and chose:           gone.passage, which the policy has no more',
  );
  expect(out).not.toContain('\u001b');
});

test('where none waits, that is said', async () => {
  for (const { id } of await choices.pending()) await choices.reject(id);
  for (const action of ['list', 'review'] as const)
    expect((await here({ action }, [])).lines).toEqual(['No proposal waits for a decision.']);
});

test.each([
  ['nothing', []],
  ['another word', ['shred']],
  ['an id that is none', ['accept', 'first']],
  ['no id', ['reject']],
  ['too much', ['list', '4444444444']],
  ['an unknown option', ['list', '--all']],
])('a call with %s shows how it is used', (_what, args) => {
  expect(() => utterancesAsked(args)).toThrow('Usage: npm run -s utterances -- review');
});
