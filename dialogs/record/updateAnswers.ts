import { FIELD_WORDS, masked, shown, type RecordField } from '../../services/recordFields';
import { findEmail, readField, readFieldName } from '../../services/entities';
import { riskOf, type FieldChange } from '../../services/updates';
import type { Step } from '../formDialog';
import { update as words } from '../wording/record';
import { inWords, isOptOut, withNamed, withValue, type Wish } from './wish';

/** The customer agrees; “yes, but …” is no yes. */
export const YES =
  /^\W*(?:yes|yep|yeah|ok(?:ay)?|sure|correct|right|do it|go ahead|change it|pass it on|confirm(?:ed)?)\b(?!.*\bbut\b)/i;
/** Something is not right yet. */
export const NO = /^\W*(?:no|nope|wrong|not right|correct something|change something)\W*$/i;
/** There is nothing that they want changed. */
export const NOTHING = /^\W*(?:nothing|nothing else|none|that'?s (?:all|it))\W*$/i;
/** Newsletter and offers in general, without saying which. */
export const OFFERS = /\b(?:newsletter|offers?|marketing|adverts?)\b/i;

/** A change as a line of the card: what stands there in part, what it becomes in full. */
export const rowOf = ({ field, before, after }: FieldChange): [string, string] => [
  capital(FIELD_WORDS[field]),
  before === null ? shown(field, after) : words.now(masked(field, before), shown(field, after)),
];

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Where somebody is written to who cannot use the mailbox on file. */
export function takeContact(wish: Wish, text: string): Step<Wish> {
  const contact = findEmail(text);
  return contact
    ? { outcome: 'taken', state: { ...wish, contact } }
    : { outcome: 'unclear', say: words.contactUnclear };
}

const SAME = /^\W*(?:the )?same(?: as .*)?\W*$/i;

/** An answer to the very question that was asked. */
export function takeAnswer(
  wish: Wish,
  text: string,
): { readonly wish: Wish; readonly fault?: string } | undefined {
  const [field] = wish.named;
  if (wish.asking === 'value' && field) {
    const address = [wish.wanted.mailingAddress, wish.wanted.shippingAddress].find(Boolean);
    const value =
      field.endsWith('Address') && SAME.test(text) && address ? address : readField(field, text);
    return value === undefined ? undefined : withValue(wish, field, value);
  }
  if (wish.asking === 'verify') return undefined;
  const named: RecordField | undefined = readFieldName(text);
  return named ? { wish: withNamed(wish, named) } : undefined;
}

/** What is said to words that are no answer. */
export function unclearAt({ asking, named: [field = 'name'] }: Wish): string {
  if (asking === 'value') return words.valueUnclear(FIELD_WORDS[field]);
  return asking === 'confirm' ? words.confirmUnclear : words.whatUnclear;
}

/** What became of a request, for the customer. */
export function doneWords(
  wish: Wish,
  applied: readonly FieldChange[],
  waiting: readonly FieldChange[],
): string {
  const names = (changes: readonly FieldChange[]): string =>
    inWords(changes.map(({ field }) => field));
  const newMail = applied.some(({ field }) => field === 'email');
  return [
    ...(applied.length === 0
      ? []
      : isOptOut(wish)
        ? [words.left(names(applied))]
        : [words.done(names(applied), newMail ? words.mailToNew : words.mailTo)]),
    ...(waiting.length > 0 ? [words.waiting(names(waiting))] : []),
  ].join('\n\n');
}

/** What the customer has to know before they say yes to what they are shown. */
export function explanations({ changes = [], cannot, explained }: Wish): string[] {
  if (cannot) return [];
  const fields = changes.map(({ field }) => field);
  const second = fields.filter((field) => riskOf(field) === 'secondPerson');
  return [
    ...(explained ? [] : [words.masked]),
    ...(second.length > 0 ? [words.second(inWords(second))] : []),
    ...(fields.includes('email') ? [words.both, words.oldTold] : []),
  ];
}
