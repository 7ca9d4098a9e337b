/** Ages below that of the policy (children.under13) at which somebody writes, and the age itself. */
const YOUNG = String.raw`(?:[4-9]|1[0-2]|four|five|six|seven|eight|nine|ten|eleven|twelve)`;
const UP_TO_13 = String.raw`(?:${YOUNG}|13|thirteen)`;
const YOUNG_TH = String.raw`(?:[4-9]th|1[0-2]th|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)`;
const IN_HINDI = String.raw`(?:${YOUNG}|char|chaar|panch|paanch|che|chhe|chhah|saat|sat|aath|ath|nau|no|das|dus|gyarah|gyara|barah|bara)`;
/** Who is in the sixth class is eleven or twelve; in the first there are travellers too. */
const CLASS = String.raw`(?:(?:the )?(?:(?:2nd|3rd|[4-6]th|second|third|fourth|fifth|sixth) (?:class|grade|standard|std)|(?:1st|first) (?:grade|standard|std)|(?:class|grade|standard|std) (?:[1-6](?:st|nd|rd|th)?|one|two|three|four|five|six|i{1,3}|iv|vi?)))`;
const YEAR_AT_SCHOOL = String.raw`(?:year (?:[1-6]|one|two|three|four|five|six)(?: (?:at|in) (?:primary |junior )?school| at my school| sorry| and (?:my (?:mum|mom|mummy|mother|dad|father|brother|sister|teacher)|this is my own|it is my own)\b|$))`;
const PRIMARY = String.raw`(?:(?:a |the )?(?:primary|elementary|junior|nursery) school|kindergarten)`;
/** What may come behind a class or an age without making something else of it: “class 6 cable”, “a class 6 teacher”. */
const ENDS = String.raw`(?= (?:student|pupil|kid|boy|girl|child|now|only|and|but|so|at|can|could|may|please|my|me|i|sir|madam|this|is|do|how|what|why|not|today|just|here|right|section|want|need|hi|hello|sorry|thanks|am|are|yet|ok|lol|btw)\b(?! (?:teacher|parent))|$)`;
const PERSON = String.raw`(?:boy|girl|kid|child|student|pupil|lad|lass)`;
const LITTLE = String.raw`(?:(?:a|an|just|only|still|also|currently|now|really|actually|little|small|young|school|cute|good) ){0,4}`;
const AT_SCHOOL = String.raw`(?:in |of |at |studying |study |reading |read |a |an |student |pupil |${PERSON} ){0,4}`;
const AGE_ENDS = String.raw`(?: (?:years?|yrs?|yo|saal|sal))?(?: old| of age)?${ENDS}`;

/** How writers say that they are under 13 without telling an age as “I am 11”; read on words without punctuation. */
const SAYS_SO: readonly RegExp[] = [
  String.raw`\bi am ${LITTLE}(?:under|below|less than|younger than|not (?:even|yet|quite)) ${UP_TO_13}${AGE_ENDS}`,
  String.raw`\bi am not (?:13|thirteen)(?: years?(?: old)?)? yet\b`,
  String.raw`\bi am ${LITTLE}${AT_SCHOOL}(?:${CLASS}${ENDS}|${YEAR_AT_SCHOOL})`,
  String.raw`\bi am ${LITTLE}(?:2nd|3rd|[4-6]th|second|third|fourth|fifth|sixth|1st|first) grader\b`,
  String.raw`\bi (?:study|read|learn|go to|go) (?:in |at |to )?(?:school in )?${CLASS}${ENDS}`,
  String.raw`\bi (?:am (?:still |only |just )?(?:in|at)|go to|study (?:in|at)|attend) ${PRIMARY}${ENDS}`,
  String.raw`\bi am ${LITTLE}${PERSON}(?: (?:of|aged|age|who is|and|and i am))? (?:only |just )?${YOUNG}${AGE_ENDS}`,
  String.raw`^(?:(?:hi|hello|hey) )?(?:[3-6]th|third|fourth|fifth|sixth) grader (?:here|typing|writing)\b`,
  String.raw`^(?:(?:i am )?not (?:yet )?(?:13|thirteen)(?: yet)?|i have ${YOUNG} years?(?: old)?)$`,
  String.raw`\b(?:we|me and my \w{1,15}|my \w{1,15} and i|me and \w{1,15}) are both (?:only |just )?${YOUNG}${AGE_ENDS}`,
  String.raw`\bwe are (?:only |just )?${YOUNG} years? old\b`,
  String.raw`^(?:(?:hi|hello|my|sir|madam) )?age (?:is )?(?:only )?${YOUNG}(?: years?| yrs?)?(?: old)?(?: only)?$`,
  String.raw`\bmy age (?:only |just )?${YOUNG}${AGE_ENDS}`,
  String.raw`(?<!\bon )\bmy (?:${YOUNG_TH}|13th(?= birthday (?:is )?(?:next|tomorrow|coming|soon|in|this|on))) birthday (?:is\b|today\b|tomorrow\b|next\b|yesterday\b|was (?:yesterday|last (?:week|month|\w{3,6}day))\b|comes?\b|coming\b|soon\b)`,
  String.raw`\b(?:today|tomorrow|yesterday|it|its) (?:is |was )?my ${YOUNG_TH} birthday\b(?! (?:with|party in))`,
  String.raw`\bi (?:am having|have|just had|am celebrating) my ${YOUNG_TH} birthday\b(?! (?:party )?in)`,
  String.raw`\b(?:meri|mera|mere) (?:umar|umr|age|umra) (?:abhi |sirf |bas |only )?${IN_HINDI} ?(?:saal|sal|years?|varsh|baras)?(?: ki| ka)? (?:hai|he|h|hain)\b`,
  String.raw`\b(?:main|mai|mein|me|mein to|hum) (?:abhi |sirf |bas |to |toh )?${IN_HINDI} (?:saal|sal|years?|varsh|baras) (?:ka|ki|ke) (?:bacha |bachcha |ladka |ladki |bachi |bachchi )?(?:hu|hun|hoon|hoo|hai|hain)\b`,
  String.raw`\b(?:main|mai|mein|me) (?:abhi )?(?:class|kaksha|standard) (?:[1-6]|paanch|panch|chaar|char|che|chhe) (?:me|mein|main) (?:hu|hun|hoon|padhta|padhti|padta|padti)\b`,
  String.raw`\b(?:main|mai|mein|me) (?:[4-6]th|paanchvi|panchvi|chauthi|chhathi|chathi) (?:class |kaksha )?(?:me|mein|main) (?:hu|hun|hoon|padhta|padhti|padta|padti)\b`,
].map((source) => new RegExp(source));

/** Before a statement that is none. */
const ONLY_SUPPOSED =
  /\b(?:if|whether|suppose|supposing|unless|when|think|thinks|thought|assume|assumes|believe|believes|say|says|said|claim|know|knows|like|as though|pretend|not that|until|till|since|imagine)(?: that)?(?: \w{1,12}){0,1}$/;

/** Whether a writer says in so many words, though not by “I am 11”, to be under 13; `plain` has single spaces and no marks. */
export const saysUnderThirteen = (plain: string): boolean =>
  SAYS_SO.some((pattern) => {
    const found = pattern.exec(plain);
    return (
      found !== null &&
      !ONLY_SUPPOSED.test(plain.slice(Math.max(0, found.index - 40), found.index).trimEnd())
    );
  });
