import type { ChoiceField } from '../../models/customerContent';
import { RELATION } from './cues';

/** Offers by one channel or another. */
export type Channel = Exclude<ChoiceField, 'newsletter'>;

export const CHANNELS: readonly Channel[] = ['marketingEmail', 'marketingPhone', 'marketingPost'];

export const NEWSLETTER =
  /\b(?:news ?-?letters?|newslatter|newsleter|newletter|mailing ?lists?|e-?mail lists?|bulletins?|circulars?|e-?mail news|news (?:e-?)?mails?|letters? news|monthly (?:e-?)?mails?|weekly (?:e-?)?mails?|mailings|distribution list|(?:get|send) (?:\w+ )?(?:your|ur) news|tips and tricks)\b/i;

export const MARKETING =
  /\b(?:offers?|promot\w*|promos?|marketing|markting|marketting|advert\w*|ads|advts?|sales|deals?|specials?|tele-?market\w*|commercial|discounts?|spam|junk|upgrades|campaigns?|preferences?|prefs|cold|sell(?:ing)? (?:me|us)|new products)\b/i;

/** How offers come. */
export const BY: Readonly<Record<Channel, RegExp>> = {
  marketingPhone:
    /\b(?:phones?(?! ?(?:no|nos|num|number)\b)|phoned|phoning|calls?|calling|called|callers?|rings?|ringing|telephon\w*|sms(?:es)?|texts?|texting|txts?|whats ?app|tele-?market\w*|robo-?calls?)\b/i,
  marketingPost:
    /\b(?:post|posts|posting|posted|postal|catalog\w*|brochures?|flyers?|fliers?|leaflets?|pamphlets?|letters|mail ?shots?|junk mail|paper|printed|letter ?box|snail mail)\b/i,
  marketingEmail: /\b(?:e-?mails?|e-?mailing|(?<!junk )mails?|mailing|inbox)\b/i,
};

/** Channels that are offers even where nothing says so: nobody else calls or sends catalogues unasked. */
export const UNASKED: Readonly<Partial<Record<Channel, RegExp>>> = {
  marketingPhone:
    /\b(?:(?:(?:switch|turn) off|your|ur|stop|quit|cease|avoid|too many|no more|no|any more|enough|hate|tired of|sick of|fed up|do not|don't|dont|never|not|without|nor|or|and|end|block|annoying|unwanted|keep) (?:please |sending |disturbing |bothering |harassing |send |getting |get |receiving |to be |being |be |with |of |the |all |all the |your |ur |these |those |this |any |more |further |phone |me |us |people )*(?:calls?(?! (?:back|centre|center))|calling|called|phone (?:me|us)|phoned|phoning|ring|ringing|sms|sms(?:es)?|texts?|texting|txts?|whats ?app\w*)(?: (?:me|us|messages?|my))?(?! (?:back|only|after|before|number|no\b|bill|again on)))\b|\bcold.?call\w*|\brobo-?calls?|\b(?:call(?:ing)?|sms|text|texting|whats ?app|phone) (?:list|group)s?\b|\bspam\w* (?:calls?|texts?|sms|(?:on )?my (?:phone|mobile|number|cell))\b|\bdo not (?:call|disturb)\b|\bdnd\b|\bcalls (?:no|off)\b|\bsms (?:no|off)\b/i,
  marketingPost:
    /\b(?:catalog\w*|brochures?|flyers?|fliers?|leaflets?|pamphlets?|mail ?shots?|junk mail)\b/i,
};

/** Mails of any kind: both the newsletter and offers. */
export const ANY_MAILS =
  /\b(?:(?:stop|quit|cease|no more|too many|enough|do not|don't|dont|never) (?:please |want |wanna |want to receive |want to get |sending |send |me |us |to |with |of |all |your |ur |these |those |any |more |all the |the )*(?:(?:e-?)?mails?|(?:e-?)?mailing|(?:spamming|spam)(?! (?:on |calls?|texts?|sms|my (?:phone|mobile|number|cell))))|no (?:e-?)?mails(?! (?:from|received|since|yet|came|arriv))|unsubscribe (?:me |us )?from (?:all|any|every) (?:your |the |of your )?(?:e-?mails?|mails?))\b(?! (?:id|address))/i;

/** A wish to leave that names no list. */
export const LEAVES =
  /\b(?:un-?sub(?:s?c?r?i?b?e?)?(?:ing)?|unsuscribe|unsubcribe|unsubscibe|(?:be|get|me) unsubscribed|opt[- ]?(?:me |us )?out(?! (?:if|of (?:having|new|the (?:use|sharing)|data|my)))|(?:take|get|remove|strike|drop|delete) (?:me|us|my \S+(?: id| address)?) (?:off|from|out of)\b|remove me|drop me|sign me off|off (?:your|ur|the|this|that) list)\b/i;

export const EVERYTHING =
  /\b(?:everything|anything|nothing|all (?:your |of your |the )?(?:lists|communications?|messages))\b/i;

export const OFF =
  /\b(?:dnd|band|mat|nahi|nahin|hata\w*|stop|stopped|stopping|no|not|none|don't|dont|do not|never|cease|desist|quit|enough|opt[- ]?(?:me |us )?out|opting out|off|remov\w*|delet\w*|rid|drop me|strike|un-?sub\w*|unsuscribe|cancel|end|discontinue|disable|deactivate|tired of|sick of|fed up|bored|too many|block|without|refuse|withdraw|untick|rather than|no longer|unwanted|leave (?:the|your|ur|this)|out of|get me off|nor|hate|reject|avoid)\b/i;

export const ON =
  /\b(?:sign (?:me|us) (?:back )?up|(?<!un-?)subscribe|resubscribe|re-subscribe|opt(?:ing)?[- ](?:me |us )?(?:back )?in|(?:switch|turn|set|put) (?:\S+ ){0,6}on|yes|start|resume|restart|add (?:me|us|my)|put me|(?:like|love|want|wish|prefer|happy|ready|keen|wanna) (?:to )?(?:get|have|receive|hear|join|be|read)|want (?:the|your|ur|offers|promo\w*|news\w*|catalog\w*)|agree to|send me|join|you (?:can|may)|u can|allow|count me in|chahiye|chalu|shuru|bhejo|bhejna|bhejte|back on|include me|register me|interested in|(?:i'd|i would|would) (?:like|love) (?:the |your |some |more )?(?:e-?mails?|offers?|news\w*|promo\w*|calls?|sms|texts?|catalog\w*)|enable|activate|how (?:do|can|to) (?:i |we )?(?:get|join|receive))\b|\bon\W*(?:(?:please|pls|now|again|thanks)\W*)?$|\badd \uE000+ to /i;

/** What is to stay as it is. */
export const KEEPS =
  /\b(?:(?<!\b(?:you|u|guys|they|people|team|still|always) )keep|continue|carry on|still (?:want|like|get|send|e-?mail|call)|(?:don't|dont|do not|not|never) (?:stop|remove|cancel|unsubscribe|end|take)|(?:is|are|r|stays?|remains?) (?:ok|okay|fine|alright|all right|welcome|good|as)|(?:service|order|transactional|account) (?:e-?mails?|mails?|messages?|calls?))\b/i;

/** Not a wish, but something that fails: "I don't get the newsletter any more". */
export const FAILS =
  /\b(?:don't|dont|do not|(?<!rather )not|never|no longer|didn't|haven't|hasn't|doesn't|stopped)(?: been)? (?:get|getting|got|receive|receiving|received|come|coming|comes|arrives?|arriving|arrived|reach|reached|reaching)\b/i;

/** "I never signed up": a complaint, of which no wish is told. */
export const NEVER_JOINED =
  /\b(?:never|not|n't|don't remember|without)(?: ever)? (?:sign(?:ed|ing)?|subscrib\w*|ask\w*|agree\w*|join\w*|opt\w*|gave|register\w*|consent\w*)\b/i;

/** "My wife gets the newsletter": what others get, or want, is theirs. */
export const OF_OTHERS = new RegExp(
  String.raw`^\W*(?:my|our|his|her) (?:${RELATION}) (?!.*\b(?:me|i|us|we)\b).*\b(?:gets?|wants?|receives?|has|likes?|reads?|would|is on)\b`,
  'i',
);

/** What is asked of a list, or supposed, and wished by nobody. */
export const ONLY_ASKED =
  /^\W*(?:(?:and|so|but|hi|hello|please tell me|tell me|i want to know|just wondering)\W+)*(?:(?:do|does|did)(?! (?:not|you mind|me)\b)|is(?! (?:it possible|there (?:a|any) way))|are|am|was|were|has|have i|have you|will(?! you (?:please|stop|take))|what(?:'s| (?:is|are|do|does|happens?|will|would|kind|sort|if))|when(?! i\b)|who|whose|which|how (?:often|many|much|long)|if (?:i|we|you|one)|can (?:i|we|one)\b(?=.*\b(?:later|any ?time|whenever|afterwards|again)\b)|could (?:i|we)\b(?=.*\blater\b))\b(?!.*\b(?:please|pls|unsubscribe me|take me off|remove me|stop it|sign me up)\b)/i;

/** Calls that are wanted, or that say how to call. */
export const OTHER_CALLS =
  /\b(?:call(?:ed|ing|s)? (?:me |us )?(?:back|centre|center|after|before|only|between|later|tomorrow|log|history)|(?:never|nobody|no one|didn't|not) (?:called|rang|answered)|you (?:don't|dont|do not|never) (?:call|answer|ring)|why (?:don't|do)|return(?:ed)? my calls?|contact me in writing|language of|surveys?|research)\b/i;

export const ONLY = /\bonly\b|\bjust\b/i;
/** Answers that are about no list unless one was named. */
export const BARE_STOP =
  /^\W*(?:(?:please|pls|just|so|now)\W+)*(?:stop|enough|no more)(?:\W+(?:please|pls|now))*\W*$/i;

/** Speaks of channels rather than of a list. */
export const OPTS = /\bopt(?:ing|ed)?[- ]?(?:in|out)\b/i;

/** A wish to be left alone altogether. */
export const NOTHING_AT_ALL =
  /\b(?:stop|no|don't|dont|do not|never)\b[^.!?]{0,30}\b(?:(?:send|sending|receive|get|mail|contact)(?:ing)? (?:me |us )?(?:anything|everything)(?! to \uE000)|any (?:more |further )?(?:communications?|messages|contact)|all communications?)\b/i;

/** "Subscribe me" is to the newsletter. */
export const JOINS = /\b(?:re-?subscribe|(?<!un-?)subscribe|sign (?:me|us) (?:back )?up)\b/i;

/** Nothing but what has to be sent. */
export const ONLY_ORDERS =
  /\b(?:only|just)\b[^.!?]{0,25}\b(?:e-?mails?|mails?|messages?|hear|write|contact)\b[^.!?]{0,15}\b(?:about|regarding|for) (?:my |the )?(?:orders?|services?|account|purchases?)\b/i;
