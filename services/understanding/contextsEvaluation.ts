import { askedAfter } from './context';
import { parseLabelledMessage, type LabelledMessage } from './evaluation';
import { normalise } from './normalise';
import type { Asked, Understanding, Understood } from './types';

/** Several turns of one customer, each with what it asks: more than one thing where it asks two. */
interface Conversation {
  readonly turns: readonly {
    readonly text: string;
    readonly expected: readonly LabelledMessage[];
  }[];
}

/** How many turns were read rightly. */
interface ContextMeasures {
  readonly turns: number;
  readonly rightTurns: number;
  /** From 0 to 1. */
  readonly turnAccuracy: number;
}

/**
 * Reads conversations turn by turn, each in the light of what was asked before as the chat does it, and counts the
 * turns of which exactly what is expected was understood; of a choice, the right passage has to be offered.
 * @param fileText lines of `{"turns": [text], "expect": [label, or list of labels]}`.
 * @returns `lines` names each turn that was read wrongly.
 * @throws Error naming the line that is none of this form.
 */
export async function evaluateContexts(
  fileText: string,
  passageIds: ReadonlySet<string>,
  understanding: Pick<Understanding, 'understand'>,
): Promise<{ readonly lines: readonly string[]; readonly measures: ContextMeasures }> {
  const lines: string[] = [];
  let turns = 0;
  for (const conversation of readConversations(fileText, passageIds)) {
    let before: Asked | undefined;
    for (const { text, expected } of conversation.turns) {
      const understood = await understanding.understand(text, before);
      turns += 1;
      if (!isRight(understood, expected)) lines.push(mistake(text, expected, understood, before));
      before = askedAfter(before, normalise(text), understood);
    }
  }
  if (turns === 0) throw new Error('The file holds no turn.');
  const rightTurns = turns - lines.length;
  return { lines, measures: { turns, rightTurns, turnAccuracy: rightTurns / turns } };
}

function readConversations(fileText: string, passageIds: ReadonlySet<string>): Conversation[] {
  return fileText
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((line, index) => {
      if (line.trim() === '') return [];
      try {
        return [readConversation(JSON.parse(line), passageIds)];
      } catch (cause) {
        const what = cause instanceof Error ? cause.message : String(cause);
        throw new Error(`Line ${index + 1}: ${what}`, { cause });
      }
    });
}

function readConversation(value: unknown, passageIds: ReadonlySet<string>): Conversation {
  const { turns, expect } = (value ?? {}) as Record<string, unknown>;
  if (!Array.isArray(turns) || !Array.isArray(expect) || turns.length !== expect.length)
    throw new Error('"turns" and "expect" are not two lists of one length.');
  const labels = expect.map((each: unknown): unknown[] => (Array.isArray(each) ? each : [each]));
  return {
    turns: turns.map((text: unknown, at) => ({
      text: String(text),
      expected: (labels[at] ?? []).map((label) =>
        parseLabelledMessage(JSON.stringify({ ...(label as object), text }), passageIds),
      ),
    })),
  };
}

/** Both read as sets: each thing that was expected, and nothing else. */
function isRight(understood: Understood, expected: readonly LabelledMessage[]): boolean {
  const read = thingsIn(understood);
  const [one, other] = expected;
  if (read.length !== expected.length || !one) return false;
  return (
    expected.every((label, at) => fits(read[at], label)) ||
    (other !== undefined && fits(read[0], other) && fits(read[1], one))
  );
}

const thingsIn = ({ alsoAsked, ...first }: Understood): Understood[] =>
  alsoAsked ? [first, ...thingsIn(alsoAsked)] : [first];

function fits(
  understood: Understood | undefined,
  { intent, passage, also }: LabelledMessage,
): boolean {
  if (understood?.intent !== intent) return false;
  if (intent !== 'faq') return true;
  return understood.offered.some((id) => id === passage || also?.includes(id) === true);
}

function mistake(
  text: string,
  expected: readonly LabelledMessage[],
  understood: Understood,
  before: Asked | undefined,
): string {
  const wanted = expected.map(({ intent, passage }) => passage ?? intent).join(' + ');
  const read = thingsIn(understood)
    .map(({ intent, offered }) => (intent === 'faq' ? offered.join('/') : intent))
    .join(' + ');
  const after = before ? `  (after: ${before.plain})` : '';
  return `${wanted} as ${read}: ${text}${after}`;
}
