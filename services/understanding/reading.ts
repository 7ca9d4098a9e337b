import type { Care, Classifier } from './classifier';
import {
  askedAfter,
  asWish,
  bent,
  bidsIt,
  contentOf,
  CONTEXT,
  corrected,
  deedsIn,
  dependence,
  inManner,
  joined,
  pullOf,
  type Manner,
} from './context';
import { decide } from './decision';
import { OUT_OF_SCOPE } from './knowledge';
import { normalise, type NormalText } from './normalise';
import { certain, ruled, withKnown, withoutChild } from './rules';
import {
  asks,
  isDone,
  mayBeTwo,
  partsOf,
  piecesOf,
  withoutLead,
  type Parts,
  type Piece,
} from './splitting';
import type { Thresholds } from './tuning';
import type { Asked, Intent, Probabilities, Understood } from './types';

/** What messages are read with. */
export interface Reader {
  /** Probability of each class; empty when a text has nothing in common with any example. */
  readonly judge: Classifier;
  /** Those of the policy, in its order. */
  readonly passages: ReadonlyMap<string, { readonly sectionTitle: string }>;
  /** The label of each example utterance, by its normal words. */
  readonly known: ReadonlyMap<string, string>;
  readonly tuning: Thresholds;
}

/**
 * Reads a message in the light of what was asked before, and finds out whether it asks two things.
 * @param before what was asked last, where the message may go on with it.
 */
export async function readInContext(
  reader: Reader,
  text: string,
  before?: Asked,
): Promise<Understood> {
  const sure = ruled(normalise(text));
  if (sure) return sure.intent === 'yes' ? readWhole(reader, text, before) : certain(sure);
  const pieces = withoutCivility(piecesOf(text));
  const matter = pieces.join(' ');
  if (!mayBeTwo(pieces)) return readWhole(reader, matter, before);
  const careful = { ...reader, judge: remembered(reader.judge, 'full') };
  const quick = { ...reader, judge: remembered(reader.judge, 'quick') };
  const parts = partsOf(await readPieces(quick, pieces, before));
  return parts ? readParts(careful, parts, matter, before) : readWhole(reader, matter, before);
}

const CIVIL: ReadonlySet<string> = new Set<Intent>(['greeting', 'thanks', 'goodbye']);

/** Greetings and thanks beside something else are not what it asks. */
function withoutCivility(pieces: readonly string[]): readonly string[] {
  const matter = pieces.filter((piece) => !CIVIL.has(ruled(normalise(piece))?.intent ?? ''));
  return matter.length > 0 ? matter : pieces;
}

/** The same text is judged once. */
function remembered(judge: Classifier, care: Care): Classifier {
  const known = new Map<string, Promise<Probabilities>>();
  return (text) => {
    const judged = known.get(text.raw) ?? judge(text, care);
    known.set(text.raw, judged);
    return judged;
  };
}

/** The two things that a message seems to ask, if they are two; else the whole of it. */
async function readParts(
  reader: Reader,
  parts: Parts,
  matter: string,
  before: Asked | undefined,
): Promise<Understood> {
  const first = await readWhole(reader, parts.first, before);
  const asked = askedAfter(undefined, normalise(parts.first), first);
  const second = await readWhole(reader, parts.second, asked);
  return isDone(first.intent) === parts.deed && differ(first, second)
    ? { ...first, alsoAsked: second }
    : readWhole(reader, matter, before);
}

/** Each in the light of the one before it. */
async function readPieces(
  reader: Reader,
  pieces: readonly string[],
  before: Asked | undefined,
): Promise<Piece[]> {
  const read: Piece[] = [];
  let asked = before;
  for (const text of pieces) {
    const bare = withoutLead(text);
    const understood = await readWhole(reader, bare, asked);
    read.push({ text, understood });
    asked = askedAfter(asked, normalise(bare), understood);
  }
  return read;
}

/** Whether two readings are two things, each with something to do. */
const differ = (first: Understood, second: Understood): boolean =>
  first.intent !== OUT_OF_SCOPE &&
  second.intent === 'faq' &&
  !first.offered.some((id) => second.offered.includes(id));

/** Reads one thing; words that carry no matter, such as “and you?”, bid us to do nothing. */
async function readWhole(reader: Reader, text: string, before?: Asked): Promise<Understood> {
  const normal = normalise(text);
  const understood = await readOne(reader, text, normal, before);
  const empty = isDone(understood.intent) && understood.score < 1 && contentOf(normal) === 0;
  return empty && !understood.inContext ? certain({ intent: OUT_OF_SCOPE }) : understood;
}

async function readOne(
  reader: Reader,
  text: string,
  normal: NormalText,
  before: Asked | undefined,
): Promise<Understood> {
  const sure = ruled(normal);
  const done = before && (await readBidding(reader, normal, before));
  if (done) return done;
  const manner = { asks: asks(text), corrects: false };
  // After an answer, “why not?” agrees to nothing.
  const isReply = sure?.intent === 'yes' && manner.asks && before?.passages.length;
  if (sure && !isReply) return certain(sure);
  const rest = before && corrected(text);
  if (before && rest !== undefined)
    return readSequel(reader, normalise(rest), before, { ...manner, corrects: true });
  return before
    ? readSequel(reader, normal, before, manner)
    : decided(reader, inManner(await judged(reader, normal), manner));
}

/** Reads what may be half of a message. */
async function readSequel(
  reader: Reader,
  text: NormalText,
  before: Asked,
  manner: Manner,
): Promise<Understood> {
  const own = inManner(await judged(reader, text), manner);
  const depends = manner.corrects
    ? Math.max(CONTEXT.corrects, dependence(text, own))
    : dependence(text, own);
  if (depends < CONTEXT.counts || own.size === 0) return decided(reader, own);
  const both = await judged(reader, normalise(joined(before, text)));
  const pull = pullOf(before, manner, reader.passages);
  const whole = bent(own, both, depends, pull);
  const { tuning } = reader;
  const clearLead = tuning.clearLead * CONTEXT.clearLead;
  return { ...decided({ ...reader, tuning: { ...tuning, clearLead } }, whole), inContext: true };
}

/** “Do it, then”, said of what was asked about, is what the desk does of it; undefined when it is nothing of the kind. */
async function readBidding(
  reader: Reader,
  text: NormalText,
  before: Asked,
): Promise<Understood | undefined> {
  if (!bidsIt(text)) return undefined;
  const deeds = deedsIn(await judged(reader, normalise(asWish(before))));
  const understood = decided(reader, deeds);
  return understood.intent === OUT_OF_SCOPE ? undefined : { ...understood, inContext: true };
}

async function judged({ judge, known }: Reader, text: NormalText): Promise<Probabilities> {
  return withKnown(withoutChild(await judge(text), text), known.get(text.plain));
}

const decided = ({ passages, tuning }: Reader, probabilities: Probabilities): Understood =>
  probabilities.size === 0
    ? certain({ intent: OUT_OF_SCOPE })
    : decide(probabilities, new Set(passages.keys()), tuning);
