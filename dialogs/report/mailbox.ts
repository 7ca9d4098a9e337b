import { findEmail } from '../../services/entities';
import { isQuestion } from '../answers';
import { unformatted } from '../messages';
import { report as words } from '../wording';
import type { Draft } from './draft';
import { ownEmail, SHORT, withFacts } from './readings';
import {
  countWords,
  DONT_KNOW,
  taken,
  unclear,
  withReport,
  type DraftStep,
  type Reading,
} from './steps';

const DECLINES =
  /^\W*(?:(?:no|i|i'?d|please|sorry|prefer|would|just|rather|can|we)\W+){0,4}(?:leave (?:it|that|this) out|(?:no|without(?: an?)?) (?:e-?mail|address|mail|thanks?|thank you|phone|number)|anonymous(?:ly)?|rather not|prefer not(?: to)?|(?:don'?t|do not) (?:have|want|use|wish|like)\b.*|none|skip(?: it| this)?|no|nope|nah|nahi)\W*(?:please|thanks?|thank you)?\W*$/i;

/** Whether an answer leaves out what it was asked for. */
export const declines = (text: string): boolean => text.length <= SHORT && DECLINES.test(text);

/** The same said of an address, with more words around it. */
const HAS_NONE =
  /\b(?:leave (?:it|that|this)|skip|no (?:e-?mail|mail|address)|(?:have|got|use|using) no(?:t any)? (?:e-?mail|mail|address|computer)|without (?:an? )?(?:e-?mail|mail|address)|(?:don'?t|do not|haven'?t) (?:have|got|use|want|like) (?:an? |any |one|my |to give )?(?:e-?mail|mail|address)?|forget (?:the |my |about )?(?:e-?mail|mail|address)|anonymous\w*|rather not|prefer not)\b/i;

export function takeEmail(draft: Draft, { text, now, zone }: Reading): DraftStep {
  const email = ownEmail(text) ?? findEmail(text);
  if (email) {
    const report = withFacts(draft.report, text, now, zone);
    return taken({ ...undecided({ ...draft, report }), emailRead: email });
  }
  const leaves = declines(text) || (HAS_NONE.test(text) && text.length <= SHORT);
  return leaves && !isQuestion(text)
    ? taken(withoutEmail(draft), words.emailLeft)
    : unclear(words.emailUnclear);
}

/** How the answer reaches the customer is open again. */
export function undecided({ contact: _contact, emailRead: _read, ...draft }: Draft): Draft {
  const { email: _email, mailboxShared: _shared, ...report } = draft.report;
  return { ...draft, report };
}

const withoutEmail = (draft: Draft, mailboxShared = false): Draft => ({
  ...withReport(undecided(draft), mailboxShared ? { mailboxShared } : {}),
  contact: 'pin',
});

const NOBODY = /\b(?:nobody|no ?one)(?: else)?(?: can| does| has| reads?| knows?)?\b/gi;
const AGREES = /\b(?:yes|yeah|yep|yup|ya|haan|ok(?:ay)?|ji|sir|madam)\b/gi;
const SOMEBODY =
  /\b(?:yes|yeah|yep|yup|ya|haan|too|also|as well|we|our|share[sd]?|sharing|has access|have access|sometimes|knows?|somebody|someone|others?|everybody|think so|probably|possibly|might|could|may|husband|wife|partner|boyfriend|girlfriend|ex|son|daughter|kids?|child(?:ren)?|mother|father|mum|mom|dad|parents?|brother|sister|grandson|granddaughter|family|friends?|boss|company|secretary|colleagues?|team|office|staff|he|she|they)\b/i;
/** Longer words without any of these go on with the story instead of answering. */
const OF_A_MAILBOX =
  /\b(?:read|reads|see|sees|open|opens|access|mail\w*|e-?mail\w*|inbox|password|shar\w*|log\w*|same|use|uses|check\w*)\b/i;
const STORY_WORDS = 6;
const ONLY_ME =
  /^\W*(?:(?:no|nope|nah|nahi|never)\W*)?(?:(?:it'?s |that'?s )?(?:only|just) (?:me|mine|i|myself)|i alone|only i (?:can|do)|mine only|private)?\W*(?:thanks?|thank you)?\W*$/i;
const MINE_ALONE = /\b(?:(?:only|just) (?:me|mine|myself|i)|i alone|mine only|me only)\b/i;
const WRONG =
  /\b(?:wrong|incorrect|mistake|typo|misspelt|misspelled|not (?:right|mine|correct|my address))\b/i;

export function takeEmailPrivate(draft: Draft, { text }: Reading): DraftStep {
  const corrected = findEmail(text);
  if (corrected) return taken({ ...undecided(draft), emailRead: corrected });
  if (WRONG.test(text)) return taken(undecided(draft));
  const again = words.emailPrivate(unformatted(draft.emailRead ?? ''));
  if (countWords(text) >= STORY_WORDS && !OF_A_MAILBOX.test(text) && !MINE_ALONE.test(text))
    return unclear(again);
  const said = text.replace(NOBODY, ' ');
  // “Yes, only me” agrees to what the question is after, not to its words.
  const mine = MINE_ALONE.test(said) && !SOMEBODY.test(said.replace(AGREES, ' '));
  if (DONT_KNOW.test(said) || (SOMEBODY.test(said) && !mine))
    return taken(withoutEmail(draft, true), words.emailDropped);
  const alone = mine || ONLY_ME.test(said) || (said !== text && said.length <= SHORT);
  const { emailRead } = draft;
  if (!alone || !emailRead) return unclear(again);
  return taken({ ...withReport(undecided(draft), { email: emailRead }), contact: 'email' });
}
