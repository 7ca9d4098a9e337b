import { HIDDEN_SIGN } from './changeText';

/**
 * What the words before a value say of it: `new` is wanted; `old` is what it was; `known` is what the customer is
 * known by; `other` is somebody else's; `yours` is the company's, or where a call came from; `plain` says nothing.
 */
export type Role = 'new' | 'old' | 'known' | 'other' | 'yours' | 'plain';

/** People whose numbers and addresses are not the customer's own. */
export const RELATION =
  'wife|husband|spouse|partner|mother|father|mum|mom|mummy|dad|daddy|papa|parents?|son|daughter|child|kids?|brother|sister|friend|colleague|boss|manager|neighbou?r|uncle|aunt|aunty|cousin|flatmate|room ?mate|assistant|secretary|landlord|tenant|in-law|grandmother|grandfather|girlfriend|boyfriend|fianc[eé]e?|ex|scammer|hacker|caller|technician|agent';

const NOT_A_TIME = String.raw`(?! (?:now|today|tomorrow|next|here|this|the (?:\d|first|start|beginning)|monday|tuesday|wednesday|thursday|friday|saturday|sunday|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d))`;

const ROLES: readonly (readonly [Role, RegExp])[] = [
  [
    'yours',
    /\b(?:(?:wrote|written|writing|mailed|e-?mailed|sent (?:you )?(?:a |an )?(?:mail|e-?mail|message)) (?:you )?(?:to|at|on)|(?:called|rang|phoned|dialled|dialed|contacted|reached) (?:you |me |us )?(?:on|at|from|by)?|(?:calling|ringing|phoning|texting|messaging|spamming|e-?mailing|mailing) (?:(?:me|us)(?: (?:on|at|from))?|on|at|from)(?![\p{L}])|(?:calls?|mails?|e-?mails?|sms|messages?|texts?) from|your (?:number|phone|e-?mails?|mails?|messages?|sms|texts?|letters?|calls?|address|office|helpline|toll ?free|customer care)|confirmation (?:mail )?(?:to|at)|on (?:the )?(?:phone|telephone) (?:with|to) you|true ?caller(?: (?:says|shows|said|app))?|sp(?:oke|eaking|oken) (?:to|with) you)\b/giu,
  ],
  [
    'other',
    new RegExp(
      String.raw`\b(?:(?:my |our |his |her |their |the |an? )?(?:late )?(?:${RELATION})(?:'?s)?|his|her|hers|their|theirs|some(?:one|body)(?: else)?(?:'s)?)(?![\p{L}])`,
      'giu',
    ),
  ],
  [
    'old',
    new RegExp(
      String.raw`\b(?:old|older|previous(?:ly)?|former(?:ly)?|earlier|from${NOT_A_TIME}|replac(?:e|ing)|instead of|in place of|rather than|out of|(?:no longer|not|don't|do not|stopped|never)(?: (?:live|living|stay|be|use|using|have|having|read|check))?(?: (?:at|in|to|on))?|isn't|isnt|aint|never|(?:was|were|had been|used to)(?: (?:be|live|stay|reside|living|staying|residing|based|located))?(?: (?:at|in)(?![\p{L}]))?|delete|remove|drop|ditch|scrap|erase|forget|discard|stop(?: (?:using|mailing|e-?mailing|calling|writing(?: to)?|sending(?: (?:\p{L}+ )?to)?))?|purana|purane|purani|galat|unsubscribe|subscribe|lost access to|access to|swap\w*|exchange|closed|vacated|sold|left|wrong(?:ly)?|incorrect(?:ly)?|mistakenly|you have|u have|you've got)\b`,
      'giu',
    ),
  ],
  [
    'known',
    /\b(?:registered(?: (?:with|under|on|at|as|by))?|on (?:file|record)|(?<!\b(?:for|in|to|into) (?:my|our|the|this) )(?<!\b(?:add|put|save|keep|store|set|have|record|note|update)[^.!?]{0,40})account(?: (?:is|e-?mail|with|under|on|id|name|for))?|log ?in(?: (?:is|id|with|as|using))?|logged in (?:as|with)|sign(?:ed)? (?:up|in)(?: (?:with|as|using|under))?|user ?(?:name|id)|customer(?: id)?|verif\w+)\b/giu,
  ],
  [
    'new',
    /\b(?:new|newly|now|to|with|by|for|but|use|using|chang\w*|chng\w*|chnag\w*|should (?:be|read)|shud be|must be|will be|shall be|correct(?:ed|ion|ly)?|right|actual|updat\w*|updt\w*|instead:?|better|latest|becomes?|take|save|note|noted|put|add|set|make|switch\w*|got|private|mine|my own|edit|modify|amend\w*|alter|replaced by|different|another|second|reach me|reach us|contact me|(?:call|ring|text|phone|whatsapp|mail|e-?mail) me|from now on|onwards|live|living|stay|staying|reside|residing|presently|currently|future|based|moved|shifted|relocated|naya|naye|nayi|sahi|ab|badal\p{L}*|my (?:new |own |correct )?(?:phone|mobile|mob|cell|tel|telephone|ph|number|no|e-?mail|mail|address))\b|->|=>|→|>/giu,
  ],
];

/** What somebody else did is no wish of the customer's. */
export const OTHERS_DID =
  /\b(?:some ?one|some ?body|who|he|she|they|hackers?|thie(?:f|ves)|scammers?|fraudsters?|did you|have you|has any(?:one|body)|any(?:one|body))(?: else)?(?: has| have| had)? (?:chang\w+|updat\w+|alter\w+|edit\w+|remov\w+|delet\w+|replac\w+|switch\w+|swap\w+|set|put|add(?:ed|ing)|enter(?:ed|ing)|linked|gave)\b/i;

/** "The agent told me to mail the form to …" */
const MADE_TO =
  /(?<!\byou (?:have |had )?)\b(?:asked|told|telling|asking|wanted|wants?|ordered|instructed|forced|makes|made) (?:me|us|him|her) to\b(?!.*\b(?:my|our|new|now)\b)[^.!?\n]{0,60}$/i;
const ASKS =
  /^[^\p{L}\uE000]*(?:(?:and|so|but|hi|hello|please tell me|tell me|can you tell me|could you tell me|may i know)[^\p{L}\uE000]+)*(?:is|are|do|does|did|was|were|can (?:i|we) (?:call|ring|reach|mail|write|trust)|whose|who|has|have you|why did|why do|why are|(?:which|what|why|when|where)\b(?=[^?]*\?))\b/iu;
const WISHES_TOO =
  /\b(?:chang\w*|chng\w*|updat\w*|correct|replac\w*|switch\w*|add|note|save|amend|edit|take|make it|set|use|put|remove|instead|new|as my|possible|to have|have (?:it|that|this))\b/i;

/** Whether a sentence asks about the value in it, and wishes nothing: "is it … or …?" */
export const asksOf = (sentence: string): boolean =>
  ASKS.test(sentence) && !WISHES_TOO.test(sentence);

/** Whether somebody else made the writer send something there. */
export const madeTo = (before: string): boolean => MADE_TO.test(before);

/** What the words that lead to a value say of it: the last of them counts. */
export function roleBefore(words: string): Role {
  let role: Role = 'plain';
  let last = -1;
  for (const [each, pattern] of ROLES) {
    for (const { 0: cue, index } of words.matchAll(pattern)) {
      const end = index + cue.length;
      if (end > last) [role, last] = [each, end];
    }
  }
  // "my number is" alone tells nothing new.
  return role === 'new' && ONLY_MINE.test(words) ? 'plain' : role;
}

const ONLY_MINE =
  /^\W*(?:(?:hi|hello|dear \w+|sir|madam|and|so|also|my name is \p{L}+(?: \p{L}+)?)\W+)*my (?:phone|mobile|mob|cell|tel|telephone|ph|number|no|e-?mail|mail|address)(?: (?:no|number|id|address))?\.?\s*(?:is|:|=|-)?\s*$/iu;

const WAS = String.raw`(?:my |the |our |an? |your )?(?:old|dead|gone|closed|no longer|not|wrong|incorrect|previous|former|out ?dated|disconnected|deactivated|obsolete|invalid|expired|sold|vacated|rented out|my (?:wife|husband|son|daughter|mother|father|brother|sister|friend)'?s?|his|hers)`;
/** "…, the old one closes on Friday" */
const OLD_DOES = String.raw`(?:was|is|are|were|isn't|wasn't|will|won't|would|can|can't|cannot|has|had|does|doesn't|no longer|got|gets|goes|went|dies|died|closing|expiring|(?:close|expire|stop|stopp|end|bounce|work|lapse|fail|cease|remain|stay|belong|shut)(?:s|d|ed)?(?![\p{L}]))`;
const OLD_AFTER: readonly RegExp[] = [
  // "… to", "… ->" and the next value
  new RegExp(
    String.raw`^\s*(?:->|=>|→|to|into|with|by|for|has changed to|changed to|became)\s*${HIDDEN_SIGN}`,
    'iu',
  ),
  new RegExp(
    String.raw`^[\s"')]*(?:is|was|are|were|has been|is now|,? ?(?:that|this|it|which)(?:'s| is| was)|belongs to)\s(?:also |now )?(?:${WAS}|changed)\b`,
    'iu',
  ),
  // Not where the next value is the one that is meant: "… , not …", "… old number …".
  new RegExp(
    String.raw`^(?![\s,]*(?:the |my |and |as |since |because )*old (?:\p{L}+ ){0,7}(?:${OLD_DOES}|:|=))[\s"')(,]*(?!not(?! (?:in use|working|valid|any ?more|mine|correct|right)\b))${WAS}\b(?![^.!?\n]{0,25}${HIDDEN_SIGN})`,
    'iu',
  ),
  /^[\s"'(]*(?:old|dead)\s?[,)]/i,
  // "… without my asking", "… but it should go to …"
  /^[\s,;"')-]*(?:(?:and|but) )?(?:without (?:my|our|asking|me|permission)|(?:(?:that|this|it)(?:'s| is| was) )?not (?:me|by me|mine|my doing)\b|(?:i|we) (?:did not|didn't|never|have not|haven't) (?:ask|do|did|make|made|chang|request|set|add|order|give|gave)|by some(?:one|body)|(?:but|whereas|when) (?:they |it |that |these |those |everything )?(?:should|must|ought)\b)/i,
  /^[\s"')]*(?:is|was|as|called) (?:an? |the |known )?(?:fraud|scam\w*|spam\w*|fake|fraudster|hacker|thief)\b/i,
  /^[\s"')]*(?:(?:wala|vala|number|no|to|ab)\s){0,2}(?:band|galat|purana|nahi|nahin|mat|kho)(?![\p{L}])/iu,
  /^[\s"')]*(?:(?:doesn't|does not|don't|do not|didn't|isn't|isnt|won't|no longer|stopped) |any ?more\b)/i,
];
const KNOWN_AFTER =
  /^[\s"')]*(?:\(|,|-)?\s*(?:is (?:the|my) (?:one )?(?:registered|account|log ?in)|registered|on file|for verification|is on (?:file|record)|as (?:a )?(?:user ?name|log ?in)|here\b)/i;

/** What the words behind a value say of it. */
export function roleAfter(words: string): Role {
  if (KNOWN_AFTER.test(words)) return 'known';
  return OLD_AFTER.some((each) => each.test(words)) ? 'old' : 'plain';
}
