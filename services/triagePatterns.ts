/** Every repetition in these patterns is bounded, so that reading stays linear in the length of the text. */
const pattern = (...alternatives: readonly string[]): RegExp =>
  new RegExp(`\\b(?:${alternatives.join('|')})`);

const FILLER = String.raw`(?:(?!not\b|no\b)[\w']{1,20} ){0,2}`;
const SAME_SENTENCE = String.raw`[^.!?]{0,60}`;
const SOMEBODY = String.raw`(?:some ?(?:one|body)|stranger|h?e|she|they|him|them|man|gentleman|guy|woman|lady|person|people|hackers?|scammers?|thie(?:f|ves)|callers?|(?:my )?(?:ex|husband|wife|partner|boyfriend|girlfriend|neighbou?r|flatmate|room-?mate|brother|sister|cousin|uncle|boss|colleague|friend)(?:[- ](?:husband|wife|partner|boyfriend|girlfriend))?|technician|engineer|agent|employee|fellow|who|attackers?|fraudsters?)\b`;
const IS = String.raw`(?:is|are|'s|'re|being|keeps?|still|started|starts)`;
const MINE = String.raw`(?:my|our|the|her|his|mum's|mother's|father's|wife's|husband's) `;
const DEVICE = String.raw`(?:computer|pc|laptop|screen|desktop|machine|mac|macbook|system|device|(?:phone|mobile)(?! (?:numbers?|no|bills?|calls?)\b)|tablet|webcam|camera|files)\b`;
const PRIVATE = String.raw`(?:files?|photos?|pictures?|e-?mails?|mails?|documents?|folders?|disk|drive|payslip|album|messages|data|screen)\b`;
const REMOTE_TOOL = String.raw`(?:any ?desk|team ?viewer|ultra ?viewer|quick ?support|log ?me ?in|remote (?:session|connection|access|control|desktop|tool))`;
const FUNDS = String.raw`(?:money|funds?|cash|savings|balance|rupees|dollars|pounds|rs|payments?|amounts?|transactions?|lakhs?)\b`;
const PURSE = String.raw`(?:money|funds|bank|savings|balance|card(?! (?:numbers?|details|data))|rupees|dollars|wallet|upi|paypal)\b`;
const LEAVING = String.raw`(?:taken|taking|going|leaving|disappearing|vanishing|moved|moving|stolen|stealing|deducted|deducting|debited|debiting|transferred|transferring|withdrawn|withdrawing|drained|draining|sent|paid|charged|charging)\b`;
const TAKING = String.raw`(?:taking|stealing|deducting|debiting|transferring|withdrawing|draining|emptying|charging|spending|sending|moving|making|buying|paying|using)`;
const DEMANDS = String.raw`(?:wants?|asks?|asking|tells?|telling|says?|saying|demands?|demanding|insists?|forcing|forces)\b`;

/** The writer says that it is now. */
export const RIGHT_NOW = pattern(
  String.raw`(?:right|just|even|happening|going on) now\b`,
  String.raw`at (?:this|the) (?:very )?(?:minute|moment|second|instant)\b`,
  String.raw`this (?:very )?(?:minute|moment|second|instant)\b`,
  String.raw`as (?:we|i) (?:speak|type|write|talk)\b`,
  String.raw`currently\b`,
  String.raw`on the (?:phone|line|call) (?:with|to|now)\b`,
);
/** The bare word, which also stands in talk about the past. */
export const NOW = /\bnow\b/;
/** The writer says that it is over. */
export const IN_THE_PAST =
  /\b(?:yesterday|(?:last|previous) (?:night|evening|week|weekend|month|year|\w{3,6}day|time)|(?:days?|weeks?|months?|years?) (?:ago|back|before)|ago|some time back)\b/;

/** Somebody else on the computer, in words that only fit what goes on now. */
export const COMPUTER_BEING_USED = pattern(
  String.raw`${SOMEBODY}${SAME_SENTENCE}${IS} ${FILLER}(?:on|in|inside|into|controlling|operating|using|accessing|watching|viewing|connected|locking|browsing|looking|going through|copying|deleting|encrypting|opening|moving) ${FILLER}${MINE}${FILLER}${DEVICE}`,
  String.raw`${SOMEBODY} (?:controlling|operating|using|watching|typing on|working on) ${MINE}${FILLER}${DEVICE}`,
  String.raw`(?:mouse|cursor|pointer)\b (?:[\w']{1,20} ){0,3}(?:is|keeps?|started|starts) ${FILLER}(?:moving|clicking|going)`,
  String.raw`(?:mouse|cursor|pointer)\b (?:[\w']{1,20} ){0,2}(?:moves|clicks)\b`,
  String.raw`(?:moving|controlling|using) ${MINE}(?:mouse|cursor|pointer|keyboard)`,
  String.raw`${MINE}${FILLER}${DEVICE} (?:is|are) ${FILLER}(?:being )?(?:controlled|accessed|watched|used|operated|locked by)`,
  String.raw`(?:has|have|'ve|'s) (?!(?:a|an|your)\b)${FILLER}(?:control|access|taken over|locked) ${FILLER}(?:of|to|over )?\s?${MINE}${FILLER}${DEVICE}`,
  String.raw`${IS} ${FILLER}(?:connected|logged in|in) (?:remotely|through ${REMOTE_TOOL}|via ${REMOTE_TOOL}|by ${REMOTE_TOOL}|with ${REMOTE_TOOL}|on ${REMOTE_TOOL})`,
  String.raw`(?:is|are|'s|'re) still (?:connected|on it|there|inside|in there)\b`,
  String.raw`still (?:[\w']{1,20} ){0,4}as connected`,
  String.raw`${REMOTE_TOOL} (?:is|are) ${FILLER}(?:open|running|on|active|connected|going)`,
  String.raw`${DEMANDS}${SAME_SENTENCE}\b(?:install|download|open|start|run) ${FILLER}${REMOTE_TOOL}`,
);
/** Somebody else on the computer, whenever it was. */
export const COMPUTER_ENTERED = pattern(
  String.raw`(?:on|in|inside|into|onto|to|of|control(?:s|led)?|hacked|locked|using|used|accessed|over) ${MINE}${FILLER}${DEVICE}`,
  REMOTE_TOOL,
);
/** Money going away, or being pressed out of the writer, in words that only fit what goes on now. */
export const MONEY_BEING_TAKEN = pattern(
  String.raw`${FUNDS}${SAME_SENTENCE}${IS} ${FILLER}${LEAVING}`,
  String.raw`${IS} ${FILLER}${TAKING} ${SAME_SENTENCE}\b${PURSE}`,
  String.raw`(?:account|bank|card|wallet|upi) (?:is|are) ${FILLER}being (?:emptied|drained|charged|debited|used|cleaned|raided)`,
  String.raw`being (?:scammed|robbed)`,
  String.raw`${DEMANDS}${SAME_SENTENCE}\b(?:gift ?cards?|vouchers?)`,
);
/** Money taken or asked for, whenever it was. */
export const MONEY_TAKEN = pattern(
  String.raw`${FUNDS}${SAME_SENTENCE}\b(?:took|gone|went|left|${LEAVING})`,
  String.raw`(?:charges?|transactions?|payments?|debits?)\b${SAME_SENTENCE}\b(?:not make|n't make|never made|not recogni[sz]e|n't recogni[sz]e|unknown|not mine)`,
  String.raw`(?:card|bank account|wallet|account) (?:was|is|got|has been) ${FILLER}(?:used|cloned|empty|emptied|charged|debited|drained|gone)`,
  String.raw`(?:took|taken|stole|stolen|deducted|debited|transferred|withdrew|withdrawn|drained|emptied|charged|paid|using|used)\b${SAME_SENTENCE}\b${PURSE}`,
  String.raw`(?:took|taken|deducted|debited|withdrew|withdrawn|stole|stolen) (?:[\w']{1,20} ){0,2}[\d,.]{3,9}`,
  String.raw`gift ?cards?`,
  String.raw`${DEMANDS}${SAME_SENTENCE}\b(?:otp|cvv|pin|one[- ]time (?:code|password)|pay\b|send (?:him |her |them )?money|transfer\b)`,
);

const SECRET = String.raw`(?:password|otp|pin|cvv|card|code|bank|details|aadhaar|credentials|login)`;
/** Somebody who is not the company speaks in its name. */
export const PHISHING = pattern(
  String.raw`phish\w*`,
  String.raw`(?:fake|scam|fraud)\w*`,
  String.raw`spoof\w*`,
  String.raw`pretend\w*`,
  String.raw`claim\w* (?:to be|to work|he|she|they)`,
  String.raw`posing`,
  String.raw`impersonat\w+ (?:you|comantra|your)`,
  String.raw`(?:suspicious|strange|odd|weird|dodgy|fishy) (?:e-?mail|mail|call|link|message|sms|text|letter|website|site)`,
  String.raw`(?:said|saying|says) (?:that )?(?:he|she|they|it) (?:was|were|is|are) (?:calling )?from`,
  String.raw`(?:asked|asking|asks|wanted|wants|demand\w*)\b${SAME_SENTENCE}\b(?:my|our|your|the|for) ${FILLER}${SECRET}\b`,
);
/** Data reached somebody whom it should not reach. */
export const DATA_OUT = pattern(
  String.raw`(?:leak|breach)\w*`,
  String.raw`expos(?:ed|ing|ure)`,
  String.raw`dark ?web`,
  String.raw`(?:(?:some|any)(?:one|body) else|(?:an)?other (?:customer|client|person|people|user|patient|famil)\w*|strangers?)'?s? (?:'s )?(?:details|data|invoice|bill|e-?mail|address|order|information|file|record|phone|statement|photo|ticket|account|name)\w*`,
  String.raw`(?:to|with|by|at) (?:the |a )?(?:wrong (?:person|people|address|customer|recipient)|(?:an)?other (?:customer|client|person)|some(?:one|body) else)\b`,
  String.raw`(?:sent|mailed|e-?mailed|posted|forwarded|posting) (?:my|our) ${SAME_SENTENCE}\bto (?!(?:me|us|my own)\b)`,
  String.raw`posting (?:my|our)\b`,
  String.raw`instead of bcc\b`,
  String.raw`wrong (?:person|people|customer|recipient)`,
  String.raw`(?:published|posted|visible|for sale|being sold|found|circulating|dumped)\b${SAME_SENTENCE}\b(?:online|internet|web|google|forum|telegram|facebook|public\w*|everyone|anyone)\b`,
  String.raw`(?:sold|selling|gave|given|giving|passed|handed|shared|sharing) (?:out )?(?:my|our|all my) ${FILLER}(?:data|details|information|e-?mail|number|address|photos?|records?)`,
  String.raw`(?:data|database|records|files|details|information|photos?)\b (?:[\w']{1,20} ){0,3}(?:stolen|hacked|lost|copied|downloaded|taken)`,
  String.raw`(?:stole|stolen|copied|downloaded|took) (?:my|our|all) ${FILLER}(?:data|database|records|files|details|information|photos?|documents?)`,
);
/** Displeasure with what the company does. */
export const COMPLAINT = pattern(
  String.raw`complain\w*`,
  String.raw`(?:un|not )(?:acceptable|happy|satisfied)`,
  String.raw`(?:rude|dissatisf\w+|disgust\w*|appall\w*|outrage\w*|grievance)\b`,
  String.raw`without (?:my |our |any |asking )?(?:prior )?(?:consent|permission|asking|agreement|approval|telling)`,
  String.raw`(?:never|not|n't) (?:\w{1,10} )?(?:agreed|consented|consent|answered|replied|responded|agree)\b`,
  String.raw`(?:no|without) (?:answer|reply|response)\b`,
  String.raw`(?:still|keeps?|again) (?:on )?(?:get|getting|receive|receiving|calling|mailing|e-?mailing|sending|texting|phoning|ringing)`,
  String.raw`(?:unsolicited|harass\w*|ignor(?:ed|es|ing))\b`,
  String.raw`(?:asked you|told you) (?:to stop|not to)`,
  String.raw`stop (?:sharing|selling)`,
);
/** Mailings and calls: displeasure with them, unless the writer only wants to get no more of them. */
export const MAILINGS = pattern(
  String.raw`(?:spam|marketing|advert|promotion)\w*`,
  String.raw`newsletters?\b`,
  String.raw`stop (?:calling|mailing|e-?mailing|sending|texting)`,
);
const ACCOUNT = String.raw`(?:my|our|her|his|their|mum's|mother's|father's|wife's|husband's) (?:(?!bank\b|savings\b|current\b)[\w']{1,20} ){0,2}(?:accounts?|logins?|passwords?|user ?names?|profiles?|orders?|log-?in|sign-?in)\b`;
const DONE_TO_IT = String.raw`(?:take|takes|takeover|bought|buys|sends|hack\w*|used|accessed|compromised|taken over|changed|misused|opened|broken|logged|log in|signed|entered|reset|altered|edited|deleted|stolen|hijacked|blocked|locked|got into|gotten into|getting into|breached|using|accessing|changing|uses|knows|has|have|had|got|tampered|placed|seized|invaded)\b`;
const DETAIL = String.raw`(?:(?:e-?mail|phone|telephone|mobile|postal|home) (?:address|id|number)|e-?mails?|mail|address(?:es)?|numbers?|phone|mobile|details|name|data|record|password)\b`;
const ALTERED = String.raw`(?:changed|altered|edited|replaced|swapped|updated|modified)`;
/** Somebody else used an account of the writer, or their name. */
export const MISUSE = pattern(
  String.raw`${DONE_TO_IT} (?:[\w']{1,20} ){0,4}${ACCOUNT}`,
  String.raw`${ACCOUNT} (?:(?!not\b)[\w']{1,20} ){0,5}${DONE_TO_IT}`,
  String.raw`(?:log\w*|sign\w*) in(?:to)? (?:[\w']{1,20} ){0,3}(?:as me\b|${ACCOUNT}|from)`,
  String.raw`(?:as|like) (?:if (?:he|she|they) (?:was|were) )?me\b`,
  String.raw`(?:in|under|using|uses|used) my (?:own )?(?:name|identity)`,
  String.raw`impersonat\w+ (?:me|my)\b`,
  String.raw`(?:orders?|purchases?|bookings?|tickets?|changes?|log-?ins?|sign-?ins?|sessions?|requests?|payments?|subscriptions?)\b (?:[\w']{1,20} ){0,4}(?:i|we) (?:did not|didn't|never|do not|don't|have not|haven't)\b`,
  String.raw`(?:locked|logged|shut) out of`,
  String.raw`(?:in|into) my account (?:is|there)`,
  String.raw`(?:log-?in|sign-?in)s? from\b`,
  String.raw`(?:not|n't|dont) recogni[sz]e\b`,
  String.raw`${SOMEBODY}${SAME_SENTENCE}\b(?:signed|logged) in\b`,
  String.raw`(?:unknown|suspicious) (?:log-?in|sign-?in|device|session)`,
  String.raw`(?:${SOMEBODY}|who) (?:[\w']{1,20} ){0,3}${ALTERED} ${MINE}${FILLER}${DETAIL}`,
  String.raw`${MINE}${FILLER}${DETAIL} (?:was|were|is|has been|have been|got|been) ${FILLER}${ALTERED}${SAME_SENTENCE}(?:not me|n't me|n't do|not do|n't ask|not ask|some ?(?:one|body)|without)`,
  String.raw`(?:never|did not|didn't|didnt) (?:ask\w* (?:to|for) )?(?:change|changed|changing|a change of|alter) ${MINE}${FILLER}${DETAIL}`,
);
/** An account is named, whatever happened to it. */
export const ABOUT_AN_ACCOUNT = pattern(ACCOUNT);
/** Somebody got in, or got hold of what opens the door. */
export const SOMEBODY_GOT_IN = pattern(
  String.raw`(?:hack|hijack|intru|infiltrat|blackmail|extort|ransom|stalk|threat)\w*`,
  String.raw`(?:stole|stolen|steal\w*|theft|compromised|unauthori[sz]ed|strangers?)\b`,
  String.raw`(?:break|breaks|broke|broken|got|gotten|getting|get)(?: |-)in(?:to)?\b`,
  String.raw`(?:took|taken) (?:over|control)`,
  String.raw`(?:my|our|the) (?:children|child|kid|kids|son|daughter|passport|aadhaar)\b`,
  String.raw`(?:gave|given|told|shared|sent|typed|entered|read out|provided|disclosed|put in|filled in)\b${SAME_SENTENCE}\b${SECRET}\b`,
  String.raw`clicked\b`,
  String.raw`(?:virus|bitcoins?|locked (?:my|our)|encrypted|malware|trojan|spyware)\b`,
  String.raw`(?:spy|spied|keylog|clon|scammed|cheat|thie|misus|fraud|snoop)\w*`,
  String.raw`without (?:my )?authority`,
  String.raw`(?:access|control) (?:to|of|over) ${MINE}`,
  String.raw`(?:fell for|fallen for|let (?:him|her|them|a|an|some\w*) ${FILLER}(?:on|onto|into|in))\b`,
  String.raw`${SOMEBODY}${SAME_SENTENCE}\b(?:was|were|been|came|went) ${FILLER}(?:on|in|inside|into) ${MINE}${FILLER}${DEVICE}`,
  String.raw`logged (?:in|on)(?:to)? (?:to )?${MINE}${FILLER}${DEVICE}`,
  String.raw`(?:look|went|go|going|read|copi|copy|open|download|photograph|delet|wip|remov|access|taken|took|steal)\w* (?:[\w']{1,20} ){0,2}${MINE}${FILLER}${PRIVATE}`,
  String.raw`${MINE}${FILLER}${PRIVATE} (?:[\w']{1,20} ){0,2}(?:opened|gone|missing|deleted|copied|accessed|read|disclosed|viewed)\b`,
);

/** The writer asks to have their record or account held still. */
export const HOLD_STILL = pattern(
  String.raw`(?:freeze|lock|block|suspend) ${FILLER}(?:my |the )?(?:customer )?(?:account|record|profile|details|data)\b`,
  String.raw`hold (?:my|the|our) (?:customer )?(?:account|record|profile|details|data) still\b`,
);

/** The writer cannot wait; what somebody did “immediately” says nothing of it. */
export const HASTE = pattern(
  String.raw`urgent(?:ly)?\b`,
  String.raw`asap\b`,
  String.raw`as soon as possible\b`,
  String.raw`emergency\b`,
  String.raw`(?:right away|without delay)\b`,
  String.raw`(?:jaldi|turant)\b`,
  String.raw`(?:act|answer|reply|respond|look|help|investigate|stop|do something|fix|call|want|need)\b${SAME_SENTENCE}\bimmediately\b`,
);
