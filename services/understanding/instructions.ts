import type { NormalText } from './normalise';

/** Only the beginning of a message is read for instructions to a machine; it opens with them or says them early. */
const LOOKED_AT_FOR_ORDERS = 400;

/** Where an order begins: a sentence, after what leads to it. */
const START = String.raw`(?:^|[.!?;\]] ?)(?:(?:hi|hello|hey|please|pls|now|and|then|so|just|ok|okay|bot|computer|robot|assistant|dear ai|ai|chatgpt|system|user|i want you to|i would like you to|you must|you should|you will|you have to|can you|could you|would you|will you|your task is to|let us|from now on|instead),? )*`;
/** What only a machine is told by. */
const RULES = String.raw`(?:(?:system |initial |hidden |secret |original |internal |core |safety |content |own )*(?:instructions?|rules|prompts?|guidelines|directives|programming|training|restrictions|filters?|constraints|guardrails|orders))\b`;
const PROMPT = String.raw`(?:(?:system|initial|hidden|secret|developer|internal) (?:prompts?|instructions?|messages?|rules|configuration)|source code|training data|prompt|context window)\b`;
const PERSONA = String.raw`(?:(?:if you (?:were|are) )?(?:an? |my |the )?(?:\w{1,20} ){0,2}(?:pirate|lawyer|doctor|hacker|terminal|linux|shell|translator|teacher|poet|king|queen|shakespeare|girlfriend|boyfriend|grandmother|grandma|ai|a\.i\.|assistant|chatbot|chatgpt|gpt|llm|language model|dan|python|sql|interpreter|compiler|calculator|cat|dog|santa|yoda|comedian|rapper|therapist|villain|character|search engine|database|admin|root|administrator|unrestricted|uncensored|jailbroken|evil)\b)`;
const WORKS = String.raw`(?:poems?|songs?|jokes?|haikus?|limericks?|sonnets?|lyrics|riddles?|raps?|ballads?|fairy tales?|(?:bedtime|scary|funny|short) stor(?:y|ies))\b`;
const LANGUAGE = String.raw`(?:english|french|german|spanish|italian|portuguese|dutch|hindi|bengali|tamil|telugu|marathi|urdu|arabic|chinese|japanese|korean|russian|latin|turkish|polish|klingon|morse|emojis?)\b`;

const ORDERS: readonly RegExp[] = [
  String.raw`${START}(?:ignore|disregard|forget|override|bypass|overrule|discard|do not follow|stop following) (?:all |any |everything in |every |each )*(?:of )?(?:your |the |these |those |its |previous |prior |above |earlier |preceding |former |foregoing |existing )*(?:(?:previous|prior|above|earlier|preceding|your|its) )(?:\w{1,15} ){0,2}${RULES}`,
  String.raw`${START}(?:ignore|disregard|forget|override) (?:all |any )+(?:\w{1,15} ){0,2}${RULES}`,
  String.raw`${START}(?:ignore|disregard|forget) (?:everything|all|anything|what(?:ever)?) (?:that )?(?:you (?:were|have been|are|got) (?:told|taught|instructed|given|trained)|(?:was |is |i )?(?:said |written )?(?:above|before this prompt))`,
  String.raw`${START}you are (?:(?:now|from now on|no longer) )?(?:dan\b|in (?:\w{1,15} ){1,2}mode\b|(?:free from|not bound by) (?:all |any |your )*(?:rules|restrictions|limits)|unrestricted|jailbroken|going to (?:act|pretend|behave|roleplay))`,
  String.raw`${START}you are (?:now|from now on) ${PERSONA}`,
  String.raw`${START}(?:act|behave|respond|answer|reply|talk|speak|write|roleplay|role-play|sound|think) (?:only )?(?:as|like) ${PERSONA}`,
  String.raw`${START}(?:imagine|assume|suppose) (?:that )?you (?:are|were) (?:now )?${PERSONA}`,
  String.raw`${START}(?:pretend|simulate|role-?play) (?:that )?(?:you (?:are|were|have|can|do)\b|to be\b|there (?:is|are) no (?:rules|restrictions|policy)|(?:the|this|your) (?:privacy )?policy)`,
  String.raw`${START}(?:repeat|say|write|type|echo|copy) (?:after me|the words? above|everything above|the (?:text|message|prompt) (?:above|before)|all (?:of )?the above|back (?:your|the) (?:prompt|instructions))`,
  String.raw`${START}(?:print|show|reveal|display|output|dump|leak|repeat|expose|disclose|give|tell|list|write|summari[sz]e|translate|what (?:is|are|was|were))(?: out)?(?: me| us)?(?: all| of| the| your| its| full| entire| complete| exact| whole){0,5} (?:${PROMPT})`,
  String.raw`${START}(?:print|show|reveal|display|output|dump|repeat|what (?:are|were))(?: me)? your (?:own |full |exact )?(?:instructions|rules|guidelines|directives)\W*$`,
  String.raw`${START}(?:enter|enable|activate|switch to|turn on|go into|start) (?:\w{1,15} )?(?:developer|debug|god|dan|jailbreak|sudo|root|admin|maintenance|unrestricted) mode\b`,
  String.raw`^(?:developer|debug|god|dan|jailbreak|sudo|root) mode\b`,
  String.raw`${START}(?:do anything now\b|jailbreak (?:yourself|prompt)|sudo \w)`,
  String.raw`^(?:(?:please|now|just|and|ok) )*say (?:that you |exactly |")`,
  String.raw`^\W{0,3}(?:system|assistant|developer|instruction|inst|im_start)\W{0,2}[:>|\]]`,
  String.raw`(?:<\|im_start\|>|<\|endoftext\|>|\[/?inst\]|<<sys>>|### ?(?:instruction|system|response))`,
  String.raw`${START}from now on,? (?:you (?:are|act|pretend)\b|(?:only |always |just )?(?:answer|reply|respond|speak|talk|write)(?: only| always| just)? (?:in|as|like) (?:rhymes?|verse|a |an |the style|pirate|json|code|capitals|riddles))`,
  String.raw`${START}(?:write|compose|generate|make up|create)(?: me| us)? (?:an? |some |the |another |one |my )?(?:(?!privacy |data )[\w-]{1,20} ){0,3}(?:${WORKS}|(?:code|scripts?|functions?|programs?|essays?|novels?)\b)(?! (?:number|was|is|i)\b)`,
  String.raw`${START}(?:tell|sing|recite)(?: me| us| my \w{1,15})? (?:an? |some |another |one |your )?(?:[\w-]{1,20} ){0,2}(?:${WORKS})(?! (?:number|was|is|i)\b)`,
  String.raw`${START}translate .{1,80} (?:in)?to ${LANGUAGE}`,
].map((source) => new RegExp(source));

const YOU_ARE = /\b(?:you're|youre|ur|u r|u are)(?= (?:now|no longer|in|going|free|not|from)\b)/g;

/**
 * Whether a message bids a machine leave its rules, play a part or write something, rather than asks the desk for
 * anything; a customer who takes back an own message does not.
 */
export function instructsMachine({ raw }: NormalText): boolean {
  const text = raw.slice(0, LOOKED_AT_FOR_ORDERS).replace(YOU_ARE, 'you are');
  return ORDERS.some((order) => order.test(text));
}
