import { fieldMentions } from './fieldNames';
import { fullNameAt, type ToldName } from './nameChanges';

const WISH = String.raw`(?:updat\w*|updt\w*|chang\w*|chng\w*|correct\w*|new|amend\w*|edit|replace|modify|rectify|note|record)`;
const RECORD = String.raw`(?:details?|particulars|following|below|follows|under|info\w*|records?|to|as|profile|data|changes|file)`;
const IN_A_LINE = String.raw`[^\n.!?:;]`;
const HEAD = new RegExp(
  [
    // "Please update my records as under", "kindly update:"
    String.raw`\b${WISH}\b(?:${IN_A_LINE}{0,80}\b${RECORD}\b${IN_A_LINE}{0,30}|${IN_A_LINE}{0,12}(?=:))`,
    // "make the below changes"
    String.raw`\b(?:following|below|these|under|undermentioned)\b${IN_A_LINE}{0,20}\b(?:changes?|details?|updates?|corrections?)\b${IN_A_LINE}{0,30}`,
  ]
    .map((words) => String.raw`${words}(?:[:;.\n-]|$)`)
    .join('|'),
  'giu',
);

/**
 * Where the words stand that say that what follows is to be the record: "please update my details:"; Infinity where there
 * are none. Words that name a field, as in "my phone number as below", are about that field alone.
 */
export function formStart(hidden: string): number {
  for (const { 0: words, index } of hidden.matchAll(HEAD))
    if (fieldMentions(words).length === 0) return index;
  return Infinity;
}

const NAME_LABEL =
  /(?:^|\n|[;,:.•*-] ?|\d\) ?)(?:my )?(?:(?:full|complete|customer) )?name ?[:=-] ?/giu;
const LABEL = String.raw` (?!delhi|york|town|details|particulars|info|data)[\p{L} ./-]{1,24}[:=-]`;
const NEW_LABEL = new RegExp(String.raw`(?<![\p{L}])new${LABEL}`, 'iu');
const OLD_LABEL = new RegExp(
  String.raw`(?<![\p{L}])(?:old|current|previous|existing)${LABEL}`,
  'iu',
);

/** Whether a form tells what is new and what was old, so that the rest of it tells who is writing. */
export const tellsOldAndNew = (hidden: string): boolean =>
  NEW_LABEL.test(hidden) && OLD_LABEL.test(hidden);

/** A name in a form that is filled in with what the record is to be. */
export function labelledName(hidden: string): ToldName | undefined {
  const start = formStart(hidden);
  if (start === Infinity || NEW_LABEL.test(hidden)) return undefined;
  for (const { 0: label, index } of hidden.matchAll(NAME_LABEL)) {
    const value = index > start ? fullNameAt(hidden, index + label.length) : undefined;
    if (value !== undefined) return { value, at: index };
  }
  return undefined;
}
