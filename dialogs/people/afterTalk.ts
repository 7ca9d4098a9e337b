import type { TurnContext } from 'botbuilder';
import type { Handoff } from '../../services/handoffs';
import type { Understood } from '../../services/understanding/types';
import { isUrgent } from '../answers';
import type { Desk } from '../desk';
import type { DeskState } from '../deskState';
import { suggesting } from '../messages';
import { MENU, NO, YES } from '../wording';
import { afterTalk as words, RATINGS, SKIP_RATING } from '../wording/handoff';

/** Asks how a talk was; what comes next may answer it, or be anything else. */
export async function askAfterTalk(
  context: TurnContext,
  state: DeskState,
  { id, provedCustomerId }: Pick<Handoff, 'id' | 'provedCustomerId'>,
): Promise<void> {
  state.afterTalk = {
    ...{ handoffId: id, asked: 'rating' },
    transcript: provedCustomerId !== undefined,
  };
  await context.sendActivity(suggesting(words.rate, [...RATINGS, SKIP_RATING]));
}

/** Takes an answer to what was asked after a talk; false when the message is something else, and nothing is asked any more. */
export async function takeAfterTalk(
  context: TurnContext,
  desk: Desk,
  state: DeskState,
  { text, understood }: { readonly text: string; readonly understood: Understood },
): Promise<boolean> {
  const asked = state.afterTalk;
  if (!asked) return false;
  delete state.afterTalk;
  if (isUrgent(text) || understood.intent === 'report_security') return false;
  if (asked.asked === 'transcript')
    return takeTranscript(context, desk, asked.handoffId, understood);
  const rating = ratingIn(text);
  const skips = text.toLowerCase() === SKIP_RATING.toLowerCase() || understood.intent === 'no';
  if (rating === undefined && !skips) return false;
  if (rating !== undefined) await desk.handoffs.rate(asked.handoffId, rating);
  if (!asked.transcript) {
    await context.sendActivity(suggesting(`${words.thanks} ${words.back}`, Object.values(MENU)));
    return true;
  }
  state.afterTalk = { ...asked, asked: 'transcript' };
  await context.sendActivity(suggesting(`${words.thanks} ${words.transcript}`, [YES, NO]));
  return true;
}

async function takeTranscript(
  context: TurnContext,
  desk: Desk,
  handoffId: string,
  { intent }: Understood,
): Promise<boolean> {
  if (intent !== 'yes' && intent !== 'no') return false;
  const said =
    intent === 'no'
      ? words.notMailed
      : (await desk.handoffs.mailTranscript(handoffId)) === 'mailed'
        ? words.mailed
        : words.notPossible;
  await context.sendActivity(suggesting(said, Object.values(MENU)));
  return true;
}

/** The whole message, or it is something else that happens to begin so. */
const STARS =
  /^\W*(?:([1-5])(?: ?stars?| ?points?| out of (?:5|five)| ?\/ ?5)?|([45])\W+(?:very )?good|([12])\W+(?:very )?bad)[\s.!]*$/i;
const WORDS: readonly (readonly [RegExp, number])[] = [
  [/^\W*(?:very bad|terrible|awful|worst)\W*$/i, 1],
  [/^\W*bad\W*$/i, 2],
  [/^\W*(?:average|so-so)\W*$/i, 3],
  [/^\W*good\W*$/i, 4],
  [/^\W*(?:very good|great|excellent|perfect|super)\W*$/i, 5],
];

/** A rating from 1 to 5 in an answer. */
function ratingIn(text: string): number | undefined {
  const stars = STARS.exec(text);
  // One of the three groups is filled.
  if (stars) return Number(stars.slice(1).join(''));
  return WORDS.find(([pattern]) => pattern.test(text))?.[1];
}
