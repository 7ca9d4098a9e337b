import { LOOKED_AT } from './normalise';
import type { Intent, Understood } from './types';

/** From which probability on something counts as a thing of its own; chosen by measuring. */
const SPLITTING = {
  surePassage: 0.4,
  besideDeed: 0.5,
  sureDeed: 0.75,
};

/** A message falls into no more pieces; the rest stays with the last. */
const MOST_PIECES = 6;

const ASKING = String.raw`(?:what|whats|what's|who|whom|whose|which|when|where|why|how|is|are|am|was|were|do|does|did|can|could|will|would|may|might|should|shall|must|has|have|in which|for how|for what|to whom|by when|at what|until when)`;
const AUXILIARY = String.raw`(?:is|are|am|was|were|do|does|did|can|could|will|would|may|might|should|shall|must|has|have)\b`;
const BIDDING = String.raw`(?:(?:please |pls |kindly |just )?(?:tell|explain|let me know|inform|confirm|say|answer|advise|clarify|remind)\b|i (?:also )?(?:want|need|would like|wish|wanted) to (?:know|ask|understand)|i (?:was|am) wondering|i wonder|(?:one|another) (?:more )?(?:question|thing|q))`;
/** Where one thing ends and another may begin; what is asked stands at the beginning of the next piece. */
const BOUNDARY = new RegExp(
  [
    String.raw`(?<=[?!;\n])\s*`,
    String.raw`(?<=[^\s.][.])(?<!\b(?:e\.g|i\.e|etc|mr|mrs|ms|dr|no|st|approx|vs)\.)\s+`,
    String.raw`\s+[-\u2013\u2014]+\s+`,
    String.raw`[\s,]+(?=(?:by the way|btw)\b)`,
    String.raw`[\s,]+(?=(?:and|plus|also|but|&)(?: also| then| please| pls| kindly| secondly)*,? (?:${ASKING}|${BIDDING})\b)`,
    String.raw`\s*,\s+(?=(?:${ASKING}|${BIDDING})\b)`,
    String.raw`\s+(?=(?:also|plus|secondly)\b)`,
  ].join('|'),
  'i',
);
const LEAD =
  /^\W*(?:(?:and|plus|also|but|then|so|now|by the way|btw|secondly|well|ok|okay|oh|wait|hold on|please|pls|kindly|just|one more(?: thing| question)?|another (?:thing|question)|quick (?:q|question))\b\W*)+/i;
const ASKS = new RegExp(String.raw`^\W*(?:${ASKING}|${BIDDING})\b`, 'i');

/** What is only supposed, or said to lead up to a question: “when you pass it on, do they …”. */
const SUPPOSES = new RegExp(
  String.raw`^\W*(?:(?:hypothetically|theoretically|so|and|but|also|now)\b\W*)*(?:(?:say|suppose|supposing|imagine|assume|assuming|if|let['\u2019]?s say|in case|what if|whenever|once|since|as|while)\b|when\b(?! ${AUXILIARY}))`,
  'i',
);

/** The pieces of a message that might each be a thing of its own, in their order. */
export function piecesOf(text: string): string[] {
  const pieces = withSuppositions(
    text
      .slice(0, LOOKED_AT)
      .split(BOUNDARY)
      .map((piece) => piece.trim())
      .filter((piece) => /[\p{L}\p{N}]/u.test(piece)),
  );
  if (pieces.length <= MOST_PIECES) return pieces;
  return [...pieces.slice(0, MOST_PIECES - 1), pieces.slice(MOST_PIECES - 1).join(' ')];
}

/** What is supposed belongs to the question that follows it in the same sentence. */
function withSuppositions(pieces: readonly string[]): string[] {
  const whole: string[] = [];
  for (const piece of pieces) {
    const before = whole.at(-1);
    if (before !== undefined && SUPPOSES.test(before) && !/[?!.;]$/.test(before))
      whole[whole.length - 1] = `${before}, ${piece}`;
    else whole.push(piece);
  }
  return whole;
}

/** Whether words are put as a question, or bid us to tell something. */
export const asks = (text: string): boolean => /\?\s*$/.test(text) || opensAsQuestion(text);

const opensAsQuestion = (text: string): boolean => ASKS.test(withoutLead(text));

/** Whether pieces may be two things: one asks something, and is not alone. */
export const mayBeTwo = (pieces: readonly string[]): boolean =>
  pieces.length > 1 && pieces.some(opensAsQuestion);

/** A piece with what was understood of it alone. */
export interface Piece {
  readonly text: string;
  readonly understood: Understood;
}

/** The two things that a message asks, as words. */
export interface Parts {
  readonly first: string;
  /** Whether the first bids us to do something rather than asks. */
  readonly deed: boolean;
  readonly second: string;
}

/**
 * Finds the two things that a message asks: what it bids comes first and keeps every word that is no question of its
 * own, since a story must not fall apart; else two questions in their order. Undefined when it asks one thing.
 */
export const partsOf = (pieces: readonly Piece[]): Parts | undefined =>
  pieces.some(isDeed) ? deedAndQuestion(pieces) : twoQuestions(pieces);

const DEEDS: ReadonlySet<string> = new Set<Intent>([
  'update_data',
  'report_security',
  'case_status',
  'talk_to_agent',
  'forgot_password_action',
  'unsubscribe',
  'export_or_delete_data',
]);

/** Whether an intent is something that the desk does rather than tells. */
export const isDone = (intent: Understood['intent']): boolean => DEEDS.has(intent);

/** What is asked or supposed is no report. */
function isDeed({ text, understood: { intent, score } }: Piece): boolean {
  if (!isDone(intent) || score < SPLITTING.sureDeed) return false;
  return intent !== 'report_security' || !(asks(text) || SUPPOSES.test(withoutLead(text)));
}

/** The passage that a piece asks for, as surely as `least`. */
function passageOf(
  { text, understood: { intent, passages } }: Piece,
  least: number,
): string | undefined {
  const [best] = passages;
  const isSure = intent === 'faq' && opensAsQuestion(text) && best && best.score >= least;
  return isSure ? best.id : undefined;
}

/** Questions that want no answer, such as somebody who is angry asks. */
const REPROACH =
  /^\W*(?:how (?:can|could) (?:you|this|they|he|she|it|anyone|somebody|such)\b|how dare|what (?:kind|sort) of|why (?:did|do|are|is|was|were|has|have|should|would|must)\b|who (?:do you|gave|allowed)|are you (?:people|guys|kidding|serious)|is this (?:how|what|a joke))/i;

function deedAndQuestion(pieces: readonly Piece[]): Parts | undefined {
  const asked = pieces.find(
    (piece) =>
      passageOf(piece, SPLITTING.besideDeed) !== undefined &&
      !REPROACH.test(withoutLead(piece.text)),
  );
  if (!asked) return undefined;
  const first = wordsOf(pieces.filter((piece) => piece !== asked));
  return { first, deed: true, second: withoutLead(asked.text) };
}

/** Each question with the words that lead to it; what follows the second belongs to it. */
function twoQuestions(pieces: readonly Piece[]): Parts | undefined {
  const groups: { id: string; pieces: Piece[] }[] = [];
  let led: Piece[] = [];
  for (const piece of pieces) {
    const id = passageOf(piece, SPLITTING.surePassage);
    const last = groups.at(-1);
    if (id === undefined) led.push(piece);
    else if (last?.id === id) last.pieces.push(...led, piece);
    else groups.push({ id, pieces: [...led, piece] });
    if (id !== undefined) led = [];
  }
  const [first, second] = groups;
  if (!first || !second) return undefined;
  const rest = groups.length === 2 ? led : [];
  return {
    first: wordsOf(first.pieces),
    deed: false,
    second: withoutLead(wordsOf([...second.pieces, ...rest])),
  };
}

const wordsOf = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join(' ');

/** A piece without the words that only lead to it. */
export function withoutLead(piece: string): string {
  const bare = piece.replace(LEAD, '');
  return /[\p{L}\p{N}]/u.test(bare) ? bare : piece;
}
