import {
  sentenceAt,
  sentencesOf,
  wordsAfter,
  wordsBefore,
  type ChangeText,
  type Span,
} from './changeText';
import { asksOf, madeTo, OTHERS_DID, roleAfter, roleBefore, type Role } from './cues';
import { isOfOthers, isOfStory, isSentTo } from './owning';

/** A value that a text tells, and how sure it is that it is to be changed to that. */
export interface ToldValue<Field extends string> {
  readonly field: Field;
  readonly value: string;
  readonly at: number;
  /** `plain`: only named; it may be there to tell who is writing. */
  readonly role: 'new' | 'plain';
  /** Nothing in the words around it tells that it is another's. */
  readonly own: boolean;
}

/** "… is wrong," is said of the value before. */
export const OF_THE_LAST = /^\s*(?:is|are|were|was|isn't|wasn't|does|doesn't)\b[^,.;]{0,40}[,.;]/i;

/** E-mail addresses and telephone numbers that are to stand on the record, in the order of the text. */
export function contactChanges(read: ChangeText): ToldValue<'email' | 'phone'>[] {
  const sentences = sentencesOf(read.hidden);
  const spans = [
    ...read.emails.map((span) => ({ ...span, field: 'email' as const })),
    ...read.phones.map((span) => ({ ...span, field: 'phone' as const })),
  ].sort((a, b) => a.start - b.start);
  let from = 0;
  const told = spans.map((span): Told => {
    const before = wordsBefore(read.hidden, sentences, span.start, from).replace(
      from > 0 ? OF_THE_LAST : /$^/,
      '',
    );
    const after = wordsAfter(read.hidden, sentences, span.end);
    from = span.end;
    const role = roleOf(span, before, after);
    const isAnothers =
      asksOf(sentenceAt(sentences, span.start)) ||
      madeTo(before) ||
      isSentTo(before) ||
      isOfStory(before, after);
    return { ...span, role: isAnothers ? 'other' : role, own: !isOfOthers(before) };
  });
  return told.flatMap((each, place) => {
    const next = told[place + 1];
    // "… and … are old" is said of both.
    const isSaidOfBoth =
      next?.role === 'old' &&
      /^\s*(?:and|&|or|,)\s*$/i.test(read.hidden.slice(each.end, next.start));
    const { field, value, start, own } = each;
    const role = isSaidOfBoth ? 'old' : each.role;
    return role === 'new' || role === 'plain' ? [{ field, value, at: start, role, own }] : [];
  });
}

type Told = Span & {
  readonly field: 'email' | 'phone';
  readonly role: Role;
  readonly own: boolean;
};

const COMPANY = /@(?:[\w-]+\.)*comantra\./i;
/** The address is told so that a subscription can be found by it. */
const SUBSCRIBED =
  /\b(?:(?:subscri\w+|sign(?:ed)? (?:me )?up|unsub\w*|remove|take|delete)\b(?![^.!?]*\b(?:and|change|new)\b)[^.!?]{0,30}|newsletters? (?:comes?|goes|is (?:sent|going|coming)|arrives) )\b(?:for|with|at|to|on|under|is|as|using)\s*$/i;

/** "unsubscribe my email …", "remove …" */
const REMOVED =
  /\b(?:unsub\w*|remove|delete)\b(?![^.!?]*\b(?:and|but|change|new|use|to|put)\b)[^.!?]{0,30}$/i;
const TO_A_LIST =
  /^\s*(?:to|on|onto|from|off)\s(?:your |the |ur |my )?(?:newsletter|mailing|list|email list)/i;

const STAYS = /\b(?:stays?|remains?|is still|unchanged|as before)\b[^.!?\n]{0,20}$/i;

function roleOf({ value, field }: Span & { field: string }, before: string, after: string): Role {
  if (STAYS.test(before)) return 'known';
  if (OTHERS_DID.test(before) || REMOVED.test(before) || TO_A_LIST.test(after)) return 'old';
  if (field === 'email' && (COMPANY.test(value) || SUBSCRIBED.test(before))) return 'yours';
  const behind = roleAfter(after);
  return behind === 'plain' ? roleBefore(before) : behind;
}
