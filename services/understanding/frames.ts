const LIGHT = String.raw`(?:hi|hello|hey|sir|madam|please|kindly|first|just|so|ok|okay|and|but|also|then|actually|no|wait|well|now)`;
const ASKED_OF = String.raw`(?:(?:can|could|would|will|may) (?:you|someone|somebody|anyone|anybody) )?(?:please |kindly |first |just )*`;
const TELLING = String.raw`(?:tell(?: me| us)?|let (?:me|us) know|inform(?: me| us)?|explain(?: to)?(?: me| us)?|advise(?: me| us)?|clarify(?: for me)?|confirm(?: to me)?)`;
const WISHING = String.raw`(?:i|we) (?:also |just |only |really )?(?:want|need|would like|wish|wanted|would love) to (?:know|ask|understand|find out|be sure|hear)(?: about)?`;
const WONDERING = String.raw`(?:i (?:am|was) (?:just |only )?wondering|i wonder|do you (?:happen to )?know|(?:may|can|could|might) i (?:know|ask)(?: you)?|would you mind telling me|(?:my|one|a|quick|a quick|another|one more) question(?: is)?|(?:have you )?any idea)`;
const ASKING = String.raw`(?:who|whom|whose|which|what|when|where|why|how|do|does|did|is|are|am|was|were|can|could|will|would|may|might|should|must|has|have|in which|for how|for what|to whom|by when|at what)\b`;

const FRAME = new RegExp(
  String.raw`^(?:${LIGHT} )*(?:${ASKED_OF}${TELLING}|${WISHING}|${WONDERING})(?: (?:exactly|once|first|please|kindly|sir|madam))*(?: (?:if|whether)\b(?=.)| (?=${ASKING}))`,
);
/** What follows a frame is looked for no further in. */
const LONGEST_FRAME = 12;

/**
 * A question without what frames it: of “can you please tell me who sees it”, “who sees it”. The frame is the same
 * whatever is asked, the more so what lies outside.
 */
export function withoutFrame(words: readonly string[]): readonly string[] {
  const lead = words.slice(0, LONGEST_FRAME + 1).join(' ');
  const [frame] = FRAME.exec(lead) ?? [];
  if (frame === undefined) return words;
  const rest = words.slice(frame.trim().split(' ').length);
  return rest.length > 1 ? rest : words;
}
