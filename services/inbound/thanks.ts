import { stripQuote } from './quoteStripping';

/** Whoever has more to say than this asks for something. */
const MAX_LENGTH = 400;
const MAX_PIECES = 60;

const THANKS = String.raw`(?:many |much |big |a lot of |lots of |heartfelt |sincere )?(?:thanks|thank ?you|thank u|thanking you|thankyou|thnks|thx|thnx|tnx|thanx|tysm|ty|tq|dhan[iy]a?[vwb]aa?d|dhonn?obad|shukri?ya|nandri|धन्यवाद|शुक्रिया|आभार|ধন্যবাদ|நன்றி)(?: (?:so|very|too) much| (?:a lot|a ton|a million|loads|indeed|again|once again|bahut|ji|sir|madam|ma'?am|team|all|everyone))*`;
const FOR = String.raw`(?: for (?:all )?(?:of )?(?:your|the|this|that|such a)(?: (?:very|so|quick|prompt|kind|fast|swift|detailed|clear|speedy|helpful|great))*(?: (?:reply|response|answer|help|support|assistance|information|info|update|explanation|clarification|confirmation|time|efforts?|mail|email|e-mail|message|action|work|patience|service)(?: and(?: your)?)?)*| for (?:replying|responding|answering|explaining|clarifying|confirming|helping|letting me know|getting back(?: to me)?|the same)(?: (?:so|very)? ?(?:quickly|promptly|fast|soon|clearly))?)?`;
const ACKNOWLEDGED = String.raw`ok(?:ay|k)?|oki|got it|noted|understood|received|perfect|great|excellent|wonderful|awesome|brilliant|fantastic|superb?|lovely|cool|nice|good|fine|all right|alright|all good|all clear|(?:that(?:'s| is|s)|it(?:'s| is|s)|this is) (?:all |very |really |so |now )?(?:great|perfect|fine|good|clear|helpful|kind|ok|okay|resolved|solved|all i needed|wonderful|excellent)(?: now)?|that (?:helps|helped|clears it up|answers (?:it|my question))(?: a lot)?|very (?:helpful|kind|good|clear)|(?:very )?much appreciated|(?:really )?appreciated?|i (?:really )?appreciate (?:it|that|this|your help|the help)|makes sense|no (?:problem|worries|issues?)|my (?:issue|problem|query|question) (?:is|has been) (?:now )?(?:resolved|solved|answered)(?: now)?|resolved(?: now)?|solved(?: now)?|have a (?:nice|good|great|lovely) (?:day|evening|week|weekend|one)|you too|take care|god bless(?: you)?|(?:with )?(?:best|kind|warm|many)? ?regards|best wishes|cheers|yours (?:sincerely|faithfully|truly)|sincerely|accha|achha|th(?:ee|i)k h(?:ai|e)|ठीक है|अच्छा|ঠিক আছে`;
const LINKING = String.raw`(?:hi|hello|dear|namaste|नमस्ते|and|so|then|now|very|bahut|बहुत|with|ji|जी|sir|madam|ma'?am|team|all|it|again)`;

const word = (source: string): RegExp =>
  new RegExp(String.raw`(?:${source})(?![\p{L}\p{M}\p{N}'’-])`, 'iuy');

const CORE: readonly RegExp[] = [word(THANKS + FOR), word(ACKNOWLEDGED)];
const GLUE: readonly RegExp[] = [
  word(LINKING),
  /[\s.,!…;:()\-–—'"~*]+/y,
  /(?:\p{Emoji_Modifier}|\ufe0f|\u200d)+/uy,
];
const SMILES = /[🙏👍👌🙌👏😊🙂😀😃😄😁🤗😇☺❤💖💐🌹🌸✅✔🎉🥰😍]|[:;]-?\)/uy;
const BEFORE_NAME =
  /(?:thanks|thank ?you|much|lot|again|hi|hello|dear|ji|regards|wishes|cheers|sincerely|faithfully|truly|best)[\s,.!–-]{1,6}$/i;
const NAME =
  /(?:(?:Mr|Ms|Mrs|Dr)\.? )?\p{Lu}\p{L}{1,20}(?: \p{Lu}[\p{L}.]{0,20}){0,2}(?=\s*(?:[,.!\n]|$))/uy;
const LOOK_BACK = 30;
const SIGNED = /\n\s*\p{Lu}[\p{L}.]{1,20}(?: \p{Lu}[\p{L}.]{0,20}){0,2}[\s.]*$/u;
/** Words that ask for something; with a capital letter they could pass for a name. */
const ASKING =
  /\b(?:add|answer|but|call|cancel|change|check|contact|delete|do|explain|fix|forward|give|help|how|no|not|never|please|pls|remove|reply|resend|respond|send|stop|still|tell|update|wait|what|when|where|which|who|why|wrong|yes)\b/i;

/** Whether a customer's words are nothing but thanks or an acknowledgement, so that they ask for nothing. */
export function isBareThanks(text: string): boolean {
  const own = stripQuote(text).text.normalize('NFC').replace(/’/g, "'").trim();
  if (own === '') return true;
  if (own.length > MAX_LENGTH || /[?？؟]/.test(own)) return false;
  const name = SIGNED.exec(own);
  const words = name && !ASKING.test(name[0]) ? own.slice(0, name.index) : own;
  let at = 0;
  let hasCore = false;
  for (let pieces = 0; at < words.length && pieces < MAX_PIECES; pieces += 1) {
    const core = lengthAt([...CORE, SMILES], words, at);
    const length = core || lengthAt(GLUE, words, at) || nameAt(words, at);
    if (length === 0) return false;
    hasCore ||= core > 0;
    at += length;
  }
  return hasCore && at >= words.length;
}

/** How much of the text from here the longest of the patterns takes. */
function lengthAt(patterns: readonly RegExp[], text: string, at: number): number {
  return Math.max(
    ...patterns.map((pattern) => {
      pattern.lastIndex = at;
      return pattern.exec(text)?.[0].length ?? 0;
    }),
  );
}

function nameAt(text: string, at: number): number {
  if (!BEFORE_NAME.test(text.slice(Math.max(0, at - LOOK_BACK), at))) return 0;
  const length = lengthAt([NAME], text, at);
  return ASKING.test(text.slice(at, at + length)) ? 0 : length;
}
