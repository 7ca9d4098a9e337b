import {
  COMPLAINT,
  COMPUTER_ENTERED,
  DATA_OUT,
  MISUSE,
  MONEY_TAKEN,
  PHISHING,
  SOMEBODY_GOT_IN,
} from '../triagePatterns';
import { sentencesOf } from './changeText';
import { bestOf, datesIn, type DateInText, type Noticed } from './noticed';

/** The writer says that they noticed something. */
const NOTICED =
  /\b(?:noti[cs]e?(?:d|s|ing)?|saw|seen|see(?:ing)?|found|find out|discover\w*|reali[sz]\w*|aware|spotted|detect\w*|came across|(?:came|come|got|get) to know|learnt|learned|dekha|pata chala|observed|alert(?:ed)?|notification)\b/i;
/** What the writer did, or what has a date of its own, is nothing that they noticed. */
const OF_THEIR_OWN =
  /\b(?:(?:i|we|i'?ve|we'?ve|i'?d|we'?d)(?: \w+){0,2}? (?:bought|buy|purchased|ordered|booked|joined|sign(?:ed)? up|subscribed|unsubscribed|registered|enrolled|opened|renewed|reset|changed?|updated|moved?|moving|shifted|relocated|wrote|written|asked|filed|raised|lodged|submitted|requested|visited|installed|upgraded|replaced|retired|travel(?:led)?|become|became a|started using|complained|paid(?! (?:him|her|them|the (?:caller|man|woman|guy)))|logged (?:in|on)|spoke|talked|met|agreed|discussed|(?:got|had) (?:my|our|the|it|a)\b.{0,24}(?:repaired|fixed|serviced|delivered|installed|upgraded|cleaned)|came home|had an? (?:repair|appointment|operation|baby)|got (?:a new|my new|married)|sent you|mailed you|e-?mailed you|called you|rang you|phoned you|spoke (?:to|with)|reported|will|shall|leave|fly|return)|(?:i'?ll|we'?ll|i will|we will|i'?m|i am|we'?re|we are) (?:be |going |away|on (?:leave|holiday)|travelling|moving|leaving|flying|out of)|you (?:\w+ )?(?:promised|said|wrote|answered|replied|told me)|password was last|dated|(?:bill|invoice|letter|order|receipt|statement|e-?mail|mail|appointment|booking) (?:no\.? ?\d+ )?(?:of|from|for)\s*$|(?:offer|sale|trial|contract) (?:was |has )?(?:ended|over)|(?:was|were|is|are) closed|(?:comes|visits|arrives|is coming|is due)\b|born|birthday|b'?day|d\.?o\.?b|date of birth|turn(?:ed|s)? (?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen)|expir\w+|valid (?:till|until|from)|(?:is|are|was|falls) due|due (?:on|date|by)|warranty|guarantee|subscription|my plan|licen[cs]e|renewal|appointment|(?:policy|terms|notice) (?:was |were |is |are |has been |have been )?(?:last )?(?:updated|changed|revised)|customer since|with you since|a member since|call (?:me|back)|ring me|answer (?:me )?(?:by|before)|reply (?:by|before)|reach me)\b/i;
/** "Not on Monday", "sorry, Tuesday" */
const DENIED =
  /(?:\bnot|n't) (?:on |the |in |last |since )*$|\b(?:effective|with effect|w\.?e\.?f\.?)(?: from)?\s*$/i;
/** "From today" and the like are about what is to be. */
const FROM_NOW = /\b(?:from|starting)\s*$/i;
const THIS_DAY = /^(?:today|now|aaj|abhi|this)/i;
const CORRECTED =
  /\b(?:sorry|i mean|i meant|actually|rather|correction|make that|make it|no wait|wait)\W+(?:(?:it|that) was |on |the |it's |its |since )*$/i;
const BESIDE = 40;

const PARTED =
  /[!?;\n,:]|\.(?=\s|$)|(?<![\p{L}])(?:and|but|so|because|while|then|yet|however|although|though|plus)(?![\p{L}])/giu;
const ONLY_A_DATE = /^\W*(?:(?:on|in|at|since|the|from|around|about|back|last|it was|was)\W+)*$/i;

interface Clause {
  readonly start: number;
  readonly end: number;
}

function clausesOf(text: string): Clause[] {
  const ends = [...Array.from(text.matchAll(PARTED), ({ index }) => index), text.length];
  return ends.map((end, place) => ({ start: ends[place - 1] ?? 0, end }));
}

/** The words that a date stands among; those behind it where it stands alone: "On 4 November, I bought …". */
function wordsAround(
  text: string,
  clauses: readonly Clause[],
  { noticed, index }: DateInText,
): string {
  const place = clauses.findIndex(({ end }) => end > index);
  const { start, end } = clauses[place] ?? { start: 0, end: text.length };
  const until = index + noticed.words.length;
  const words = `${text.slice(start, index)} ${text.slice(until, Math.max(until, end))}`;
  const next = clauses[place + 1];
  return ONLY_A_DATE.test(words) && next ? words + text.slice(next.start, next.end) : words;
}

/**
 * The date at which something was noticed, in a story that tells more than that: no date of what the writer did
 * themselves ("I bought it on …", "I was born …"), and rather the one at which they noticed than the one at which it was.
 * Dates are read as `findNoticed` does.
 * @param zone an IANA zone, in which `date` is.
 */
export function findNoticing(text: string, now: Date, zone: string): Noticed | undefined {
  const plain = text.replace(/[\u2018\u2019]/g, "'");
  const clauses = clausesOf(plain);
  const told = datesIn(plain, now, zone).flatMap((date) => {
    const around = wordsAround(plain, clauses, date);
    const before = plain.slice(Math.max(0, date.index - BESIDE), date.index);
    const isNoticed = NOTICED.test(around);
    if ((OF_THEIR_OWN.test(around) && !isNoticed) || DENIED.test(before)) return [];
    if (FROM_NOW.test(before) && THIS_DAY.test(date.noticed.words)) return [];
    return [{ ...date, rank: rankOf(date, before, isNoticed) }];
  });
  const ranked = told.sort((a, b) => a.rank - b.rank).map(({ noticed }) => noticed);
  return bestOf(ranked);
}

/** The lower the rather; a week or a month tells less than a day. */
function rankOf({ noticed }: DateInText, before: string, isNoticed: boolean): number {
  const isVague = /\b(?:week|month|year)$/i.test(noticed.words);
  return (CORRECTED.test(before) ? 0 : isNoticed ? 2 : 4) + (isVague ? 1 : 0);
}

const TELLS: readonly RegExp[] = [
  NOTICED,
  COMPLAINT,
  COMPUTER_ENTERED,
  DATA_OUT,
  MISUSE,
  MONEY_TAKEN,
  PHISHING,
  SOMEBODY_GOT_IN,
  /\b(?:some ?(?:one|body)|strangers?|unknown|strange|suspicious|unauthori[sz]ed|missing|wrong|rude|shouted|kisi ne|hack\w*|virus|(?:call(?:ed|s|ing)?|rang|phoned|texted|messaged|wrote to|mailed|e-?mailed) me|without asking|happen(?:ed|s|ing)|began|started|occurred|incident|webcam|camera|microphone|mouse|cursor|pop-?ups?|deleted|vanished|disappeared|gone|lost|charged|debited|withdrawn|otps?|logins?|log-?ins?|logged|spam\w*|scam\w*|threat\w*|(?:did not|didn't|never) (?:make|made|order\w*|ask\w*|place\w*|authori[sz]\w*|do|did)|not me|wasn't me|chori|ajeeb|galat|leak|dhokha|paise|misbehav\w*|behav\w*|insult\w*|told me|(?:got|has|had|received|opened|read|saw|viewed|accessed|used|took|given|shown|showed|shared|knew|knows) (?:\w+ ){0,2}my \w+|my (?:\w+ ){1,3}(?:was|were|got|has been|have been) (?:viewed|accessed|changed|read|shared|seen|used|sent|given|shown|sold|posted|copied|taken|downloaded|edited|altered)|abus\w*|lied|refus\w*|drove|entered|opened my|read my|copied|looked (?:at|through)|used my|using my)\b/i,
];
const MOST_READ = 2000;
const MOST_OF_AN_ANSWER = 3;
const ASKS =
  /^\W*(?:(?:and|so|but|hi|hello|please)\W+)*(?:do|does|did|is|are|am|was|were|can|could|will|would|should|shall|may|has|have|what|when|where|how|which|who|why)\b[^?]*\?/i;

/**
 * Whether a text tells of something that happened, or is no more than an answer such as "last Friday night".
 * @param date the words of the date in it.
 */
export function tellsOfIncident(text: string, date: string): boolean {
  const words = text
    .slice(0, MOST_READ)
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'");
  const told = sentencesOf(words).filter(
    ({ text: sentence }) => /\p{L}/u.test(sentence) && !ASKS.test(sentence),
  );
  return (
    told.some(({ text: sentence }) => TELLS.some((each) => each.test(sentence))) ||
    (told.length > 0 && wordsOf(words) - wordsOf(date) <= MOST_OF_AN_ANSWER)
  );
}

const wordsOf = (text: string): number => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
