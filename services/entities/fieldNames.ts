import type { RecordField } from '../../models/customerContent';
import { RELATION } from './cues';

const ADDRESS = String.raw`(?:address\w*|adress\w*|addres|adres|adrs|addrs?|adr|addresse)`;
const CHANGED = String.raw`(?:(?<![\p{L}])(?:my|our|the|this|that|new|another|second|different|old|other|current|registered|alternate|alternative|correct|wrong|own|chang\w*|chng\w*|chnage?|cange|updat\w*|updte|edit|modify|amend|correct|fix|replace|alter|switch|swap|set|add|delete|remove|renew|save|and|or|n|nd|of)|[&,/:])(?:\s(?:work|private|personal|company|office|home|business|uni|student|main|primary|old|new|own|registered))?`;
const MAIL = String.raw`(?:e-?\s?mails?|emails?|emial|eamil|emil|imeil|mail ?ids?|mail ?box|gmail|yahoo|uni email)`;
const CALLED = String.raw`(?:phone|fone|phne|telephone|telefone|tele|mobile|moblie|mobil|mob|cell|cellphone|landline|tel|ph|contact|whats ?app|handset|sim)`;
const NUMBER = String.raw`(?:no|nos|num|number|numbers|nmbr|numbr|numer|nr)`;
const BILLING = String.raw`(?:billing|biling|bills?|invoic(?:e|es|ing))`;
const SHIPPING = String.raw`(?:shipping|shiping|shipment|ship|delivery|delivry|delivary|deliveries|courier|parcels?)`;
const DETAILS = String.raw`(?:details?|info|information|data|place|location|ones?)`;

const named = (source: string): RegExp =>
  new RegExp(String.raw`(?<![\p{L}@])${source}(?![\p{L}])`, 'giu');

/** How customers name what stands on their record, the more telling first. */
export const FIELD_NAMES: readonly (readonly [RecordField, RegExp])[] = [
  [
    'email',
    named(String.raw`(?:${MAIL}|mail) ?-?(?:${ADDRESS}|ids?)|(?<=(?:^|${CHANGED})\s?)${MAIL}`),
  ],
  [
    'billingAddress',
    named(
      String.raw`${BILLING}(?:\s(?!(?:and|to|from)\s)[\p{L}']{1,12}){0,2}\s(?:${ADDRESS}|${DETAILS})|${ADDRESS} (?:for|on) (?:the |my |our )?${BILLING}`,
    ),
  ],
  [
    'shippingAddress',
    named(
      String.raw`${SHIPPING}(?:\s(?!(?:and|to|from)\s)[\p{L}']{1,12}){0,2}\s(?:${ADDRESS}|${DETAILS})|${ADDRESS} (?:for|of) (?:the |my |our )?${SHIPPING}`,
    ),
  ],
  [
    'phone',
    named(
      String.raw`${CALLED}\W{0,2}${NUMBER}|(?<=(?:^|${CHANGED})\s?)(?:mobile|phone|telephone|telefone|landline|cell|cellphone|sim|tel|fone|ph|mob)|(?<=(?:my|our|new|another|second|wrong|old|chang\w*|chng|update?|correct|alternate|registered)\s)(?<!(?:house|flat|plot|door|order|account|case|card|pin|gst|invoice|street|fax|reference|serial|customer|user)\s)${NUMBER}(?! of\b)|num(?:ber)?s?(?= (?:has |is |got |was )?chang)`,
    ),
  ],
  [
    'mailingAddress',
    named(
      String.raw`(?<!(?:e-?mail|web|ip|mail id) )${ADDRESS}|(?:pin|post|postal|zip) ?codes?|pin number|(?:house|flat|apartment|door|plot|street) ?(?:${NUMBER}|name)|(?:house|flat|plot)(?= (?:no\.? )?\d)|(?<=wrong |right |my )pin|street`,
    ),
  ],
  [
    'name',
    named(
      String.raw`(?<!(?:user|log ?in|login|street|file|domain|bank|card|screen|host|brand|product|city) ?-?)names?|sur ?name|last ?name`,
    ),
  ],
];

const CHOICE_NAMES: readonly (readonly [RecordField, RegExp])[] = [
  ['newsletter', /\b(?:news ?-?letters?|mailing list|bulletin)\b/i],
  [
    'marketingPhone',
    /\b(?:offers?|marketing|promo\w*|adverts?|sales)\b.*\b(?:phone|telephone|calls?|sms|texts?)\b|\b(?:sales|marketing|promo\w*|sms|phone) (?:calls?|texts?|sms|offers?)\b/i,
  ],
  [
    'marketingPost',
    /\b(?:offers?|marketing|promo\w*|adverts?)\b.*\b(?:post|letters?)\b|\b(?:catalog\w*|brochures?|flyers?)\b/i,
  ],
  [
    'marketingEmail',
    /\b(?:offers?|marketing|promo\w*|adverts?)\b.*\be-?mails?\b|\b(?:promo\w*|marketing) (?:e-?)?mails?\b/i,
  ],
];

const OTHERS = new RegExp(
  String.raw`(?:\b(?:${RELATION})'?s?|\byour|\bur|\bhis|\bher|\btheir)\s(?:[\p{L}-]{1,12}\s){0,1}$`,
  'iu',
);
const KEPT_BEFORE =
  /\b(?:keep|leave|not|except|same as|as|like|equal to|without changing|(?:don't|dont|do not|not) (?:(?:want|need|wish|have) to )?(?:change|touch|update)|no changes? (?:to|in|of|for))\s(?:my |the |our |your )?(?:home |mailing |postal |current |present )?$/i;
const KEPT_BEHIND =
  /^[^\p{L}]{0,3}(?:\p{L}+ ){0,1}(?:stays?|remains?|unchanged|won't change|will not change|(?:doesn't|does not|did not|didn't|isn't|hasn't|has not) chang(?:e|ed|ing)|is still(?! (?:wrong|incorrect|the old|old|not|showing|my old))|is (?:still )?(?:the same|fine|ok|okay|correct|right|unchanged)|as (?:it is|before)|no change|same(?! as (?:my|the|for|mailing|billing|shipping|home))(?!,? for))\b/iu;
const NEAR = 36;

/** A field that a text names. */
export interface Mention {
  readonly field: RecordField;
  readonly start: number;
  readonly end: number;
}

/** The fields of the customer's own record that a text names and does not set aside; what is named once counts once. */
export function fieldMentions(text: string): Mention[] {
  const mentions: Mention[] = [];
  let rest = text;
  for (const [field, pattern] of FIELD_NAMES) {
    rest = rest.replace(pattern, (words: string, ...details: unknown[]) => {
      const start = details.find((detail) => typeof detail === 'number') ?? 0;
      const end = start + words.length;
      const before = text.slice(Math.max(0, start - NEAR), start);
      const after = text.slice(end, end + NEAR);
      if (!OTHERS.test(before) && !KEPT_BEFORE.test(before) && !KEPT_BEHIND.test(after))
        mentions.push({ field, start, end });
      return '#'.repeat(words.length);
    });
  }
  return mentions.sort((a, b) => a.start - b.start);
}

const MOST_OF_A_NAME = 120;

/** The field that an answer such as "the phone number", "billing" or "offers by post" names. */
export function readFieldName(typed: string): RecordField | undefined {
  const text = typed.slice(0, MOST_OF_A_NAME).normalize('NFKC').replace(/[’‘]/g, "'").trim();
  const choice = CHOICE_NAMES.find(([, pattern]) => pattern.test(text))?.[0];
  if (choice) return choice;
  const alone = ALONE.find(([, pattern]) => pattern.test(text))?.[0];
  return alone ?? fieldMentions(text)[0]?.field;
}

const ONLY = (words: string): RegExp =>
  new RegExp(
    String.raw`^\W*(?:(?:the|my|our|it'?s|its|change|update|new|please|pls|i mean|just)\W+)*(?:${words})(?:\W+(?:please|pls|one|thanks|only|too|then))*\W*$`,
    'iu',
  );

const ALONE: readonly (readonly [RecordField, RegExp])[] = [
  ['billingAddress', ONLY(BILLING)],
  ['shippingAddress', ONLY(SHIPPING)],
  ['mailingAddress', ONLY('mailing|postal|post|home|residential|residence|street|house|flat|mail')],
  ['phone', ONLY(String.raw`${CALLED}|${NUMBER}`)],
  ['email', ONLY(MAIL)],
];

/** Whether a text is nothing but names of fields, as an answer to what is to be changed. */
export const namesOnly = (text: string): boolean => {
  let rest = text.slice(0, MOST_OF_A_NAME);
  for (const { start, end } of fieldMentions(rest))
    rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end);
  return (
    text.length <= MOST_OF_A_NAME &&
    rest !== text &&
    /^(?:\W|\b(?:the|my|our|and|also|please|pls|just|both|only|too|new|i mean|i meant|it'?s|not|no|all of|n)\b)*$/i.test(
      rest,
    )
  );
};
