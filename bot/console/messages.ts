import type { Conversations, LoggedActivity } from '../../services/conversations';
import { agentOf, mayHoldCode, speakerOf, withoutSecrets } from '../../services/handoffs';
import { isOutAt, type CodeOut, type Verifications } from '../../services/verification';
import type { MessageView } from './contract';

type Body = LoggedActivity['body'];

/** How many messages are read of a conversation at a time. */
export const MESSAGES_AT_ONCE = 50;
const READ_AT_ONCE = 200;

/** Where messages are read, and when codes were on their way that one may hold. */
export interface MessageSource {
  readonly conversations: Pick<Conversations, 'since'>;
  readonly verifications: Pick<Verifications, 'codesOut'>;
}

/** Whether codes have to be looked up before a message is shown. */
export const mayHoldCodeIn = ({ body }: LoggedActivity): boolean =>
  body.type === 'message' &&
  typeof body.text === 'string' &&
  speakerOf(body) === 'customer' &&
  mayHoldCode(body.text);

/**
 * An activity of the log as staff see it; undefined for what is no message, or hidden.
 * @param codes that were on their way in its conversation.
 */
export function messageView(
  { body, sequence, at, hidden }: LoggedActivity,
  codes: readonly CodeOut[] = [],
): MessageView | undefined {
  if (body.type !== 'message' || hidden) return undefined;
  const from = speakerOf(body);
  const name = agentOf(body);
  const card = cardOf(body);
  const text = typeof body.text === 'string' && body.text !== '' ? body.text : card.title;
  return {
    ...{ sequence, at: at.toISOString(), from, text: shownText(text, body, isOutAt(codes, at)) },
    ...(name === undefined ? {} : { name }),
    citations: citationsOf(body),
    choices: objectsIn(objectAt(body.suggestedActions).actions).flatMap(({ title }) =>
      typeof title === 'string' ? [title] : [],
    ),
    facts: card.facts,
  };
}

/** What of a log is looked at: what follows a place, or what comes before one; the newest without either. */
export interface Stretch {
  readonly after?: number | undefined;
  readonly before?: number | undefined;
  /** From the beginning to the end. */
  readonly all?: boolean;
}

/** Messages of a conversation in order, and whether there are earlier ones. */
export async function messagesOf(
  { conversations, verifications }: MessageSource,
  conversationId: string,
  { after = 0, before = Number.MAX_SAFE_INTEGER, all = false }: Stretch = {},
): Promise<{ readonly messages: MessageView[]; readonly earlier: boolean }> {
  const kept: MessageView[] = [];
  let earlier = false;
  const codes = await verifications.codesOut(conversationId);
  for (let watermark = after; ;) {
    const page = await conversations.since(conversationId, watermark, READ_AT_ONCE);
    const read = page.activities.filter(({ sequence }) => sequence < before);
    kept.push(...read.flatMap((activity) => messageView(activity, codes) ?? []));
    // After a place nothing may be left out; before one the last are those that are wanted.
    if (!all && after === 0 && kept.length > MESSAGES_AT_ONCE) {
      kept.splice(0, kept.length - MESSAGES_AT_ONCE);
      earlier = true;
    }
    if (page.complete || page.watermark + 1 >= before) return { messages: kept, earlier };
    watermark = page.watermark;
  }
}

/** When the customer said what stands at a place of the log; undefined where it is none of their words. */
export async function toldAt(
  conversations: Pick<Conversations, 'since'>,
  conversationId: string,
  sequence: number,
): Promise<Date | undefined> {
  const { activities } = await conversations.since(conversationId, sequence - 1, 1);
  const told = activities.find((activity) => activity.sequence === sequence);
  return told?.body.type === 'message' && speakerOf(told.body) === 'customer' ? told.at : undefined;
}

function shownText(text: string, body: Body, codeIsOut: boolean): string {
  const from = speakerOf(body);
  const plain = from === 'customer' || body.textFormat === 'plain' ? text : withoutMarkdown(text);
  return withoutSecrets(plain, from, codeIsOut);
}

const DEFINITION = /^\[\d+\]: \S+ "[^"]*"$/gm;
const QUOTE_MARK = /^>[ \t]?/gm;
const BOLD = /\*\*(?=\S)([^*\n]+?)\*\*/g;
const FOOTNOTE = / \[\d+\](?=\s|$)/g;
const ESCAPED = /\\([\\`*~[\]<>_])/g;

/** The Markdown that our own messages are written in, as plain words. */
const withoutMarkdown = (text: string): string =>
  text
    .replace(DEFINITION, '')
    .replace(QUOTE_MARK, '')
    .replace(FOOTNOTE, '')
    .replace(BOLD, '$1')
    .replace(ESCAPED, '$1')
    .trim();

function citationsOf({ entities }: Body): MessageView['citations'] {
  return objectsIn(entities)
    .flatMap(({ citation }) => objectsIn(citation))
    .flatMap(({ appearance }) => {
      const { name, url } = objectAt(appearance);
      return typeof name === 'string' && typeof url === 'string' && /^https?:\/\//.test(url)
        ? [{ name, url }]
        : [];
    });
}

/** The labels and values of a card such as `factsCard` makes: a subtle line, then a text as it stands. */
function cardOf({ attachments }: Body): {
  readonly title: string;
  readonly facts: MessageView['facts'];
} {
  const facts: { label: string; value: string }[] = [];
  let title = '';
  let label: string | undefined;
  for (const part of objectsIn(attachments).flatMap(({ content }) =>
    objectsIn(objectAt(content).body),
  )) {
    const text = typeof part.text === 'string' ? part.text : undefined;
    if (part.type === 'RichTextBlock' && label !== undefined) {
      facts.push({ label, value: runsOf(part) });
      label = undefined;
    } else if (text !== undefined && part.isSubtle === true) label = text;
    else if (text !== undefined && title === '') title = text;
  }
  return { title, facts };
}

const runsOf = ({ inlines }: Readonly<Record<string, unknown>>): string =>
  objectsIn(inlines)
    .map(({ text }) => (typeof text === 'string' ? text : ''))
    .join('');

type Properties = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const objectAt = (value: unknown): Properties => (isObject(value) ? value : {});
const objectsIn = (value: unknown): Properties[] =>
  Array.isArray(value) ? value.filter(isObject) : [];
