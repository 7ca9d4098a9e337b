import { FIRMS } from './firmNames';
import type { NormalText } from './normalise';

/** A longer message tells a story, in which another firm is seldom the matter. */
const MOST_WORDS = 22;

const FIRM = String.raw`(?:${[...FIRMS].sort((a, b) => b.length - a.length).join('|')})s?\b`;
const BOTH = String.raw`${FIRM}(?: (?:and|or) ${FIRM})?`;
/** What makes a name part of something that a website uses. */
const TOOL = String.raw`(?! (?:analytics|ads?|adverts|adsense|adwords|pixels?|tags?|fonts?|cookies?|captcha|recaptcha|sign in|login|log in|partners?|search results?)\b)`;

/** Whoever speaks of the desk, of its people or of a third person asks about this company, whatever else is named. */
const OURS =
  /\b(?:comantra|you|your|yours|yourself|u|ur|we|us|our|ours|here|technicians?|engineers?|agents?|sessions?|remote|remotely|staff|employees?|representative|privacy manager|privacy desk|this (?:site|website|web site|chat|page|policy|company|firm|service|portal|app)|the (?:site|website|policy|newsletter)|newsletter|someone|somebody|some one|stranger|he|she|they|his|her|their|him|them|hackers?|scammers?|fake|phishing|scam|scammed|leaked|breach|report|complaint|xreference|xemail|xnumber)\b/;
/** Words that only lead to what is asked. */
const LEAD =
  /^(?:(?:hi|hello|hey|sir|madam|please|pls|kindly|ok|okay|so|and|but|also|then|just|help|quick question|one question|(?:can|could|would|will) (?:you|u|someone|somebody|anyone) (?:please |kindly )?(?:tell|help|show|explain|advise|guide|let)(?: (?:me|us))?(?: (?:know|with|on|about|to))?|do (?:you|u) know(?: if| whether)?|tell me(?: about)?|let me know|i (?:want|need|would like|wanted) to (?:know|ask|understand)(?: about| if| whether)?|i am wondering|i was wondering|(?:any )?idea|is it true(?: that)?)\b ?)+/;

const DOES = String.raw`(?:does|do|did|will|would|can|could|has|have|is|are|was|why (?:does|do|did|is)|how (?:does|do|did|is|much does|long does)|what (?:does|do)|(?:what|which|how much) (?:data|information|details|personal data|personal information) (?:does|do|is)|where (?:does|do|is)|when (?:does|do))`;
/** What a firm does on its own account; getting, seeing and knowing are what it may do with what this company holds. */
const DEED = String.raw`(?:still |really |also |actually |ever |always )?(?:sell|selling|share|sharing|collect|collecting|store|storing|keep|keeping|scan|scanning|read|reading|listen|listening|record|recording|encrypt|spy|spying|delete|deleting|protect|comply|allow|charge|charging|offer|deliver|accept|work|sync|track|tracking|use cookies|use ai|do with|have a (?:privacy policy|refund policy|return policy|helpline|customer care)|handle|process|secure|hack|breach)\b`;
const QUALITY = String.raw`(?:really |actually |still |even |always )?(?:safe|secure|unsafe|encrypted|private|free|down|legal|reliable|trustworthy|good|better|bad|worth|expensive|cheap|open|a scam|gdpr|compliant|end to end|spying|listening|selling|reading|scanning|tracking|collecting|storing|hacked)\b`;

const HOW = String.raw`(?:(?:how|where|when) (?:do|can|could|should|would|to|will) ?(?:i|one)?|(?:can|could|may|should|how) i|i (?:want|need|would like|wish|have|am trying|am unable|can not|wanted) ?(?:to)?|(?:the )?(?:steps|way|procedure|process) (?:to|for)|(?:please )?help(?: me)?(?: to| with)?|to|please)`;
const CHANGE = String.raw`(?:delete|deleting|close|closing|deactivate|remove|recover|recovering|reset|resetting|change|changing|restore|unblock|block|unlock|disable|enable|open|create|make|cancel|cancelling|log ?in ?to|login to|log into|log out of|log ?out from|logout of|sign ?in ?to|sign into|sign out of|unsubscribe from|subscribe to|return|track|hide|clear|secure|verify|get back|uninstall|install|download|find|switch off|turn off|stop)`;
const OBJECT = String.raw`(?:accounts?|passwords?|profile|page|app|subscription|membership|history|settings|privacy settings|notifications?|messages?|chats?|stories|story|photos?|videos?|pin|orders?|refunds?|wallet|storage|tracking|groups?|posts?|reels?|ads settings|two factor authentication|2fa|backups?)\b`;
const POLICY = String.raw`(?:(?:privacy |refund |return |cookie |data )?polic(?:y|ies)|terms(?: (?:of service|and conditions|of use))?|customer (?:care|service|support)(?: (?:number|no|phone|contact))?|helpline(?: number)?|support number|toll free(?: number)?|contact number|head office|refunds?|return|share price|stock price|share|stock|delivery|gift cards?|premium price|price|privacy settings|password reset|account recovery|login page|app|data breach|privacy)\b`;
const TAIL = String.raw`(?: (?:please|sir|madam|now|today|in india|number|anyone))*$`;

/** Each is a way in which another firm is the subject of what is asked or owns it; none looks further back than its words. */
const MATTERS: readonly RegExp[] = [
  String.raw`^${DOES} ${BOTH}${TOOL} (?:app |company |chats? |messages? |calls? |india )?(?:${DEED}|${QUALITY})`,
  String.raw`^(?:is|are|was) (?:my |the )?${FIRM}${TOOL} (?:app |chats? |messages? |calls? |account )?${QUALITY}`,
  String.raw`^does my (?:bank|employer|boss|landlord|school|college|university|doctor|hospital|insurer|gym|internet provider|phone company|isp) ${DEED}`,
  String.raw`^(?:${HOW} )?${CHANGE} (?:my |the |a |an |own |old |all |new )*${FIRM}${TOOL} ${OBJECT}`,
  String.raw`^(?:${HOW} )?(?:delete|deactivate|close|uninstall|log ?out of|logout of|sign out of|unsubscribe from|log into|sign into|install|download) (?:my |the )*${FIRM}${TOOL}${TAIL}`,
  String.raw`^(?:${HOW} )?${CHANGE} (?:my |the |a |an |all )*(?:account|password|profile|order|subscription|page|refund|messages|photos|videos|history|chats|notifications|story|tracking) (?:on|of|at|from|in|with|for) (?:my |the )?${FIRM}${TOOL}(?: app| account| website)?${TAIL}`,
  String.raw`^(?:${HOW} )?(?:(?:get|claim|ask for|want|request) )?(?:my |a |the )*(?:refund|money back) (?:from|of|by|on) ${FIRM}${TAIL}`,
  String.raw`^(?:what is |whats |where is |what are |give me |send me |show me |i need |i want |need |about )?(?:the |a |an |my )*${FIRM}${TOOL} ${POLICY}${TAIL}`,
  String.raw`^(?:what is |where is |what are |give me |show me |i need |need )?(?:the |a )*${POLICY} (?:of|from|for|at|by) ${FIRM}${TOOL}${TAIL}`,
  String.raw`^who (?:all )?(?:can |could |will |may )?(?:see|sees|view|views|read|reads|look at|looks at) (?:all |of )*(?:my |the )*${FIRM}${TOOL} ${OBJECT}`,
  String.raw`^(?:i )?forgot (?:my |the )*${FIRM}${TOOL} (?:password|pin|account|login|id)${TAIL}`,
  String.raw`^who (?:owns|founded|runs|is the (?:ceo|founder|owner) of) ${FIRM}${TAIL}`,
  String.raw`^(?:what is the )?(?:ceo|founder|owner|headquarters|phone number|customer care number|email address|address) (?:of|for) ${FIRM}${TAIL}`,
].map((source) => new RegExp(source));

/**
 * Whether another firm or service is the subject or the owner of what is asked, as in “does Google sell my data”; a
 * mere mention, as of a mail address or of somebody whom data may reach, is none.
 */
export function asksOfOtherFirm({ plain, words }: NormalText): boolean {
  if (words.length > MOST_WORDS) return false;
  const matter = plain.replace(LEAD, '');
  return !OURS.test(matter) && MATTERS.some((pattern) => pattern.test(matter));
}
