import { OPEN_QUESTION, OUT_OF_SCOPE } from './knowledge';
import type { NormalText } from './normalise';
import { isDone } from './splitting';
import type { Asked, Intent, Probabilities, Understood } from './types';

/** How much each thing counts; chosen by moving each to both sides on conversations that were not written for it. */
export const CONTEXT = {
  /** What makes a message half of one, added up; 1 is wholly half. */
  half: {
    opensAsSequel: 0.5,
    pointsBack: 0.3,
    /** By how many words of content it has: none, one, two …; more count 0. */
    fewWords: [1, 0.7, 0.5, 0.3, 0.1],
    fullSentence: -0.25,
  },
  /** How far a message that is sure of itself resists. */
  shield: 0.4,
  /** How many words of content make being sure count in full. */
  shieldedFrom: 3,
  /** Share of the two messages read as one, beside the message alone. */
  joint: 0.5,
  /**
   * By how much what is near to the last matter is likelier: a passage of the section that was shown; the intent that
   * was dealt with, where more is told, and where something is asked.
   */
  pull: { section: 0.5, told: 0.5, asked: -0.5 },
  /** What was shown and set right is so many times as likely. */
  setRight: 0.5,
  /** Half a message often lies outside only for want of the other half. */
  outside: 0.15,
  /** A message that sets right depends at least so much. */
  corrects: 0.8,
  /** Half a message is answered with a choice sooner: a clear lead has to be so many times as long. */
  clearLead: 1.5,
  /** What was asked about is a wish to have it done only from this probability on. */
  leastWish: 0.3,
  /** From here on a message is read in the light of the last. */
  counts: 0.2,
};

const LONGEST_ASKED = 200;

/** Words that carry nothing of a question's matter. */
const EMPTY = new Set(
  `a an the and or but so then also too as well even still just only really actually again anyway ok okay oh ah hmm well please kindly sir madam bhai
  what who whom whose which when where why how is are was were be been am do does did done can could will would shall should may might must have has had
  i me my mine we us our you your u he she him her his hers they them their it its this that these those there here one ones thing things
  to of for in on at by with from about into up out if because not no yes any some all both other another else much many more less long
  happens happen mean means tell know want need like get got give say says said pakka ji na haan kya wait sorry thanks thank`
    .split(/\s+/)
    .filter(Boolean),
);

const SEQUEL =
  /^(?:(?:ok|okay|oh|ah|hmm|well|right|fine|great|thanks|thank you|please|sir|madam|yes|no|wait)\s+)*(?:and|also|but|or|so|then|even|what about|how about|what if|because|not even|only|same|why|since|till|until|in which|for how|for what|who else|what else|where else|anything else|anyone else|aur)\b/;
const POINTS_BACK =
  /\b(?:it|its|that|thats|this|those|these|they|them|their|he|she|him|her|there|then|one|ones|same|such|either|too|as well|else|instead|afterwards|otherwise)\b/;
/** What a sentence has that says who does what. */
const SENTENCE = /\b(?:my|mine|comantra|you|your)\b/;

/** How many words of a message carry its matter. */
export const contentOf = ({ words }: NormalText): number =>
  words.filter((word) => !EMPTY.has(word)).length;

const isSequel = ({ plain }: NormalText): boolean => SEQUEL.test(plain) || POINTS_BACK.test(plain);

/** How much a message is only half of one, from 0 to 1, by its words alone. */
export function halfness(text: NormalText): number {
  const weights = CONTEXT.half;
  const content = contentOf(text);
  const opens = SEQUEL.test(text.plain);
  const points = POINTS_BACK.test(text.plain);
  if (!isSequel(text) && content > 2) return 0;
  const sum =
    (weights.fewWords[content] ?? 0) +
    (opens ? weights.opensAsSequel : 0) +
    (points ? weights.pointsBack : 0) +
    (SENTENCE.test(text.plain) && content > 2 ? weights.fullSentence : 0);
  return Math.min(1, Math.max(0, sum));
}

/** How far a message is to be read in the light of the last, from 0 to 1: half of one, and not sure of itself. */
export function dependence(text: NormalText, alone: Probabilities): number {
  const surest = Math.max(0, ...alone.values());
  const { shield, shieldedFrom } = CONTEXT;
  const content = contentOf(text);
  // Where hardly a word carries any matter, being sure is chance; “what is a cookie” is merely short.
  const resists = isSequel(text)
    ? shield * Math.min(1, content / shieldedFrom)
    : Math.min(1, content);
  return halfness(text) * (1 - resists * surest ** 2);
}

const CORRECTION =
  /^\W*(?:(?:no+|nope|nahi+n?|na|not that|wrong|actually|wait|sorry|hmm|scrap that|i said it wrong|you got me wrong|that is not what i (?:asked|meant)|that's not what i (?:asked|meant))\b\W*)*(?:not (?:[\w'’]+ ){0,4}[\w'’]+\s*[,.;:–-]\s*)?(?:(?:i|what i) (?:meant|mean|was asking|am asking|asked|wanted to know|want to know)\b(?: was| is)?(?: about| for)?\W*)?/i;

/** A correction without what it sets right: “not the newsletter, I meant …”; undefined when it is none. */
export function corrected(text: string): string | undefined {
  const [lead = ''] = CORRECTION.exec(text.slice(0, LONGEST_LEAD)) ?? [];
  const rest = text.slice(lead.length);
  return /[a-z]/i.test(lead) && rest.trim().split(/\s+/).length > 1 ? rest : undefined;
}
const LONGEST_LEAD = 200;

/** Both messages as one. */
export const joined = (before: Asked, text: NormalText): string => `${before.plain} ${text.plain}`;

/** What a message is, beside its words. */
export interface Manner {
  /** It asks rather than answers or tells. */
  readonly asks: boolean;
  /** It sets right how the last one was understood. */
  readonly corrects: boolean;
}

/** What asks is neither a yes nor a no. */
export const inManner = (probabilities: Probabilities, { asks }: Manner): Probabilities =>
  asks && probabilities.size > 0
    ? scaled([...probabilities, ['yes', 0], ['no', 0]])
    : probabilities;

/** By how much each class is likelier for what was asked before; 1 is not at all. */
type Pull = (label: string) => number;

/**
 * Drawn to is what was shown, then its section of the policy, or the intent that was dealt with.
 * @param passages those of the policy, in its order.
 */
export function pullOf(
  before: Asked,
  { asks, corrects }: Manner,
  passages: ReadonlyMap<string, { readonly sectionTitle: string }>,
): Pull {
  const { pull, outside, setRight } = CONTEXT;
  const [shown] = before.passages;
  const title = shown === undefined ? undefined : passages.get(shown)?.sectionTitle;
  return (label) => {
    if (label === shown && corrects) return setRight;
    const own = passages.get(label)?.sectionTitle;
    if (own !== undefined) return own === title ? 1 + pull.section : 1;
    if (label === before.intent) return 1 + (asks ? pull.asked : pull.told);
    // After something that was done, “what?” asks nothing of the policy.
    const isOutside = label === OUT_OF_SCOPE || label === OPEN_QUESTION;
    return isOutside && shown !== undefined ? outside : 1;
  };
}

/** No class is ruled out by one of the two readings alone. */
const LEAST = 0.001;

/** The message's own probabilities, bent as far as it depends on what was before. */
export function bent(
  alone: Probabilities,
  both: Probabilities,
  depends: number,
  pull: Pull,
): Probabilities {
  const { joint } = CONTEXT;
  const inLight = scaled(
    [...alone].map(([label, own]): [string, number] => {
      const mixed =
        Math.max(own, LEAST) ** (1 - joint) * Math.max(both.get(label) ?? 0, LEAST) ** joint;
      return [label, (label === 'child_user' ? own : mixed) * pull(label)];
    }),
  );
  return new Map(
    [...alone].map(([label, own]) => [
      label,
      (1 - depends) * own + depends * (inLight.get(label) ?? 0),
    ]),
  );
}

function scaled(entries: readonly (readonly [string, number])[]): Probabilities {
  const values = new Map(entries);
  const sum = [...values.values()].reduce((total, value) => total + value, 0) || 1;
  return new Map([...values].map(([label, value]) => [label, value / sum]));
}

const COMMAND =
  /^(?:(?:ok|okay|well|alright|fine|good|great|yes|yeah|thanks|thank you|then|so|and|please|kindly|sir|madam|right|cool|perfect|haan|just)\s+)*(?:(?:can|could|will|would) you\s+|i want you to\s+|(?:please )?)?(?:please\s+)?(?:do|go ahead|make|get) ?(?:it|that|this|so|the same|with it|for me|and do it|now|done)?\b(?:\s+(?:then|please|now|for me|today|right away|at once|immediately|so|it|that|and|done|thanks|thank you|sir|already))*$/;

/** Whether somebody bids us to do what was talked about. */
export const bidsIt = ({ plain }: NormalText): boolean => COMMAND.test(plain);

const ASKS_FOR_A_WAY =
  /\b(?:(?:and |so |but |or )?(?:how|where|when) (?:do|can|could|would|will|should|may|might|must) (?:i|we|you|one|somebody|a customer)|(?:can|could|may|might|do|should|would|will|am|is|are) (?:i|we|you|one) (?:able to|allowed to|permitted to|free to|have to)?|(?:is|would) it (?:be )?(?:possible|ok|okay|allowed|fine|compulsory|mandatory|necessary|required) (?:to|for me to|that i)|is there (?:a|any|some) (?:way|option|possibility|chance) (?:to|of|for me to)|what (?:do|must|should) i do to|what is the way to|how to)\b/g;
const LATER =
  /\b(?:later(?: on)?|any ?time|some ?day|in (?:the )?future|afterwards|whenever .*|if .*)\b.*$/;

/** A question for a way as the wish that stands behind it. */
export const asWish = ({ plain }: Asked): string =>
  `please ${plain.replace(ASKS_FOR_A_WAY, ' ').replace(LATER, ' ').replace(/\s+/g, ' ').trim()} now`;

/** Only what the desk does, in sum 1; none where no such wish is likely enough. */
export function deedsIn(probabilities: Probabilities): Probabilities {
  const deeds = [...probabilities].filter(([label]) => isDone(label as Understood['intent']));
  const likeliest = Math.max(0, ...deeds.map(([, value]) => value));
  return scaled(likeliest < CONTEXT.leastWish ? [] : deeds);
}

/** What is to be remembered once a message was understood; undefined when nothing is left to refer to. */
export function askedAfter(
  before: Asked | undefined,
  text: NormalText,
  { alsoAsked, ...first }: Understood,
): Asked | undefined {
  // Of two things asked at once, the last is what a sequel goes on with.
  const { intent, inContext, offered } = alsoAsked ?? first;
  if (SOCIAL.has(intent)) return before;
  if (ENDS.has(intent)) return undefined;
  const plain = inContext && before ? joined(before, text) : text.plain;
  return { plain: plain.slice(-LONGEST_ASKED), passages: offered, intent };
}

/** What leaves the matter as it was, and what ends it. */
const SOCIAL: ReadonlySet<string> = new Set<Intent>(['greeting', 'thanks', 'yes', 'no']);
const ENDS: ReadonlySet<string> = new Set<Intent>(['goodbye', 'cancel', 'child_user']);
