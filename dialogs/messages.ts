import { CardFactory, MessageFactory, type Activity } from 'botbuilder';
import type { Passage, Policy } from '../services/policy';
import { policyWords } from './wording';

/** A message with suggested actions; each says what it shows. */
export function suggesting(text: string, choices: readonly string[]): Partial<Activity> {
  return MessageFactory.suggestedActions(
    choices.map((choice) => ({ type: 'imBack', title: choice, value: choice })),
    text,
  );
}

/** A customer's words inside a message of ours: shown as they stand, never read as Markdown. */
export const unformatted = (words: string): string =>
  words.replace(/[\\`*~[\]<>]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&');

/** The passage verbatim, with its section as a schema.org citation that leads to the policy page. */
export const answerFrom = (passage: Passage, publicUrl: string, lead = ''): Partial<Activity> =>
  quoting([passage], publicUrl, lead);

/** Passages verbatim, each with its section as a citation; `lead` and `tail` are words of ours. */
export function quoting(
  passages: readonly Passage[],
  publicUrl: string,
  lead = '',
  tail = '',
): Partial<Activity> {
  const quoted = passages.map((passage, index) => ({
    position: index + 1,
    words: passage.text.map((words) => `> ${words}`).join('\n>\n'),
    name: passage.sectionTitle,
    url: `${publicUrl}/policy#${passage.id}`,
  }));
  const parts = [
    ...(lead === '' ? [] : [lead]),
    ...quoted.map(({ position, words, name }, index) => {
      const same = name === quoted[index - 1]?.name;
      return `${same ? policyWords.also : policyWords.lead(name)} [${position}]\n\n${words}`;
    }),
    ...(tail === '' ? [] : [tail]),
    quoted
      .map(({ position, url, name }) => `[${position}]: ${url} "${name.replaceAll('"', '')}"`)
      .join('\n'),
  ];
  return {
    ...MessageFactory.text(parts.join('\n\n')),
    textFormat: 'markdown',
    entities: [
      {
        type: 'https://schema.org/Message',
        '@type': 'Message',
        '@context': 'https://schema.org',
        '@id': '',
        citation: quoted.map(({ position, name, url }) => ({
          '@type': 'Claim',
          position,
          appearance: { '@type': 'DigitalDocument', name, url },
        })),
      },
    ],
  };
}

const LABEL_LENGTH = 80;

/** A suggested action for a passage. */
export interface PassageChoice {
  readonly id: string;
  readonly label: string;
}

/** Labels for passages that come close: the beginning of what each says that the others do not. */
export function passageChoices(policy: Policy, ids: readonly string[]): PassageChoice[] {
  const sentences = ids.map((id) => sentencesOf(policy.passages.get(id)));
  return ids.map((id, index) => {
    const own = sentences[index] ?? [];
    const others = new Set(sentences.filter((_, other) => other !== index).flat());
    const first = own.find((sentence) => !others.has(sentence)) ?? own[0] ?? id;
    return { id, label: shortened(first) };
  });
}

const sentencesOf = (passage: Passage | undefined): string[] =>
  (passage?.text ?? []).flatMap((words) => words.split(/(?<=[.!?])\s+/));

function shortened(sentence: string): string {
  if (sentence.length <= LABEL_LENGTH) return sentence;
  const cut = sentence.slice(0, LABEL_LENGTH);
  return `${cut.slice(0, cut.lastIndexOf(' '))} …`;
}

/** A card of labels and values; the values are the customer's words and are shown as they stand, never as Markdown. */
export function factsCard(
  title: string,
  facts: readonly (readonly [label: string, value: string])[],
): Partial<Activity> {
  const card = CardFactory.adaptiveCard({
    type: 'AdaptiveCard',
    version: '1.3',
    fallbackText: facts.map(([label, value]) => `${label}: ${value}`).join('\n'),
    body: [
      { type: 'TextBlock', text: title, weight: 'Bolder', size: 'Medium', wrap: true },
      ...facts.flatMap(([label, value]) => [
        {
          type: 'TextBlock',
          text: label,
          isSubtle: true,
          size: 'Small',
          spacing: 'Small',
          wrap: true,
        },
        { type: 'RichTextBlock', spacing: 'None', inlines: [{ type: 'TextRun', text: value }] },
      ]),
    ],
  });
  return MessageFactory.attachment(card);
}
