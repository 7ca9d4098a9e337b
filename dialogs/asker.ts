import type { TurnContext } from 'botbuilder';
import { reachingAPerson } from '../services/reach';
import type { Asker } from '../services/verification';
import { isQuestion } from './answers';
import type { Desk } from './desk';

/** Who asks in this turn, as limits count them. */
export async function askerOf(context: TurnContext, desk: Desk): Promise<Asker> {
  const { id: conversationId } = context.activity.conversation;
  const origin = await desk.originOf(conversationId);
  return { conversationId, ...(origin ? { origin } : {}) };
}

/** How a person is reached, in words that end a sentence. */
export const personOf = ({ privacyMailbox, phone }: Desk): string =>
  reachingAPerson(privacyMailbox, phone);

const USER_NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]{1,63}$/u;
const BEFORE = /^(?:it(?:'s| is)|my (?:user ?name|e-?mail(?: address)?) is|user ?name)[\s:]+/i;

/** A user name in an answer to the question for it: one word, with what people put around it taken off. */
export function userNameIn(text: string): string | undefined {
  const bare = text
    .replaceAll('’', "'")
    .replace(BEFORE, '')
    .replace(/["“”'.!]+$|^["“”']+/g, '')
    .trim();
  return USER_NAME.test(bare) && !NO_NAMES.has(bare.toLowerCase()) ? bare : undefined;
}

/** Words that answer the question without naming anybody. */
const NO_NAMES: ReadonlySet<string> = new Set(
  'yes no ok okay sure please thanks thank hello hi hey what why how who where when none nothing idk unknown help cancel stop dunno nope yep yeah email username mail code'.split(
    ' ',
  ),
);

const READ_BY_OTHERS =
  /\b(?:somebody|someone|he|she|they|hacker|husband|wife|ex|partner|family|others|brother|sister|boss)\b.{0,30}\b(?:reads?|sees?|controls?|checks?|opens?|uses?|(?:has|have|got) (?:access|it))\b.{0,20}(?:\b(?:it|that|my|mine|mails?|e-?mails?|mailbox|inbox|too)\b|$)/i;

/** Whether somebody says that others read their mailbox. */
export const isReadByOthers = (text: string): boolean =>
  !isQuestion(text) && READ_BY_OTHERS.test(text);

const NO_MAILBOX =
  /\b(?:can(?:no|['’]?)t|cannot|unable to|no longer|lost)\b.{0,30}\b(?:access|use|open|read|log ?in|get in|have|to)\b.{0,30}\b(?:mailbox|e-?mail|inbox|mail|account|it|one)\b|\b(?:lost|closed|old|gone|dead)\b.{0,20}\b(?:mailbox|inbox|e-?mail|mail)\b.{0,30}\b(?:closed|gone|lost|dead|not mine|any ?more|access)\b|\b(?:mailbox|inbox|e-?mail|mail|one)\b.{0,20}\b(?:is|was|got) (?:closed|gone|lost|dead|deleted|not mine)\b|\blost (?:the old (?:one|mail\w*|inbox)|access|it)\b|^\W*closed\W*$/i;

/** Whether somebody says that they cannot use their mailbox. */
export const cannotUseIt = (text: string): boolean => NO_MAILBOX.test(text) || isReadByOthers(text);

/** Why somebody cannot use the mailbox on their record, where their words tell it. */
export const troubleIn = (text: string): { readonly trouble?: 'lost' | 'shared' } =>
  isReadByOthers(text)
    ? { trouble: 'shared' }
    : NO_MAILBOX.test(text) && !isQuestion(text)
      ? { trouble: 'lost' }
      : {};
