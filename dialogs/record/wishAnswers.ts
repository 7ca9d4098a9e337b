import { sameMailbox } from '../../services/addresses';
import { findEmail, readField, readFieldName } from '../../services/entities';
import { FIELD_WORDS, isChoice, type RecordField } from '../../services/records/recordFields';
import type { Understood } from '../../services/understanding/types';
import type { Step } from '../formDialog';
import { update as words } from '../wording/record';
import { withBegun, withNamed, without, withValue, type Wish } from './wish';

const AGREED = String.raw`(?:yes+|yep|yeah|yup|y|haan?|ji|ok(?:ay)?|sure(?: thing)?|absolutely|definitely|of course|correct|right|fine|perfect|great|good|proceed|pls|plz|then|done|now|kindly|do so|do the needful|change|all (?:is )?(?:correct|right|good|fine)|(?:that|it|this)(?:'?s| is) all (?:correct|right|good|fine)|looks (?:good|right|fine)|confirm(?:ed)?|please|thanks|thank you|do it|do that|go ahead|change it|pass it on|i do|i am sure|it is|(?:that|it|this)(?:'?s| is| all is) (?:right|correct|fine|ok(?:ay)?))`;
/** The whole message agrees; “yes, but …” is no yes, and nor is “correct the number to …”. */
const YES = new RegExp(String.raw`^\W*${AGREED}(?:[\s,.!]+(?:and )?${AGREED})*[\s.!]*$`, 'i');
const NO =
  /^\W*(?:no|nope|wrong|not (?:right|quite)|that'?s (?:wrong|not right)|correct something|change something|wait)(?:[\s,.!]+(?:thanks|thank you|please|wait|wrong))*\W*$/i;

/** Whether the customer agrees to what they were shown. */
export const isYes = (text: string): boolean => YES.test(text.replaceAll('’', "'"));

/** Whether something about it is not right yet. */
export const isNo = (text: string, { intent }: Understood): boolean =>
  NO.test(text.replaceAll('’', "'")) || (intent === 'no' && text.length <= LONGEST_NO);
const LONGEST_NO = 20;

/** There is nothing that they want changed. */
export const NOTHING = /^\W*(?:nothing|nothing else|none|that'?s (?:all|it))\W*$/i;
/** Newsletter and offers in general, without saying which. */
export const OFFERS = /\b(?:newsletter|offers?|marketing|adverts?)\b/i;

const TAKES_OUT =
  /\b(?:not|don'?t|do not|leave|keep|without|forget|remove|drop|skip|except|but|no longer|take|scrap|cancel|undo|ignore|mistake|never ?mind)\b/i;
const ONLY = /\b(?:only|just|nothing but)\b/i;

/** The words take a field out of what is to be changed: “but not the name”, “leave my address as it was”. */
export function takenOut(wish: Wish, text: string): Wish | undefined {
  const said = text.replaceAll('’', "'");
  const [asked] = wish.named;
  if (wish.asking === 'value' && asked && said.toLowerCase() === words.leaveIt.toLowerCase())
    return without(wish, asked);
  if (wish.asking === 'value' && asked && wish.begun?.[asked] === undefined && NO.test(said))
    return without(wish, asked);
  const field = fieldIn(wish, said);
  if (!field) return undefined;
  if (wish.asking === 'confirm' && ONLY.test(said) && !TAKES_OUT.test(said))
    return (Object.keys(wish.wanted) as RecordField[])
      .filter((each) => each !== field)
      .reduce(without, wish);
  return TAKES_OUT.test(said) ? without(wish, field) : undefined;
}

/** How the fields are called in talk; of several kinds of address the one that is named. */
const CALLED: readonly (readonly [RegExp, (field: RecordField) => boolean])[] = [
  [/\bbilling\b|\bbill\b/i, (field) => field === 'billingAddress'],
  [/\bshipping\b|\bdelivery\b/i, (field) => field === 'shippingAddress'],
  [/\be-?mail\b/i, (field) => field === 'email' || field === 'marketingEmail'],
  [/\baddress\b/i, (field) => field.endsWith('Address')],
  [/\b(?:phone|telephone|mobile|number)\b/i, (field) => field === 'phone'],
  [/\bname\b/i, (field) => field === 'name'],
  [/\bnewsletter\b/i, (field) => field === 'newsletter'],
  [/\b(?:offers?|marketing|calls?|post)\b/i, (field) => field.startsWith('marketing')],
];

/** The field that words name, among those that are to be changed. */
function fieldIn({ wanted, named }: Wish, text: string): RecordField | undefined {
  const open = [...named, ...(Object.keys(wanted) as RecordField[])];
  for (const [called, isMeant] of CALLED)
    if (called.test(text)) {
      const field = open.find(isMeant);
      if (field) return field;
    }
  return undefined;
}

/** Where somebody is written to who cannot use the mailbox on file. */
export function takeContact(wish: Wish, text: string): Step<Wish> {
  const contact = findEmail(text);
  if (!contact) return { outcome: 'unclear', say: words.contactUnclear };
  const { claimed = '', trouble } = wish.cannot ?? {};
  return trouble === 'shared' && sameMailbox(contact, claimed)
    ? { outcome: 'unclear', say: words.contactShared }
    : { outcome: 'taken', state: { ...wish, contact } };
}

const THAT_IS_ALL =
  /^\W*(?:no|none|that(?:['’]?s| is) (?:all|it)|there is none|(?:i )?(?:don['’]?t|do not) know\b.*|no idea\b.*|there (?:is|['’]?s) no .*)\W*$/i;
const SAME = /^\W*(?:the )?same(?: as .*)?\W*$/i;
/** What may be pressed is never a value. */
const LABELS: ReadonlySet<string> = new Set(
  [...words.confirmChoices, ...words.confirmPersonChoices, ...words.whatChoices, words.leaveIt].map(
    (label) => label.toLowerCase(),
  ),
);

/** Words of an answer that only names a field. */
const SHORT_NAMING = 4;

/** An answer to the very question that was asked. */
export function takeAnswer(
  wish: Wish,
  text: string,
): { readonly wish: Wish; readonly fault?: string } | undefined {
  const [field] = wish.named;
  if (wish.asking !== 'value' || !field) {
    if (wish.asking === 'confirm' && text.split(/\s+/).length > SHORT_NAMING) return undefined;
    const named = fieldIn(wish, text) ?? readFieldName(text);
    return named && { wish: withNamed(wish, named) };
  }
  if (LABELS.has(text.toLowerCase())) return undefined;
  if (wish.begun?.[field] !== undefined && THAT_IS_ALL.test(text)) return withBegun(wish, field);
  const value = valueFor(wish, field, text);
  return value === undefined ? undefined : withValue(wish, field, value);
}

function valueFor(wish: Wish, field: RecordField, text: string): string | boolean | undefined {
  const { mailingAddress, shippingAddress } = wish.wanted;
  const other = mailingAddress ?? shippingAddress;
  if (field.endsWith('Address') && SAME.test(text) && other !== undefined) return other;
  return readField(field, text);
}

/** What may be pressed where something is to be corrected. */
export const correctable = ({ wanted }: Wish): string[] =>
  (Object.keys(wanted) as RecordField[])
    .filter((field) => !isChoice(field))
    .map((field) => FIELD_WORDS[field])
    .map((label) => label.charAt(0).toUpperCase() + label.slice(1));
