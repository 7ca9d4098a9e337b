import { KNOWN_PLACE, STREET_WORD } from './addressWords';
import { AFTER_A_NAME, NO_FIRST_NAME, NO_NAME, TITLES } from './nameWords';

/** After these a name is meant, in capitals or not. */
const STRONG =
  /(?<!\p{L})(?:my\s(?:full\s|good\s|own\s)?name(?:\sis|['’]s|\s?[:-]|,[^,.]{0,30},\sis)|(?<=(?:^|[\n,;.])[ ]?)(?:(?:full|customer|complete)\s)?name(?:\s?[:-]|\sis)|(?:mera|mere|hamara)\s(?:shubh\s|pura\s)?na+m(?:\shai)?(?=\s)|मेरा\sनाम|(?<=^(?:(?:hi|hello|hey|sir|madam|dear sir)[,!.]?\s)?)myself(?=\s)|(?:main|mai|mein|me)(?=\s(?:\p{L}+\s){1,3}(?:bol|baat)\s(?:raha|rahi|kar))|this\sis(?=\s(?:\p{L}+\s){1,2}(?:here|speaking|calling|this side)(?!\p{L})))\s?/giu;

/** After these it is a name only when it is written as one. */
const WEAK =
  /(?<!\p{L})(?:this\sis|my\snames|i['’]?m(?:\scalled|\snamed)?|i\sam(?:\scalled|\snamed|\sknown\sas)?|(?:people|everybody|everyone|friends)\scall\sme|it['’]s|it\sis|myself|main|call\sme|the\sname(?:['’]s|\sis)|i,|(?:i\s)?remain,?|(?:kind |best |warm )?regards[,.]?|sincerely[,.]?|faithfully[,.]?)\s/giu;
/** "It's Meera": only where a message begins; elsewhere it is anything else. */
const FIRST_ONLY = /^(?:it|main)/i;
const GREETING = String.raw`(?:(?:[Hh](?:i|ello|ey)|[Gg]ood (?:[Mm]orning|[Aa]fternoon|[Ee]vening|[Dd]ay)|[Nn]amaste|[Nn]amaskar|[Gg]reetings|[Dd]ear (?:[Ss]ir|[Mm]adam|[Tt]eam|[Cc]omantra)|[Ss]ir|[Mm]adam|[Yy]es)(?: there| all| sir| madam| team)?[,!.]?\s)?`;
const NAMED = String.raw`((?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Shri|Smt|Col|Capt|Maj|Lt|Adv|Rev|Er)\.?\s)?\p{Lu}[\p{L}\p{M}'’-]{1,30}(?:\s(?:\p{Lu}\.?|\p{Lu}[\p{L}\p{M}'’-]{1,30})){0,2})`;

/** A name and "here" at the beginning. */
const HERE = new RegExp(
  String.raw`^${GREETING}${NAMED}(?:\sfrom\s\p{Lu}\p{L}+)?\s(?:here|speaking|calling|this side|on the line|bol rah[ai]|se bol)(?!\p{L})`,
  'u',
);
/** A full name at the beginning, and what its bearer wants or is known by. */
const FIRST = new RegExp(
  String.raw`^${GREETING}${NAMED}(?:,|\s[-–—]|:)\s(?=(?:[Cc]ase|[Cc]omplaint|[Rr]ef|[Tt]icket|PD|pd|[Mm]y|I|i|[Ww]e|[Cc]ustomer|[Aa]ccount|[Ff]rom|[Aa]bout|[Rr]egarding|[Rr]e\b|[Ww]riting|[Cc]alling|[Rr]inging|[Pp]hone|[Mm]obile|[Mm]ob|[Ee]-?mail|[Nn]ew|[Pp]lease|[Pp]ls|[Jj]ust|\d|age|aged)(?![\p{Ll}]))`,
  'u',
);
/** "Thanks, Asha" and the like, at the end. */
const LAST = new RegExp(
  String.raw`(?:(?<!\p{L})(?:[Tt]hanks?(?: you| a lot| so much| in advance)*|[Tt]hx|THANKS|[Cc]heers|[Yy]ours(?: truly| faithfully| sincerely)?|[Rr]gds|[Rr]egards|[Bb]est(?: wishes)?|[Ll]ove|[Ss]igned)(?:\s?[,.!-]\s?|\s?\n\s?)|[.!?\n)]\s?[-–—~]\s?)${NAMED}[.!]?\s?$`,
  'u',
);

/** What another person said is not the customer's own introduction. */
const REPORTED =
  /(?:["“”‘«]\s*|\b(?:said|says|saying|told\s\w{1,10}|claim(?:s|ed|ing)?|introduc\w{1,4}(?:\s\w{1,10})?|pretend\w{0,4}(?: to be)?|heard)[\s,:"“that]{0,12})$/i;
/** Behind a name, as another person said it. */
const REPORTED_BEHIND =
  /^[\s,'"”’]*from comantra|^[\s,'"”’]*(?:from (?:the|your) \w+|calling)?[\s,'"”’]*(?:he|she|they|the (?:man|lady|woman|caller|agent)) (?:said|says|told|claimed)/i;

const WORD = /^\s?([\p{L}][\p{L}\p{M}\p{N}'’-]{0,39})(\.?)/u;
const MOST_WORDS = 6;
const LOOK_BACK = 40;

/** The name by which customers introduce themselves, or with which they sign, as typed, of one to six words. */
export function findName(text: string): string | undefined {
  const plain = text.replace(/[\t ]+/g, ' ').trim();
  return (
    strongName(plain) ??
    weakName(plain) ??
    beginning(plain, HERE, 1) ??
    firstName(plain) ??
    signed(plain)
  );
}

function strongName(plain: string): string | undefined {
  for (const found of plain.matchAll(STRONG)) {
    const name = nameAt(plain, found.index + found[0].length, () => true);
    if (name) return name;
  }
  return undefined;
}

function weakName(plain: string): string | undefined {
  for (const found of plain.matchAll(WEAK)) {
    const before = plain.slice(Math.max(0, found.index - LOOK_BACK), found.index);
    if (REPORTED.test(before) || (FIRST_ONLY.test(found[0]) && !BEGINS.test(before))) continue;
    const start = found.index + found[0].length;
    const name = nameAt(plain, start, isWrittenAsName);
    const isPlace = FIRST_ONLY.test(found[0]) && STREET_WORD.test(name ?? '');
    const behind = plain.slice(start + (name?.length ?? 0), start + LOOK_BACK * 2);
    if (name && !isPlace && !REPORTED_BEHIND.test(behind)) return name;
  }
  return undefined;
}

const BEGINS = new RegExp(String.raw`^${GREETING}$`, 'u');

function beginning(plain: string, pattern: RegExp, least: number): string | undefined {
  const [, named] = pattern.exec(plain) ?? [];
  const name = named && nameAt(named, 0, isWrittenAsName);
  return name && name.split(' ').length >= least && name === named ? name : undefined;
}

const firstName = (plain: string): string | undefined => {
  const name = beginning(plain, FIRST, 2);
  return name && isNobodysPlace(name) ? name : undefined;
};

const signed = (plain: string): string | undefined => {
  const name = beginning(plain, LAST, 1);
  return name && isNobodysPlace(name) ? name : undefined;
};

const isNobodysPlace = (name: string): boolean =>
  !STREET_WORD.test(name) &&
  !KNOWN_PLACE.test(name) &&
  name.split(' ').every((word) => {
    const lower = word.toLowerCase().replace('.', '');
    return !NO_FIRST_NAME.has(lower) && (!NO_NAME.has(lower) || TITLES.has(lower));
  });

/** Takes words from a place on for as long as they can be a name. */
function nameAt(text: string, start: number, fits: (word: string) => boolean): string | undefined {
  const words: string[] = [];
  let at = start;
  while (words.length < MOST_WORDS) {
    const [whole = '', word = '', dot = ''] = WORD.exec(text.slice(at, at + 2 * LOOK_BACK)) ?? [];
    const lower = word.toLowerCase();
    const isShort = word.length === 1 || TITLES.has(lower);
    const isOver = words.length > 0 && AFTER_A_NAME.has(lower) && !(word.length === 1 && dot);
    if (!word || isOver || !(fits(word) || TITLES.has(lower))) break;
    if (words.length === 0 && namesNobody(lower)) return undefined;
    // "I'm Rina's brother": the word belongs to somebody else's name.
    if (/['’]s$/i.test(word)) return undefined;
    words.push(word + (isShort ? dot : ''));
    at += whole.length;
    if (dot && !isShort) break;
  }
  const isTitleOnly = words.every((word) => TITLES.has(word.toLowerCase().replace('.', '')));
  return isTitleOnly ? undefined : words.join(' ');
}

/** Whether a word, in small letters, is no name; most in "-ing" tell what somebody is doing, others how they feel. */
const namesNobody = (word: string): boolean =>
  (NO_NAME.has(word) && !TITLES.has(word)) ||
  (word.length === 1 && word === 'i') ||
  /^.{3,}(?:ing|ously|ous|less|ated|ised|ized|ened|assed|essed|usted|oyed|ified|arian)$/.test(word);

/** A capital and small letters, an initial, or a script that has no capitals. */
const isWrittenAsName = (word: string): boolean =>
  /^(?:\p{Lu}(?:\p{M}|['’]\p{Lu})*[\p{Ll}\p{M}][\p{L}\p{M}'’-]*|\p{Lu}|\p{Lo}[\p{L}\p{M}]*)$/u.test(
    word,
  );
