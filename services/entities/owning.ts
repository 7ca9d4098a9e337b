const THINGS =
  'number|phone|mobile|mob|cell|landline|tel|telephone|ph|whats ?app|contact|no|e-?mail|mail|id|address|addr|pata|home|house|flat|place';
const PEOPLE = String.raw`(?:guys?|man|men|woman|women|lady|gentleman|caller|callers|strangers?|technicians?|agents?|engineers?|he|she|they|who|banks?|some ?(?:one|body)|any ?(?:one|body)|scammers?|fraudsters?|hackers?|thie(?:f|ves)|police|shop|people|person)`;
/** Words about somebody else, or about something that was seen, behind which nobody speaks of themselves. */
const OF_OTHERS = new RegExp(
  String.raw`(?<!\p{L})(?:${PEOPLE}|fake|your|ur|his|her|their|\p{L}+['’]s (?:new )?(?:${THINGS})|invoice (?:shows?|had|has|says?)|showed|shows|displayed)(?!\p{L})(?!.*(?<!\p{L})(?:my|our|mine|i'?m|i|we)(?!\p{L}))`,
  'iu',
);
/** "He knew that I live at …" */
const KNEW = new RegExp(
  String.raw`(?<!\p{L})${PEOPLE}(?: \p{L}+)? (?:knew|knows?|found|read|told|said|mentioned|asked|copied|wrote|had|got|has|published|posted)(?!\p{L})`,
  'iu',
);
/** "You people keep ringing …" */
const RUNG =
  /(?<!\b(?:can|could|would|will|may|if|please|pls|to) )\b(?:you|they|he|she|people|guys?)\b(?! (?:can|may|could|should))[^.!?]{0,30}\b(?:call|ring|phone|text|mail|e-?mail|message|dial)(?:ing|s|ed)?\W*$/i;
/** What the writer gave away, set aside, got or found. */
const MET = new RegExp(
  String.raw`(?<!\p{L})(?:(?:i|we) (?:gave|told|sent|read|shared|typed) (?:him|her|them|(?:the|this|that|a|an) ${PEOPLE})|(?:blocked|reported|traced|googled|searched)|(?:received|got) (?:an? |your |the |some |this )?(?:[\p{L}-]+ ){0,3}(?:mails?|e-?mails?|calls?|messages?|sms|texts?|letters?|bills?|invoices?|parcels?|link|otp)|(?:i|we)(?: \p{L}+)? (?:found|saw|see|noticed|spotted))(?!\p{L})(?!.*(?<!\p{L})(?:new|now|please|chang\p{L}*|should|use|update)(?!\p{L}))[^.!?,;]*$`,
  'iu',
);
/** What somebody's number does: "… called me". */
const DOES =
  /^[\s"')]*(?:(?:has|have|had|is|was|keeps?|kept|just|again|then|also) )*(?:called|calls?|calling|rang|rings?|ringing|sent|sends?|sending|wrote|writes|mailed|mails|mailing|e-?mailed|asked|asks|texted|texts|messaged|messages|knows|knew|came|contacted|phoned|phones|been (?:calling|ringing|texting|mailing|sending|used)|used by|claimed|said|says|shows?|appeared|spam\w*|harass\w*|threat\w*|pretend\w*)\b/i;

/** Whether the words around a value tell what others did with it, or know. */
export const isOfStory = (before: string, after: string): boolean =>
  DOES.test(after) || [KNEW, RUNG, MET].some((each) => each.test(before));

/** Whether the words that lead to a value are about somebody else. */
export const isOfOthers = (before: string): boolean => OF_OTHERS.test(before);

/** What was sent or told to somebody: "you mailed my report to …". */
export const isSentTo = (before: string): boolean =>
  /\b(?:sent|mailed|e-?mailed|b?cc'?d|forwarded|went|gone|goes|copied|leaked|disclosed|given|gave|shared|passed|sold|addressed|exposed|shown)\b(?!.*\b(?:should|now|new|must|chang\w*|want|need|please|pls|instead|like)\b)[^.!?]{0,60}\b(?:to|with|at)\W*$/i.test(
    before,
  ) && !/\b(?:should|must|want|need|please|pls|like)\b/i.test(before);
