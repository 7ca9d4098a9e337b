import type { RecordField } from '../../models/customerContent';
import { kindsIn } from './addressKinds';
import { HIDDEN_SIGN, sentencesOf } from './changeText';
import type { Choices } from './choiceChanges';
import { OTHERS_DID, RELATION } from './cues';
import { fieldMentions, namesOnly } from './fieldNames';

/** A field that is to be changed, and where it is named. */
export interface Named {
  readonly field: RecordField;
  readonly at: number;
}

const WISHES =
  /\b(?:chang\w*|chng\w*|chnag\w*|chnge\w*|cange|updat\w*|updte|upd8|edit\w*|modif\w*|amend\w*|correct\w*|fix\w*|rectif\w*|replac\w*|alter\w*|switch\w*|swap\w*|set|new|renew\w*|wrong\w*|incorrect\w*|inaccurate|mistake|error|typo|mis-?spel\w*|spel\w*|differ\w*|outdated|out of date|old|obsolete|expire\w*|moved?|moving|shifted|lost|dead|gone|closed|disconnected|add|remove|delete|taken off|save|another|second|no longer|any ?more|married|revis\w*|renam\w*|put right|better|gave you|have for me|use my|put my|rather have|should be|must be|shud be|is now|years ago|months ago|note|missing|instead of|in place of|not(?= (?:an? )?["'\d]))(?![\p{L}])/iu;
const WRONG_PLACE =
  /\b(bills?|billing|invoices?|letters?|mail|post|parcels?|deliver\w*|orders?|packages?|shipping)\b[^.!?;\n]{0,40}\b(?:wrong (?:place|house|address)|old (?:flat|house|home|place|address|office)|instead|office not|to my office|never (?:arrive|come))/i;

const STAYS = /\b(?:can|should|may|must|shall|will|to) still (?:go|come|be)\b/i;
const NEAR = 40;
/** What is named beside a value is that value's, which has been weighed already. */
const VALUE_BEHIND = new RegExp(
  String.raw`^(?:[\p{L}-]+\s?){1,3}(?:\s|is|:|=|-|at|id|address|no|number|registered|was|\.)*${HIDDEN_SIGN}`,
  'iu',
);
const VALUE_BEFORE = new RegExp(
  String.raw`${HIDDEN_SIGN}\s?(?:is|was|as|has been)\s[^.!?\n,;]{0,16}$`,
  'u',
);
/** What is to go has a value that is none of a change. */
const REMOVED = /\b(?:remove|delete|erase|take off)\s(?:my |our |the |this |old |registered )*$/i;
const TAKEN_OUT = new RegExp(
  String.raw`^[^.!?\n]{0,12}${HIDDEN_SIGN}+ (?:out of|off|from) (?:my|your|ur|the) (?:records?|file|account|system|database)`,
  'iu',
);
const NEWSLETTER_TO = /\bnews ?-?letters?\b(?:(?!\band\b)[^,]){0,40}$/i;
const ANOTHER = /\b(?:wrong|old|different|other|another|new|incorrect|dead)\s$/i;

/** Fields that are to be changed, of which nothing more is told. */
export function namedFields(hidden: string, { parts }: Choices): Named[] {
  const outside = ({ start, end }: { start: number; end: number }): boolean =>
    !parts.some((part) => part.start <= start && start < part.end) &&
    (REMOVED.test(hidden.slice(Math.max(0, start - NEAR), start)) ||
      TAKEN_OUT.test(hidden.slice(end, end + NEAR)) ||
      !VALUE_BEHIND.test(hidden.slice(start, start + NEAR))) &&
    !VALUE_BEFORE.test(hidden.slice(Math.max(0, start - NEAR), start));
  if (namesOnly(hidden))
    return fieldMentions(hidden).map(({ field, start }) => ({ field, at: start }));
  const named = sentencesOf(hidden).flatMap((sentence): Named[] => {
    if (OTHERS_DID.test(sentence.text) || STAYS.test(sentence.text)) return [];
    const wrong = WRONG_PLACE.exec(sentence.text);
    const kind = wrong ? (kindsIn(wrong[1] ?? '')[0]?.field ?? 'mailingAddress') : undefined;
    const mentions = WISHES.test(sentence.text)
      ? fieldMentions(sentence.text)
          .filter(({ field }) => field !== 'name')
          .flatMap(({ field, start, end }) => {
            const before = sentence.text.slice(0, start);
            const place = { field, start: sentence.start + start, end: sentence.start + end };
            if (field !== 'mailingAddress' || !NEWSLETTER_TO.test(before)) return [place];
            // A newsletter goes to a mailbox.
            return ANOTHER.test(before) ? [{ ...place, field: 'email' as const }] : [];
          })
      : [];
    return [
      ...mentions
        .filter(outside)
        .filter(({ field }) => !(kind && field === 'mailingAddress'))
        .map(({ field, start }) => ({ field, at: start })),
      ...(kind ? [{ field: kind, at: sentence.start }] : []),
    ];
  });
  return [...named, ...moved(hidden, named)];
}

const MOVED =
  /(?<![\p{L}])(?:moved|moving|shifted|shifting|relocated|relocating|changed (?:my |our )?(?:house|home|flat|residence|city))(?![\p{L}])(?! (?:on|money|files?|data|the|it|this|that|away from|funds)\b)/iu;
const OTHERS_MOVED = new RegExp(
  String.raw`\b(?:${RELATION}|he|she|they|you|it)\b(?!.*\b(?:i|we)\b)[^.!?\n]{0,20}$`,
  'iu',
);

/** Who has moved has a new address. */
function moved(hidden: string, named: readonly Named[]): Named[] {
  const found = MOVED.exec(hidden);
  if (!found || OTHERS_MOVED.test(hidden.slice(Math.max(0, found.index - 50), found.index)))
    return [];
  return named.some(({ field }) => field.endsWith('Address'))
    ? []
    : [{ field: 'mailingAddress', at: found.index }];
}
