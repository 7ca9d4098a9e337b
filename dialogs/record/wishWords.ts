import { FIELD_WORDS, isChoice, masked, shown } from '../../services/records/recordFields';
import { fieldsInWords, riskOf, type FieldChange } from '../../services/updates';
import type { Question } from '../formDialog';
import { update as words } from '../wording/record';
import { isOptOut, type Wish } from './wish';
import { correctable } from './wishAnswers';

/** A change as a line of the card: what stands there in part, what it becomes in full. */
export const rowOf = ({ field, before, after }: FieldChange): [string, string] => [
  capital(FIELD_WORDS[field]),
  before === null ? shown(field, after) : words.now(masked(field, before), shown(field, after)),
];

/** With a capital, as a label begins. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

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
    fieldsInWords(changes.map(({ field }) => field));
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
    ...(second.length > 0 ? [words.second(fieldsInWords(second))] : []),
    ...(fields.includes('email') ? [words.both, words.oldTold] : []),
  ];
}

/** What a form asks at the place where it stands. */
export function questionOf(wish: Wish): Question {
  const [field = 'name'] = wish.named;
  switch (wish.asking) {
    case 'what':
      return { text: words.what, choices: words.whatChoices };
    case 'offers':
      return { text: words.offers, choices: words.offersChoices };
    case 'value':
      return isChoice(field)
        ? { text: words.choice(FIELD_WORDS[field]), choices: words.choiceChoices }
        : { text: words.value(FIELD_WORDS[field]), choices: [words.leaveIt] };
    case 'contact':
      return { text: words.contact, choices: [] };
    case 'correct':
      return { text: words.correct, choices: correctable(wish) };
    case 'confirm':
      return wish.cannot
        ? { text: words.confirmPerson, choices: words.confirmPersonChoices }
        : { text: words.confirm, choices: words.confirmChoices };
    case 'verify':
    case 'proveContact':
    case 'proveNew':
      return { text: words.help, choices: [] };
  }
}
