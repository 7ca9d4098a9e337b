/** Words that can follow "I'm" or "this is" with a capital and still name nobody. */
const NO_NAME = new Set(
  `a about account afraid again also an and angry anxious anybody anyone april as at august aware back bad being bit
  case comantra complaint concerned confused correct customer data december details disappointed email everyone
  extremely february feeling fine for fraud friday from getting going good greetings happy hello helpful here hi his
  her how i if important in incorrect indian it january july june just listed looking lost madam march may me
  misspelled misspelt mine missing monday more my nobody not november nowhere october off ok okay on one only our out
  over pd please privacy public quite really received registered regarding report said sad saturday scam scared
  security september shocked shown showing sir so someone somebody sorry spam speaking spelled spelt still
  stressed sunday sure terrible that the their there they this thursday to too tuesday unable unacceptable unhappy
  unsure upset urgent used very victim was wednesday what when where who why worried writing wrong yes no your`.split(
    /\s+/,
  ),
);

/** Words that end a name. */
const AFTER_A_NAME = new Set(
  `a also am an and as at because been but by calling can case do email for from had hai has have he here i in is
  it mail my number of on or phone please sir so speaking that the this to was we what who with writing you your है हूँ`.split(
    /\s+/,
  ),
);

const TITLES = new Set(['mr', 'mrs', 'ms', 'miss', 'dr', 'prof', 'shri', 'smt', 'kumari']);

/** After these a name is meant, in capitals or not. */
const STRONG =
  /(?<!\p{L})(?:my\s(?:full\s|good\s)?name(?:\sis|['’]s|\s?[:-])|(?<=(?:^|[\n,;.])[ ]?)name\s?[:-]|mera\snaam|मेरा\sनाम)\s?/giu;

/** After these it is a name only when it is written as one. */
const WEAK =
  /(?<!\p{L})(?:this\sis|i['’]?m|i\sam|it['’]s|it\sis|myself|call\sme|(?:kind |best |warm )?regards[,.]?|sincerely[,.]?|faithfully[,.]?)\s/giu;

/** A name and "here" at the beginning. */
const HERE = /^(?:[Hh](?:i|ello|ey)[,!]?\s)?((?:\p{Lu}[\p{L}\p{M}'’-]{1,30}\s){1,3})here(?!\p{L})/u;

/** What another person said is not the customer's own introduction. */
const REPORTED =
  /(?:["“”‘«]\s*|\b(?:said|says|saying|told\s\w{1,10}|claim(?:s|ed|ing)?)[\s,:"“that]{0,12})$/i;

const WORD = /^\s?([\p{L}][\p{L}\p{M}\p{N}'’-]{0,39})(\.?)/u;
const MOST_WORDS = 6;
const LOOK_BACK = 40;

/** The name by which customers introduce themselves, as typed, of one to six words. */
export function findName(text: string): string | undefined {
  const plain = text.replace(/[\t ]+/g, ' ');
  for (const found of plain.matchAll(STRONG)) {
    const name = nameAt(plain, found.index + found[0].length, () => true);
    if (name) return name;
  }
  for (const found of plain.matchAll(WEAK)) {
    if (REPORTED.test(plain.slice(Math.max(0, found.index - LOOK_BACK), found.index))) continue;
    const name = nameAt(plain, found.index + found[0].length, isWrittenAsName);
    if (name) return name;
  }
  const [, here] = HERE.exec(plain) ?? [];
  return here && nameAt(here, 0, isWrittenAsName);
}

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

/** Whether a word, in small letters, is no name; most in "-ing" tell what somebody is doing. */
const namesNobody = (word: string): boolean =>
  NO_NAME.has(word) || (word.length === 1 && word === 'i') || /^.{3,}ing$/.test(word);

/** A capital and small letters, an initial, or a script that has no capitals. */
const isWrittenAsName = (word: string): boolean =>
  /^(?:\p{Lu}(?:\p{M}|['’]\p{Lu})*[\p{Ll}\p{M}][\p{L}\p{M}'’-]*|\p{Lu}|\p{Lo}[\p{L}\p{M}]*)$/u.test(
    word,
  );
