import type { RecordField } from '../../models/customerContent';
import { addressChanges, addressSpans } from './addressChanges';
import { kindsIn, type AddressField } from './addressKinds';
import { changeText, type ChangeText, type Span } from './changeText';
import { choiceChanges, type Choices } from './choiceChanges';
import { contactChanges, type ToldValue } from './contactChanges';
import { fieldMentions } from './fieldNames';
import { formStart, labelledName, tellsOldAndNew } from './forms';
import { letterParts, type LetterParts } from './letterParts';
import { nameChange } from './nameChanges';
import { namedFields } from './namedFields';
import { setApart, type SetApart } from './setApart';

/** A field that is to be changed, and what it becomes as far as that is told; nothing is checked yet. */
export interface WantedChange {
  readonly field: RecordField;
  readonly value?: string | boolean;
}

/** What a customer wants changed. */
export interface Wanted extends SetApart {
  /** Each field once, in the order of the text. */
  readonly changes: readonly WantedChange[];
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
  const { body, whole } = letterParts(changeText(text));
  const told = changesIn(body, asked);
  const changes = body === whole ? told : withThoseAround(told, { body, whole }, asked);
  return { changes, ...setApart(body) };
}

/** In a letter, "my new details are below" and the like. */
const POINTS =
  /\b(?:below|above|as under|following|follows?|beneath|in (?:my|the) (?:signature|letter ?head)|at the (?:bottom|foot|end|top|head))\b/i;
const WISHES = /\b(?:chang\w*|chng\w*|updat\w*|amend\w*|correct\w*|new|moved|note)\b/i;
const REMOVES =
  /\b(?:remov\w*|delet\w*|eras\w*|tak(?:e|en) (?:off|out)|take[^.!?\n]{1,60} (?:out of|off))\b/i;

/** What a letter's heading and signature add, where its body asks for a change and does not tell to what. */
function withThoseAround(
  told: readonly WantedChange[],
  { body, whole }: LetterParts,
  asked?: RecordField,
): readonly WantedChange[] {
  const isTold = told.some(({ value }) => value !== undefined);
  const isOpen = told.length === 0 && WISHES.test(body.hidden);
  const around = changesIn(whole, asked);
  if (!isTold && (isOpen || POINTS.test(body.hidden))) return around;
  if (REMOVES.test(body.hidden)) return told;
  return told.map((change) =>
    change.value === undefined
      ? (around.find(({ field }) => field === change.field) ?? change)
      : change,
  );
}

/** Each field once, in the order of the text. */
function changesIn(read: ChangeText, asked?: RecordField): WantedChange[] {
  const choices = choiceChanges(read);
  const spans = addressSpans(read);
  const values = valuesIn(read, spans, choices, asked);
  const name = nameChange(read);
  const labelled = name?.value === undefined ? labelledName(read.hidden) : undefined;
  const newName = labelled ?? name;
  const told: Told[] = [
    ...values,
    ...sharedAddresses(read.hidden, values),
    ...choices.told,
    ...(newName ? [{ field: 'name' as const, ...newName }] : []),
  ];
  const named = namedFields(withoutAddresses(read.hidden, spans), choices).filter(
    ({ field }) => !isTold(told, field),
  );
  return once([...told, ...named]);
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
  const form = formStart(read.hidden);
  const firstNew = all.find(({ role, at }) => role === 'new' || at > form)?.at ?? Infinity;
  const isPaired = tellsOldAndNew(read.hidden);
  const wished = wishedFields(read.hidden);
  const isAlone =
    firstNew === Infinity &&
    choices.told.length === 0 &&
    !all.some(({ field }) => wished.has(field));
  return all
    .filter(
      ({ role, field, at, own }) =>
        role === 'new' ||
        (at >= firstNew && !isPaired) ||
        field === asked ||
        (own && (isAlone || wished.has(field))),
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
  /\b(?:(?:use |with |at |is |to )?(?:the |it is |it's )?same(?: one| address)?[^.!?;\n]{0,30}\b(?:billing|bills?|invoices?|shipping|deliver\w+|mailing|post\w*|orders)[^.!?;\n]{0,30}|(?:billing|bills?|invoices?|shipping|deliver\w+|mailing|postal)[^.!?;\n]{0,30}\b(?:same(?! (?:for|address|one))|as well|also|too)\b|(?:that|it|this)(?:'s| is)? (?:also |both )?(?:for|my) (?:billing|shipping|delivery)[^.!?;\n]{0,30}|also (?:for )?(?:my |the )?(?:billing|shipping|delivery)[^.!?;\n]{0,20})/giu;

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
