import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import type { Accepted, Choice, Choices } from '../../services/choices';
import { ProductError } from '../../services/errors';
import { lineOf } from '../../services/plainWords';
import type { Policy } from '../../services/policy';
import { parseConfig } from '../config';
import { policyOf } from '../desk';
import { composeOffice } from '../office';
import { runCommand, type CommandReport } from './run';

const USAGE = `Usage: npm run -s utterances -- review       goes through the proposals, one by one
       npm run -s utterances -- list         shows them all
       npm run -s utterances -- accept ID    adds the words to the examples of the passage that was chosen
       npm run -s utterances -- reject ID    drops the proposal
       ID: the first eight characters are enough.
A proposal is a customer's question for which several passages came close, and the passage that they chose.`;
/** The first eight hexadecimal digits of a UUID, or more of it. */
const ID = /^[0-9a-f]{8}[0-9a-f-]{0,28}$/;
const FIRST_WORDS = 100;
const ANSWERS = '[a]ccept, [r]eject, [s]kip, [q]uit? ';
const NEXT_START =
  'The desk learns it at its next start; npm run evaluate shows what got better or worse.';

/** What `npm run utterances` is asked for. */
export type UtterancesAsked =
  | { readonly action: 'review' | 'list' }
  | { readonly action: 'accept' | 'reject'; readonly id: string };

/** What the command needs of the office. */
export interface UtterancesOffice {
  readonly choices: Pick<Choices, 'accept' | 'beginningWith' | 'pending' | 'reject'>;
}

/** Somebody at a terminal. */
export interface Reviewer {
  say(lines: readonly string[]): void;
  /** Undefined when they are gone. */
  ask(question: string): Promise<string | undefined>;
}

/** @throws ProductError `BadArgument`, in words. */
export function utterancesAsked(args: readonly string[]): UtterancesAsked {
  const [action, given, ...rest] = positionalsOf(args);
  if (rest.length > 0) throw misused();
  if ((action === 'review' || action === 'list') && given === undefined) return { action };
  const id = (given ?? '').toLowerCase();
  if ((action === 'accept' || action === 'reject') && ID.test(id)) return { action, id };
  throw misused();
}

/** @param reviewer absent where there is no terminal. */
export async function runUtterances(
  { choices }: UtterancesOffice,
  asked: UtterancesAsked,
  policy: Policy,
  reviewer?: Reviewer,
): Promise<CommandReport> {
  switch (asked.action) {
    case 'list':
      return { lines: listed(await choices.pending(), policy) };
    case 'review':
      if (reviewer) return review(choices, policy, reviewer);
      throw new ProductError('BadArgument', `A review needs a terminal. Without one:\n${USAGE}`);
    case 'accept':
      return accepted(choices, (await theOne(choices, asked.id)).id);
    case 'reject':
      return rejected(choices, (await theOne(choices, asked.id)).id);
  }
}

async function review(
  choices: UtterancesOffice['choices'],
  policy: Policy,
  reviewer: Reviewer,
): Promise<CommandReport> {
  const pending = await choices.pending();
  if (pending.length === 0) return { lines: [NONE] };
  const counts = { accepted: 0, rejected: 0 };
  reviewer.say(['Accept what fits, and only what names nobody.']);
  for (const [place, choice] of pending.entries()) {
    reviewer.say(['', `${place + 1} of ${pending.length}`, ...shown(choice, policy)]);
    const answer = await answerOf(reviewer);
    if (answer === 'q') break;
    if (answer === 's') continue;
    const { lines, sound = true } = await (answer === 'a'
      ? accepted(choices, choice.id)
      : rejected(choices, choice.id));
    reviewer.say(lines);
    if (sound) counts[answer === 'a' ? 'accepted' : 'rejected'] += 1;
  }
  return {
    lines: [
      `${counts.accepted} accepted, ${counts.rejected} rejected.`,
      ...(counts.accepted > 0 ? [NEXT_START] : []),
    ],
  };
}

async function answerOf(reviewer: Reviewer): Promise<'a' | 'r' | 's' | 'q'> {
  for (;;) {
    const said = await reviewer.ask(ANSWERS);
    if (said === undefined) return 'q';
    const letter = said.trim().toLowerCase().slice(0, 1);
    if (letter === 'a' || letter === 'r' || letter === 's' || letter === 'q') return letter;
  }
}

const NONE = 'No proposal waits for a decision.';

const listed = (pending: readonly Choice[], policy: Policy): string[] =>
  pending.length === 0
    ? [NONE]
    : pending.flatMap((choice) => [choice.id, ...shown(choice, policy)]);

/** The words are a customer's: nothing in them may act upon the terminal. */
function shown({ words, chosen, offered }: Choice, policy: Policy): string[] {
  const passage = policy.passages.get(chosen);
  const others = offered.filter((id) => id !== chosen);
  return [
    `  The customer asked:  ${lineOf(words)}`,
    `  and chose:           ${chosen}${passage ? ` (${passage.sectionTitle})` : ', which the policy has no more'}`,
    ...(passage ? [`                       ${begins(passage.text.join(' '))}`] : []),
    ...(others.length > 0 ? [`  rather than:         ${others.join(', ')}`] : []),
  ];
}

function begins(text: string): string {
  if (text.length <= FIRST_WORDS) return text;
  const cut = text.slice(0, FIRST_WORDS);
  return `${cut.slice(0, cut.lastIndexOf(' '))} …`;
}

async function theOne(choices: UtterancesOffice['choices'], prefix: string): Promise<Choice> {
  const [found, another] = await choices.beginningWith(prefix);
  if (!found) throw new ProductError('NotFound', 'There is no proposal with that id.');
  if (another)
    throw new ProductError('BadArgument', 'More than one proposal begins so: give more of the id.');
  return found;
}

async function accepted(choices: UtterancesOffice['choices'], id: string): Promise<CommandReport> {
  const result = await choices.accept(id);
  return { lines: [acceptedWords(result)], sound: result.outcome === 'accepted' };
}

function acceptedWords(result: Accepted): string {
  switch (result.outcome) {
    case 'accepted':
      return `Added to knowledge/utterances/${result.choice.chosen}.txt.`;
    case 'exists':
      return `That line stands already in knowledge/utterances/${result.label}.txt. Nothing was added; reject the proposal.`;
    case 'personal':
      return 'The words hold a long number or an address, which must not become an example. Nothing was added; reject the proposal.';
    case 'noLabel':
      return 'There is no file of examples for that passage any more. Nothing was added; reject the proposal.';
    case 'unknown':
      return GONE;
  }
}

async function rejected(choices: UtterancesOffice['choices'], id: string): Promise<CommandReport> {
  const outcome = await choices.reject(id);
  return {
    lines: [outcome === 'rejected' ? 'Dropped; its words are gone.' : GONE],
    sound: outcome === 'rejected',
  };
}

const GONE = 'Somebody has decided on that proposal meanwhile. Nothing was done.';

function positionalsOf(args: readonly string[]): string[] {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: {} }).positionals;
  } catch (cause) {
    throw misused(cause);
  }
}

const misused = (cause?: unknown): ProductError =>
  new ProductError('BadArgument', USAGE, { cause });

/** `npm run utterances`: proposals of examples, made of what customers chose; beside a running desk. */
async function main(): Promise<CommandReport> {
  const asked = utterancesAsked(process.argv.slice(2));
  const policy = policyOf();
  const office = await composeOffice(parseConfig());
  const terminal = process.stdin.isTTY && process.stdout.isTTY ? atTerminal() : undefined;
  try {
    return await runUtterances(office, asked, policy, terminal);
  } finally {
    terminal?.close();
    await office.close();
  }
}

function atTerminal(): Reviewer & { close(): void } {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const gone = new Promise<undefined>((resolve) => {
    lines.once('close', () => {
      resolve(undefined);
    });
  });
  return {
    say: (told) => {
      console.log(told.join('\n'));
    },
    ask: (question) => Promise.race([lines.question(question), gone]),
    close: () => {
      lines.close();
    },
  };
}

if (require.main === module) runCommand(main);
