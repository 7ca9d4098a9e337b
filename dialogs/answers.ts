import type { TurnContext } from 'botbuilder';
import { namesTheManager } from '../services/caseWords';
import { asksToHold, triage } from '../services/triage';
import type { Understood } from '../services/understanding/types';
import type { Desk } from './desk';
import { stateOf, understoodOf, type DeskState } from './deskState';
import { answerFrom, passageChoices, suggesting } from './messages';
import { policyWords } from './wording';
import { password } from './wording/record';
import { wordsOf } from './words';

/** Not for somebody who has just reported: it would read as blame. */
const NEVER_TO_REPORTERS: ReadonlySet<string> = new Set(['account.liability']);

/** Whether the best answer is one that somebody who reports must not be given. */
export const barredFromReporters = ({ offered }: Pick<Understood, 'offered'>): boolean =>
  NEVER_TO_REPORTERS.has(offered[0] ?? '');

/** What has to be said with a passage, since the desk does otherwise; said before it, and marked as not the policy's. */
const LEADS: Readonly<Record<string, string>> = { 'password.forgot': password.leadAsked };

/** The passages that the dialogs quote; a test holds them to the policy. */
export const QUOTED = ['update.how', 'password.forgot', 'children.under13'] as const;

/** Shows one passage, verbatim and cited; gives the id of the message. */
export async function showPassage(
  context: TurnContext,
  desk: Desk,
  id: string,
  lead?: string,
): Promise<string | undefined> {
  const passage = desk.policy.passages.get(id);
  if (!passage) throw new Error(`The policy has no passage ${id}.`);
  const sent = await context.sendActivity(answerFrom(passage, desk.publicUrl, lead ?? LEADS[id]));
  return sent?.id;
}

/**
 * Answers a policy question with its passage, or with a choice where several come close; tells which.
 * @param lead words of ours that go before.
 */
export async function answerQuestion(
  context: TurnContext,
  desk: Desk,
  understood: Pick<Understood, 'offered'>,
  lead?: string,
): Promise<'answer' | 'choice'> {
  const state = stateOf(context);
  const ids = understood.offered.filter((id) => !(state.reported && NEVER_TO_REPORTERS.has(id)));
  const [only] = ids;
  if (ids.length === 1 && only !== undefined) {
    const own = LEADS[only];
    await showPassage(context, desk, only, [lead, own].filter(Boolean).join('\n\n'));
    return 'answer';
  }
  state.choices = passageChoices(desk.policy, ids);
  rememberQuestion(context, understood);
  await context.sendActivity(
    suggesting(
      lead === undefined ? policyWords.choose : `${lead} ${policyWords.choose}`,
      state.choices.map(({ label }) => label),
    ),
  );
  return 'choice';
}

/** Only words that are the whole question can be an example of what was chosen. */
function rememberQuestion(context: TurnContext, answered: Pick<Understood, 'offered'>): void {
  const state = stateOf(context);
  const own = understoodOf(context);
  delete state.choicesFor;
  if (answered === own && !own.inContext && !own.alsoAsked)
    state.choicesFor = wordsOf(context.activity);
}

/**
 * Shows the passage that the customer chose, where the text chooses one of those offered; gives its id. What was
 * offered is over either way.
 */
export async function takeChoice(
  context: TurnContext,
  desk: Desk,
  text: string,
): Promise<string | undefined> {
  const state = stateOf(context);
  const { choices = [], choicesFor } = state;
  const chosen = chosenPassage(state, text);
  delete state.choices;
  delete state.choicesFor;
  if (chosen === undefined) return undefined;
  await showPassage(context, desk, chosen);
  const { conversation, id: activityId = '' } = context.activity;
  const offered = choices.map(({ id }) => id);
  await desk.choices.taken({
    ...{ conversationId: conversation.id, activityId, offered, chosen },
    text: choicesFor,
  });
  return chosen;
}

const ORDINALS = ['first', 'second', 'third'];

/** The passage that the customer chose from those offered: by its words, its number or its place. */
function chosenPassage(state: DeskState, text: string): string | undefined {
  const said = text.trim().toLowerCase();
  const index = (state.choices ?? []).findIndex(
    ({ label }, place) =>
      said === label.toLowerCase() ||
      said === String(place + 1) ||
      said.replace(/^the | one$/g, '') === ORDINALS[place],
  );
  return state.choices?.[index]?.id;
}

const QUESTION =
  /\?\s*$|^\W*(?:(?:wait|hold on|before that|actually|no|first|sorry|btw|by the way|ok|okay|and|but|so|also|then)\W+)*(?:(?:please |kindly )?tell me (?:first )?(?:if|who|what|why|how|when|where|which|whether)|do|does|did|is|are|am|can|could|will|would|should|may|what|who|whom|whose|why|how|when|where|which)\b/i;

/** Whether the words are put as a question. */
export const isQuestion = (text: string): boolean => QUESTION.test(text.slice(0, 500));

const OWN = /\b(?:i|i've|me|my|mine|we|our|us)\b/i;
const HARM =
  /\b(?:gone|lost|losing|stolen|stole|wiped|deleted|destroyed|ruined|hacked|leaked|copied|kept|opened|charged|took|taken|(?:was|were|been|has|have) (?:read|seen|shared|sold)|looked (?:through|at|into)|went through|read my|received some|came to my|shared my|sold my|used my|knows? my)\b/i;
const SHORTEST_STORY = 5;
const SUPPOSES = /^\W*(?:if|when|suppose|in case|let'?s say)\b/i;

/**
 * Whether somebody tells what happened to them, rather than asks: no passage is held against them before they were
 * asked whether it is a report.
 */
export function tellsOfHarm(text: string): boolean {
  const words = text.slice(0, 500).replaceAll('’', "'");
  if (isQuestion(words) || SUPPOSES.test(words)) return false;
  if (words.split(/\s+/).length < SHORTEST_STORY) return false;
  return (
    (OWN.test(words) && HARM.test(words)) ||
    namesTheManager(words) ||
    triage(words).urgency !== 'normal'
  );
}

const ASKS_WITHIN =
  /\?|[,.;:!]\s*(?:(?:and|but|so|then)\s+)?(?:whose|who|what|how|when|where|which|do you|does|can|could|will|would|is it)\b/i;
const SURELY_ASKED = 0.9;

/** Whether somebody asks about the policy, however they lead up to it, and reports nothing that has to be seen to. */
export const surelyAsks = (text: string, { score }: Understood): boolean =>
  score >= SURELY_ASKED && ASKS_WITHIN.test(text.slice(0, 500)) && !reportsHarm(text);

/** Whether the words are a report even where they ask something: somebody got in, or something got out. */
export const reportsHarm = (text: string): boolean =>
  OWN.test(text) && triage(text).urgency !== 'normal' && !HYPOTHETICAL.test(text);

/** Whether somebody is being harmed, or tells that they were: whatever was asked or offered has to wait. */
export const isUrgent = (text: string): boolean =>
  triage(text).danger !== undefined || asksToHold(text) || reportsHarm(text) || tellsOfHarm(text);

const HYPOTHETICAL =
  /\b(?:if|when|whenever|in case|suppose|should (?:i|my|some)|could|can|would|might|what happens)\b/i;

const CHILDS_DATA =
  /\b(?:you|comantra|your (?:company|agent|technician|system))\b.{0,40}\b(?:hold|have|has|keep|store|collected|took|got|recorded)\b.{0,40}\b(?:child(?:ren)?|son|daughter|kid|boy|girl|grandson|granddaughter)['’]?s?\b.{0,20}\b(?:data|details|name|information|number|e-?mail|address|record|account)\b/i;

const CHILD =
  /\b(?:(?:my|our|his|her|the) (?:little )?(?:child(?:ren)?|son|daughter|kid|boy|girl|grandson|granddaughter|nephew|niece)|(?:mother|father|mum|mom|dad|parent|guardian|aunt|uncle|grandmother|grandfather) of)\b/i;
const YOUNG =
  /\b(?:(?:is|was|aged?|only|just|turned) (?:[1-9]|1[0-2])|(?:[1-9]|1[0-2])[ -](?:years?|yrs?)[ -]?old|under (?:1[0-3]|thirteen)|minor)\b/i;
const THEIR_DATA =
  /\b(?:account|sign(?:ed)? ?up|regist\w+|data|details|information|e-?mail|photos?)\b/i;

/** Whether somebody says that we hold a child's data; policy: children.under13. */
export const tellsOfChildsData = (text: string): boolean =>
  !isQuestion(text) && (CHILDS_DATA.test(beginning(text)) || isAboutYoung(beginning(text)));

const beginning = (text: string): string => text.slice(0, 500).replaceAll('’', "'");
const isAboutYoung = (text: string): boolean =>
  CHILD.test(text) && YOUNG.test(text) && THEIR_DATA.test(text);
