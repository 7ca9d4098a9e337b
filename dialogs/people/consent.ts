import { CardFactory, MessageFactory, type Activity } from 'botbuilder';
import type { Consent } from '../../services/consents';
import type { Policy } from '../../services/policy';
import { quoting, suggesting, unformatted } from '../messages';
import { CONSENT, consent as words } from '../wording/handoff';

/** What the customer has to know before they let somebody use their computer. */
export const CONSENT_PASSAGES = [
  'remote.access',
  'remote.minimise',
  'remote.your_responsibility',
] as const;

/** Asks for the consent to a remote session, in the policy's words. */
export function consentQuestion(
  { askedBy, scope, minutes }: Pick<Consent, 'askedBy' | 'scope' | 'minutes'>,
  policy: Policy,
  publicUrl: string,
): Partial<Activity> {
  const passages = CONSENT_PASSAGES.map((id) => {
    const passage = policy.passages.get(id);
    if (!passage) throw new Error(`The policy has no passage ${id}.`);
    return passage;
  });
  const lead = words.lead(unformatted(askedBy.name), unformatted(scope), minutes);
  const { suggestedActions } = suggesting('', [CONSENT.yes, CONSENT.no]);
  return {
    ...quoting(passages, publicUrl, lead, words.ask),
    ...(suggestedActions ? { suggestedActions } : {}),
  };
}

/** Says that the consent was given, with a button that stays. */
export const consentGiven = (agent: string, until: string): Partial<Activity> => ({
  ...MessageFactory.attachment(
    CardFactory.heroCard('', [], [{ type: 'imBack', title: CONSENT.stop, value: CONSENT.stop }]),
    words.given(agent, until),
  ),
  textFormat: 'plain',
});

/** The whole message, and no mere “yes”, which may answer something else that the person asked. */
const AGREES =
  /^\W*(?:(?:yes|ok|okay|sure|no problem)\W+)?(?:i (?:do )?(?:agree|consent)(?: to (?:this|it|that))?|agreed)\W*$/i;
const REFUSES =
  /^\W*(?:(?:no|sorry)\W+)*(?:i (?:do not|don'?t|will not|won'?t) (?:agree|consent|want (?:this|that|it))\b.*|i refuse\b.*|no|nope|nahi|never|refused?)\W*$/i;

/** What somebody answers to the question for their consent; undefined when it is neither. */
export function consentIn(text: string): 'given' | 'refused' | undefined {
  const said = text.replaceAll('’', "'");
  if (AGREES.test(said)) return 'given';
  return REFUSES.test(said) ? 'refused' : undefined;
}

const TAKES_BACK =
  /^\W*(?:please |pls )?(?:stop|halt)\W*$|(?<!\b(?:do not|don't|never) )\b(?:stop|end|cancel|revoke|withdraw|take back|disconnect|close)\b.{0,25}\b(?:remote|session|access|consent|screen|sharing|teamviewer|anydesk|connection|control)\b|\b(?:get (?:out|off)|leave)\b.{0,20}\b(?:computer|laptop|machine|pc|screen)\b|\bstop (?:it|this|that|now|him|her|them)\b|\bdo(?:n'?t| not) (?:want|allow) (?:this|it|that|him|her|them|you)\b/i;

/** Whether somebody takes a consent back; for whoever has given one. */
export const takesBack = (text: string): boolean => TAKES_BACK.test(text.replaceAll('’', "'"));
