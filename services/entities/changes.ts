import type { RecordField } from '../../models/customerContent';
import { addressChanges, addressSpans, kindsIn, type AddressField } from './addressChanges';
import { changeText, sentencesOf, type ChangeText, type Span } from './changeText';
import { choiceChanges, type Choices } from './choiceChanges';
import { contactChanges, type ToldValue } from './contactChanges';
import { fieldMentions } from './fieldNames';
import { fullNameAt, nameChange } from './nameChanges';
import { namedFields } from './namedFields';

/** A field that is to be changed, and what it becomes as far as that is told; nothing is checked yet. */
export interface WantedChange {
  readonly field: RecordField;
  readonly value?: string | boolean;
}

/** What a customer wants changed. */
export interface Wanted {
  /** Each field once, in the order of the text. */
  readonly changes: readonly WantedChange[];
  /** A payment card is to be changed, which no chat does. */
  readonly card: boolean;
  /** The user name is to be changed, which the desk never does. */
  readonly userName: boolean;
}

interface Told extends WantedChange {
  readonly at: number;
}

/**
 * What the first 4,000 characters of a text want changed on the writer's own record.
 *
 * Telephone numbers come as E.164 (of India where no country shows), e-mail addresses as typed, addresses as typed with
 * their line breaks, names only where the full name is told. What it was before, other people's values, numbers of
 * orders and the like, and masked numbers are no values.
 * @param asked the field that was asked for: what is told without its name is for that.
 */
export function findChanges(text: string, asked?: RecordField): Wanted {
  const read = changeText(text);
  const choices = choiceChanges(read);
  const spans = addressSpans(read);
  const values = valuesIn(read, spans, choices, asked);
  const name = nameChange(read);
  const told: Told[] = [
    ...values,
    ...sharedAddresses(read.hidden, values),
    ...choices.told,
    ...(name ? [{ field: 'name' as const, ...name }] : labelledName(read)),
  ];
  const named = namedFields(withoutAddresses(read.hidden, spans), choices).filter(
    ({ field }) => !isTold(told, field),
  );
  return { changes: once([...told, ...named]), ...apart(read) };
}

const ADDRESS_FIELDS: ReadonlySet<string> = new Set<AddressField>([
  'mailingAddress',
  'shippingAddress',
  'billingAddress',
]);
const isAddressField = (field?: RecordField): field is AddressField =>
  field !== undefined && ADDRESS_FIELDS.has(field);

type Value = ToldValue<'email' | 'phone' | AddressField>;

/** Values that are to stand on the record: those that only tell who is writing are left out. */
function valuesIn(
  read: ChangeText,
  spans: readonly Span[],
  choices: Choices,
  asked?: RecordField,
): Value[] {
  const all: Value[] = [
    ...contactChanges(read),
    ...addressChanges(read, spans, isAddressField(asked) ? asked : undefined),
  ].sort((a, b) => a.at - b.at);
  const firstNew = all.find(({ role }) => role === 'new')?.at ?? Infinity;
  const wished = wishedFields(read.hidden);
  const isAlone = firstNew === Infinity && choices.told.length === 0;
  return all
    .filter(
      ({ role, field, at }) =>
        role === 'new' || at > firstNew || isAlone || field === asked || wished.has(field),
    )
    .sort((a, b) => Number(b.role === 'new') - Number(a.role === 'new'));
}

const DIRECT =
  /\b(?:chang\w*|chng\w*|chnag\w*|cange|updat\w*|updt\w*|edit|modify|amend|correct|fix|replace|alter|switch|swap|rectify)\b([^.!?\n]{0,80})/giu;

/** Fields that stand behind "change", "update" and the like. */
const wishedFields = (hidden: string): ReadonlySet<RecordField> =>
  new Set(
    Array.from(hidden.matchAll(DIRECT)).flatMap(([words]) =>
      fieldMentions(words).map(({ field }) => field),
    ),
  );

/** "same address for billing": the kinds that share the address that is told. */
const SHARED =
  /\b(?:(?:use |with |at |is |to )?(?:the |it is |it's )?same(?: one| address)?[^.!?;\n]{0,30}\b(?:billing|bills?|invoices?|shipping|deliver\w+|mailing|post\w*|orders)[^.!?;\n]{0,30}|(?:billing|bills?|invoices?|shipping|deliver\w+|mailing|postal)[^.!?;\n]{0,30}\b(?:same|as well|also|too)\b|(?:that|it|this)(?:'s| is)? (?:also |both )?(?:for|my) (?:billing|shipping|delivery)[^.!?;\n]{0,30}|also (?:for )?(?:my |the )?(?:billing|shipping|delivery)[^.!?;\n]{0,20})/giu;

function sharedAddresses(hidden: string, values: readonly Value[]): Told[] {
  const address = values.find(({ field }) => isAddressField(field));
  if (!address) return [];
  return Array.from(hidden.matchAll(SHARED)).flatMap(({ 0: words, index }) =>
    kindsIn(words)
      .filter(({ field }) => field !== 'mailingAddress' || /\b(?:mailing|postal)\b/i.test(words))
      .filter(({ field }) => !isTold(values, field))
      .map(({ field, start }) => ({ field, value: address.value, at: index + start })),
  );
}

const isTold = (told: readonly WantedChange[], field: RecordField): boolean =>
  told.some((each) => each.field === field);

const FORM_HEAD =
  /\b(?:updat\w*|chang\w*|correct\w*|new|amend|edit|replace)\b[^\n]{0,60}\b(?:details?|particulars|following|below|info\w*|records?|to|as|profile)\b[^\n]{0,30}\n/i;
const NAME_LABEL = /(?:^|\n)(?:full |new )?name ?[:=-] ?/i;

/** A name in a form that is filled in with what the record is to be. */
function labelledName({ hidden }: ChangeText): Told[] {
  const head = FORM_HEAD.exec(hidden);
  const label = head && NAME_LABEL.exec(hidden);
  if (!label || label.index < head.index) return [];
  const value = fullNameAt(hidden, label.index + label[0].length);
  return value === undefined ? [] : [{ field: 'name', value, at: label.index }];
}

const withoutAddresses = (hidden: string, spans: readonly Span[]): string =>
  spans.reduce(
    (text, { start, end }) => text.slice(0, start) + '#'.repeat(end - start) + text.slice(end),
    hidden,
  );

/** Each field once, the first value of it before its mere name, in the order of the text. */
function once(told: readonly Told[]): WantedChange[] {
  const kept = new Map<RecordField, Told>();
  const hasAddress = told.some(({ field, value }) => isAddressField(field) && value !== undefined);
  for (const each of told) {
    // The address that is told is the one that was meant by "address".
    if (hasAddress && each.field === 'mailingAddress' && each.value === undefined) continue;
    if (kept.get(each.field)?.value === undefined) kept.set(each.field, each);
  }
  return [...kept.values()]
    .sort((a, b) => a.at - b.at)
    .map(({ field, value }) => (value === undefined ? { field } : { field, value }));
}

const CARD =
  /(?<!\b(?:sim|aadhaa?r|pan|id|identity|gift|graphics|memory|business|report|visiting|sd|loyalty|library|voter|ration) ?)\b(?:cc|cards?)\b|\bpayment (?:method|details|information)\b/i;
const NEW_CARD =
  /\b(?:chang\w*|chng\w*|updat\w*|edit|modify|replac\w*|renew\w*|new|expir\w*|different|another|add|remove|delete|wrong|lost|stolen|blocked|switch\w*|swap|old)\b/i;
const USER_NAME =
  /\b(?:chang\w*|chng\w*|updat\w*|edit|modify|renam\w*|new|different|another|alter|amend|correct|wrong)\b[^.!?;\n,]{0,30}\b(?:user ?-?(?:name|id)|log ?-?in (?:name|id)|screen ?name)\b|\b(?:user ?-?(?:name|id)|log ?-?in (?:name|id)) (?:(?:is|has|should|to|must) (?:wrong|changed|be|been)|changed?|to)\b/i;

/** What is never changed here. */
const apart = ({ hidden, hasCardMask }: ChangeText): Pick<Wanted, 'card' | 'userName'> => ({
  card:
    hasCardMask || sentencesOf(hidden).some(({ text }) => CARD.test(text) && NEW_CARD.test(text)),
  userName: USER_NAME.test(hidden),
});
