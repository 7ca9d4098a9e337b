import type { Report } from '../../services/cases';
import { findEmail, findName, findNoticing, findPhone } from '../../services/entities';
import { isQuestion } from '../answers';

/** Words of an answer that is nothing but a value; longer ones tell something. */
export const SHORT = 80;

const OWN_EMAIL =
  /(?:\bmy (?:new |other |private |work )?(?:e-?mail|mail)(?: (?:address|id))?(?: is)?|\b(?:reach|contact|write(?: to)?|mail|e-?mail|answer|reply to) me(?: back)?(?: at| on| by)?(?: e-?mail| mail)?(?: at)?)[\s:]*/gi;
const OWN_PHONE =
  /(?:\bmy (?:new |other )?(?:mobile|phone|telephone|cell|number)(?: number| no)?(?: is)?|\b(?:call|ring|phone|reach|contact) me(?: back)?(?: at| on)?|\bphone(?: is)?)[\s:]*/gi;
/** A value is looked for right behind the words that introduce it. */
const BEHIND = 60;

/** The first value that stands behind an introduction of it. */
function introduced(
  text: string,
  introduction: RegExp,
  find: (words: string) => string | undefined,
  looksLike: RegExp,
): string | undefined {
  for (const match of text.matchAll(introduction)) {
    const behind = text.slice(match.index + match[0].length).slice(0, BEHIND);
    const value = looksLike.test(behind) ? find(behind) : undefined;
    if (value) return value;
  }
  return undefined;
}

const wordsLeft = (text: string, pattern: RegExp): number =>
  text
    .replace(pattern, ' ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean).length;

/** An address that the writer calls their own, or that is all they say; others' addresses stand in stories. */
export function ownEmail(text: string): string | undefined {
  const bare = wordsLeft(text, /[^\s@]{1,64}@[^\s@]+/g) <= 3 ? findEmail(text) : undefined;
  return introduced(text, OWN_EMAIL, findEmail, /^[^\s@]{1,64}@/) ?? bare;
}

/** A telephone number that the writer calls their own, or that is all they say. */
export function ownPhone(text: string): string | undefined {
  const bare = wordsLeft(text, /\+?\d[\d ()-]{5,}/g) <= 3 ? findPhone(text) : undefined;
  return introduced(text, OWN_PHONE, findPhone, /^\+?\(?\d/) ?? bare;
}

/** When it was noticed, where the words give a date. */
export function noticedIn(text: string, now: Date, zone: string): Report['noticed'] {
  const found = findNoticing(text, now, zone);
  return found?.outcome === 'found'
    ? { words: found.words.replace(/[\s,.;:]+$/, ''), date: found.date }
    : undefined;
}

/** Adds what the writer tells of themselves and of the time, where it is not known yet. */
export function withFacts(report: Report, text: string, now: Date, zone: string): Report {
  const noticed = report.noticed ?? noticedIn(text, now, zone);
  const name = report.name ?? findName(text);
  const phone = report.phone ?? ownPhone(text);
  return {
    ...report,
    ...(noticed ? { noticed } : {}),
    ...(name ? { name } : {}),
    ...(phone ? { phone } : {}),
  };
}

const NAME_FORM = /^[\p{L}][\p{L}\p{M}.'-]*(?: [\p{L}][\p{L}\p{M}.'-]*){0,3}$/u;
const NO_NAME =
  /\b(?:i|it|is|this|that|the|you|your|do|don'?t|not|no|why|what|who|how|please|go|send|ok|okay|fine|yes|sure|maybe|later|call|phone|hell|to|too|long|here|there|am|are|can|will|want|need|optional|rather|none|nothing|report|same|hurry|quick|stop|skip|check|case|ask|change|talk|person|policy|name|cancel|next|already)\b/i;
const LONGEST_NAME = 60;

/** A name typed as it is, perhaps beside a number; words that no name has make it none. */
export function plainName(text: string): string | undefined {
  if (isQuestion(text)) return undefined;
  const [name = ''] = text
    .replace(/\(?\bno (?:tele)?(?:phone|number|mobile)\b\)?/gi, ',')
    .replace(/\+?[\d][\d ()-]{5,}/g, ',')
    .replace(
      /\b(?:and )?(?:my )?(?:phone|number|mobile|tel|telephone)(?: number)?(?: is)?\b/gi,
      ',',
    )
    .split(/[,;:\n]+/)
    .map((part) => part.trim().replace(/\s+/g, ' '))
    .filter(Boolean);
  return name.length <= LONGEST_NAME && NAME_FORM.test(name) && !NO_NAME.test(name)
    ? name
    : undefined;
}

const ANNOUNCES =
  /^\W*(?:(?:hi|hello|hey|please|pls|sorry|good (?:morning|day|evening|afternoon))\W+)*(?:i (?:want|need|wish|would like|have)|i'?d (?:like|wish)|can i|could i|may i|how (?:do|can) i|where (?:do|can) i|let me|someone)?\b[\w' ]{0,20}\b(?:report|complain|complaint|raise|file|lodge|tell|speak|talk)\b[\w' ]{0,60}\W*$/i;
/** What an announcement may be about without telling anything. */
const TELLS_NOTHING =
  /\b(?:hi|hello|hey|please|pls|sorry|good|morning|day|evening|afternoon|i|want|need|wish|would|like|have|had|id|can|could|may|how|do|where|let|me|we|to|a|an|the|my|your|you|some|something|somebody|someone|about|of|with|for|on|in|at|it|this|that|is|am|are|and|or|make|making|report|reporting|complain|complaint|complaints|raise|file|lodge|tell|speak|talk|problem|problems|breach|issue|issues|incident|matter|concern|privacy|security|data|suspected|formal|serious|thing|case|bad|happened|has|urgent|urgently|now|manager|new|comantra|company|help|here|privately|anonymously|wrong|went)\b/gi;

/**
 * Whether a message says what happened, or only that the writer wants to report.
 * Addresses and numbers tell nothing of it.
 */
export function tellsWhatHappened(text: string): boolean {
  const words = text
    .replace(/[^\s@]{1,64}@[^\s@]+/g, ' ')
    .replace(OWN_EMAIL, ' ')
    .replace(/\d/g, ' ');
  const left = wordsLeft(words.replaceAll("'", ''), TELLS_NOTHING);
  return ANNOUNCES.test(words) || words.length < SHORT ? left >= 2 : true;
}

const FOR_HELP =
  /\b(?:what (?:do|should|can|must|shall) (?:i|we) (?:do|say)|what now|should i|shall i|do i have to|must i|can i (?:stop|get rid|unplug|turn|switch)|how (?:do|can) i (?:stop|get (?:rid|him|her|them))|help(?: me)?\W*$|unplug|switch(?: it)? off|turn(?: it)? off)\b/i;

/** Whether somebody asks what they are to do now. */
export const asksForHelp = (text: string): boolean => text.length <= SHORT && FOR_HELP.test(text);
