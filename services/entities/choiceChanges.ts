import type { ChoiceField } from '../../models/customerContent';
import { sentenceAt, sentencesOf, type ChangeText } from './changeText';
import {
  ANY_MAILS,
  BARE_STOP,
  BY,
  CHANNELS,
  EVERYTHING,
  FAILS,
  JOINS,
  KEEPS,
  LEAVES,
  MARKETING,
  NEVER_JOINED,
  NEWSLETTER,
  NOTHING_AT_ALL,
  OF_OTHERS,
  OFF,
  ON,
  ONLY,
  ONLY_ASKED,
  ONLY_ORDERS,
  OPTS,
  OTHER_CALLS,
  UNASKED,
  type Channel,
} from './choiceWords';

/** A choice that is to become on or off. */
export interface ToldChoice {
  readonly field: ChoiceField;
  readonly value: boolean;
  readonly at: number;
}

/** Choices that a text tells, and where in it. */
export interface Choices {
  readonly told: readonly ToldChoice[];
  /** The parts of the text that are about them: what they name is no field to be changed. */
  readonly parts: readonly { readonly start: number; readonly end: number }[];
}

interface Part {
  readonly text: string;
  readonly start: number;
  /** Begins a sentence, or stands behind "but" and the like. */
  readonly fresh: boolean;
  /** Its sentence only asks or supposes something. */
  readonly asked?: boolean;
}

const PARTED =
  /[.!?;\n]+|,|(?<![\p{L}])(?:but|however|except|though|although|and|while|yet)(?![\p{L}])/giu;
const MOST_PARTS = 60;

function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let start = 0;
  let fresh = true;
  for (const { 0: sign, index } of text.matchAll(PARTED)) {
    parts.push({ text: text.slice(start, index), start, fresh });
    start = index + sign.length;
    fresh = !/^(?:,|and)$/i.test(sign);
    if (parts.length >= MOST_PARTS) break;
  }
  const sentences = sentencesOf(text);
  return [...parts, { text: text.slice(start), start, fresh }]
    .filter(({ text: words }) => /\p{L}/u.test(words))
    .map((part) => ({ ...part, asked: ONLY_ASKED.test(sentenceAt(sentences, part.start)) }));
}

/** What a part is about. */
type Subject = ReadonlySet<ChoiceField>;

const ALL_OFFERS: Subject = new Set(CHANNELS);

/** @param marketing whether offers are what the text is about. */
function subjectOf(words: string, marketing: boolean): Subject {
  const subject = new Set<ChoiceField>();
  const isNewsletter = NEWSLETTER.test(words);
  if (isNewsletter) subject.add('newsletter');
  if (ANY_MAILS.test(words) && !MARKETING.test(words.replace(/\bspam\w*/gi, '')) && !isNewsletter) {
    subject.add('newsletter').add('marketingEmail');
  }
  const rest = words.replace(NEWSLETTER, ' ');
  for (const channel of CHANNELS) {
    const isMeant = marketing && !(isNewsletter && channel !== 'marketingPhone');
    const about = MARKETING.test(rest) ? rest.replace(/\b(?:number|num|nos?)\b/gi, ' ') : rest;
    if ((isMeant && BY[channel].test(about)) || UNASKED[channel]?.test(rest)) subject.add(channel);
  }
  if (subject.size === 0 && JOINS.test(words) && !marketing) subject.add('newsletter');
  return subject.size === 0 && MARKETING.test(rest) ? ALL_OFFERS : subject;
}

/** Choices as they become known while a text is read part by part. */
class Reading {
  private readonly told = new Map<ChoiceField, ToldChoice>();
  private readonly parts: { start: number; end: number }[] = [];
  private value: boolean | undefined;
  private subject: Subject = new Set();

  constructor(private readonly marketing: boolean) {}

  get choices(): Choices {
    return { told: [...this.told.values()], parts: this.parts };
  }

  tell(fields: Iterable<ChoiceField>, value: boolean, part: Part): void {
    for (const field of fields) this.told.set(field, { field, value, at: part.start });
    this.concerns(part);
  }

  private concerns({ start, text }: Part): void {
    this.parts.push({ start, end: start + text.length });
  }

  read(part: Part): void {
    const words = part.text;
    if (part.fresh) this.value = undefined;
    const split = this.marketing ? comparison(words) : undefined;
    if (isAside(words)) {
      this.concerns(part);
      // "I don't get it any more, start it again"
      if (FAILS.test(words)) this.subject = subjectOf(words, this.marketing);
    } else if (split) {
      this.tell(channelsIn(split.wanted), true, part);
      this.tell(channelsIn(split.unwanted), false, part);
    } else this.readWish(part);
  }

  private readWish(part: Part): void {
    const words = part.text;
    const own = valueOf(words);
    this.value = own ?? this.value;
    const named = subjectOf(words, this.marketing);
    const fields = named.size > 0 ? named : meantBy(words, own, this.subject);
    if (named.size > 0) this.subject = named;
    if (part.asked) this.value = undefined;
    if (this.value === undefined || fields.size === 0) return;
    if (this.value) {
      const wanted = onlyOf(words, fields);
      if (wanted.length > 0) this.tell(wanted, true, part);
      if (ONLY.test(words)) this.tell(othersThan(fields), false, part);
      return;
    }
    this.tell(fields, false, part);
    if (EVERYTHING.test(words) && fields.has('newsletter')) this.tell(CHANNELS, false, part);
  }
}

/**
 * The newsletter and offers that are to be switched on or off. "Unsubscribe" is of the newsletter; "no offers" is of all
 * three channels and leaves the newsletter alone; "stop mailing me" is of the newsletter and of offers by e-mail.
 */
export function choiceChanges({ hidden }: ChangeText): Choices {
  const reading = new Reading(
    MARKETING.test(hidden) || (OPTS.test(hidden) && channelsIn(hidden).length > 0),
  );
  if (ONLY_ORDERS.test(hidden) || NOTHING_AT_ALL.test(hidden))
    reading.tell(['newsletter', ...CHANNELS], false, { text: hidden, start: 0, fresh: true });
  else for (const part of partsOf(hidden)) reading.read(part);
  return reading.choices;
}

/** Words about what stays, what fails, or calls of another kind. */
const isAside = (words: string): boolean =>
  [KEEPS, FAILS, OTHER_CALLS, OF_OTHERS].some((each) => each.test(words)) ||
  (NEVER_JOINED.test(words) && !MARKETING.test(words));

function valueOf(words: string): boolean | undefined {
  if (OFF.test(words) || LEAVES.test(words) || ANY_MAILS.test(words)) return false;
  return ON.test(words) || (ONLY.test(words) && MARKETING.test(words)) ? true : undefined;
}

/** What a wish is about that names nothing itself. */
function meantBy(words: string, own: boolean | undefined, before: Subject): Subject {
  if (own === false) return leavingOf(words, before);
  return own && /\b(?:it|them|that)\b.*\b(?:again|back|on)\b/i.test(words) ? before : new Set();
}

/** What a wish to leave is about that names nothing itself. */
function leavingOf(words: string, before: Subject): Subject {
  if (LEAVES.test(words)) return before.size > 0 ? before : new Set(['newsletter']);
  if (BARE_STOP.test(words)) return before;
  return /\b(?:none|it|them|that|those|this|enough|off|end)\b/i.test(words) ? before : new Set();
}

/** Offers are switched on only for a channel that is named. */
const onlyOf = (words: string, fields: Subject): ChoiceField[] =>
  [...fields].filter((field) => field === 'newsletter' || BY[field].test(words));

const othersThan = (fields: Subject): Channel[] =>
  fields.has('newsletter') || fields.size === CHANNELS.length
    ? []
    : CHANNELS.filter((channel) => !fields.has(channel));

const channelsIn = (words: string): Channel[] =>
  CHANNELS.filter((channel) => BY[channel].test(words));

/** "by post rather than by phone", "by e-mail, not by phone" */
function comparison(words: string): { wanted: string; unwanted: string } | undefined {
  const [wanted = '', unwanted] = words.split(/\b(?:rather than|instead of|not)\b/i);
  if (unwanted === undefined || OFF.test(wanted)) return undefined;
  return channelsIn(wanted).length > 0 && channelsIn(unwanted).length > 0
    ? { wanted, unwanted }
    : undefined;
}
