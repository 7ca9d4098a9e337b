import type { AboutStaff, Report } from '../../services/cases';
import { KIND_WORDS, namesTheManager } from '../../services/caseWords';
import { findEmail, findName, findNoticed, findPhone } from '../../services/entities';
import { triage } from '../../services/triage';
import type { Understood } from '../../services/understanding/types';
import { isQuestion } from '../answers';
import type { Step } from '../formDialog';
import { unformatted } from '../messages';
import { report as words, REPORT_KINDS } from '../wording';
import { nextSlot, withMore, withOwnEmail, withStory, type Draft, type Slot } from './draft';
import { ownEmail, ownPhone, plainName, SHORT, tellsWhatHappened, withFacts } from './readings';

/** What an answer is read with. */
export interface Reading {
  readonly text: string;
  readonly understood: Understood;
  readonly now: Date;
  /** IANA name of the company's time zone. */
  readonly zone: string;
}

type DraftStep = Step<Draft>;
type Reader = (draft: Draft, reading: Reading) => DraftStep;

const taken = (state: Draft, say?: string): DraftStep => ({
  outcome: 'taken',
  state,
  ...(say ? { say } : {}),
});
const ask = (state: Draft, asking: Slot): DraftStep => ({
  outcome: 'ask',
  state: { ...state, asking },
});
const unclear = (say: string): DraftStep => ({ outcome: 'unclear', say });
const withReport = (draft: Draft, changes: Partial<Report>): Draft => ({
  ...draft,
  report: { ...draft.report, ...changes },
});

/** Reads the answer to the question that was asked; a story that goes on is kept, whatever was asked. */
export function takeSlot(draft: Draft, reading: Reading): DraftStep {
  const text = reading.text.replaceAll('’', "'");
  if (draft.asking === 'freeze') return taken(draft);
  const step = READERS[draft.asking](draft, { ...reading, text });
  const goesOn =
    draft.report.whatHappened !== '' &&
    step.outcome === 'unclear' &&
    tellsMore(draft, { ...reading, text });
  if (!goesOn) return step;
  const more = withMore(draft, reading.text);
  return { outcome: 'more', state: more, say: words.moreAdded };
}

const READERS: Readonly<Record<Exclude<Slot, 'freeze'>, Reader>> = {
  whatHappened: takeStory,
  noticed: takeNoticed,
  email: takeEmail,
  emailPrivate: takeEmailPrivate,
  aboutStaff: takeAboutStaff,
  details: takeDetails,
  confirm: takeConfirm,
  change: takeChange,
  kind: takeKind,
  drop: takeDrop,
};

const MORE_WORDS = 4;
const STORY_WORDS = 6;

/** Whether the words tell more of what happened rather than answer anything. */
const tellsMore = (draft: Draft, { text, understood }: Reading): boolean =>
  text.split(/\s+/).length >= MORE_WORDS &&
  !isQuestion(text) &&
  (understood.intent === 'report_security' ||
    understood.bestIntent === 'report_security' ||
    ADDS.test(text) ||
    triage(text).urgency !== 'normal' ||
    draft.asking === 'aboutStaff' ||
    (['confirm', 'emailPrivate'].includes(draft.asking) &&
      text.split(/\s+/).length >= STORY_WORDS));

function takeStory(draft: Draft, { text, now, zone }: Reading): DraftStep {
  const question = draft.kind === 'question' && text.split(/\s+/).length > 1;
  if (question || tellsWhatHappened(text)) return taken(withStory(draft, text, now, zone));
  const told = withOwnEmail({ ...draft, report: withFacts(draft.report, text, now, zone) }, text);
  return { outcome: 'ask', state: told, say: words.whatHappenedUnclear };
}

const DONT_KNOW =
  /\b(?:don'?t (?:know|remember|recall)|do not (?:know|remember)|not sure|unsure|no idea|cannot say|can'?t say|unknown|dunno|maybe|perhaps)\b/i;
const VAGUE_TIME =
  /\b(?:ago|back|last|weeks?|months?|years?|recent\w*|while|long|since|few|couple|morning|night|evening|noon|days?|before|after|earlier|ages)\b/i;
const SHORT_NO = 12;
const TRAILING = /[\s,.;:]+$/;

function takeNoticed(draft: Draft, { text, understood, now, zone }: Reading): DraftStep {
  const found = isQuestion(text) ? undefined : findNoticed(text, now, zone);
  const told = (noticed: Report['noticed']): DraftStep =>
    taken(
      withOwnEmail(
        { ...draft, report: withFacts({ ...draft.report, noticed }, text, now, zone) },
        text,
      ),
    );
  if (found?.outcome === 'found')
    return told({ words: text.slice(0, SHORT).replace(TRAILING, ''), date: found.date });
  if (found?.outcome === 'impossible') return unclear(words.noticedImpossible);
  if (found?.outcome === 'future') return unclear(words.noticedFuture);
  const declined = understood.intent === 'no' && text.length <= SHORT_NO;
  const vague = DONT_KNOW.test(text) || declined || VAGUE_TIME.test(text);
  return vague && !isQuestion(text) && text.length <= SHORT
    ? told({ words: text })
    : unclear(words.noticedUnclear);
}

const DECLINES =
  /^\W*(?:(?:no|i|i'?d|please|sorry|prefer|would|just|rather|can|we)\W+){0,4}(?:leave (?:it|that|this) out|(?:no|without(?: an?)?) (?:e-?mail|address|mail|thanks?|thank you|phone|number)|anonymous(?:ly)?|rather not|prefer not(?: to)?|(?:don'?t|do not) (?:have|want|use|wish|like)\b.*|none|skip(?: it| this)?|no|nope|nah|nahi)\W*(?:please|thanks?|thank you)?\W*$/i;
const declines = (text: string): boolean => text.length <= SHORT && DECLINES.test(text);

function takeEmail(draft: Draft, { text, now, zone }: Reading): DraftStep {
  const email = ownEmail(text) ?? findEmail(text);
  if (email) {
    const report = withFacts(draft.report, text, now, zone);
    return taken({ ...undecided({ ...draft, report }), emailRead: email });
  }
  return declines(text) ? taken(withoutEmail(draft), words.emailLeft) : unclear(words.emailUnclear);
}

/** How the answer reaches the customer is open again. */
function undecided({ contact: _contact, emailRead: _read, ...draft }: Draft): Draft {
  const { email: _email, mailboxShared: _shared, ...report } = draft.report;
  return { ...draft, report };
}

const withoutEmail = (draft: Draft, mailboxShared = false): Draft => ({
  ...withReport(undecided(draft), mailboxShared ? { mailboxShared } : {}),
  contact: 'pin',
});

const NOBODY = /\b(?:nobody|no ?one)(?: else)?(?: can| does| has| reads?| knows?)?\b/gi;
const SOMEBODY =
  /\b(?:yes|yeah|yep|yup|ya|haan|too|also|as well|we|our|share[sd]?|sharing|has access|have access|sometimes|knows?|somebody|someone|others?|everybody|think so|probably|possibly|might|could|may|husband|wife|partner|boyfriend|girlfriend|ex|son|daughter|kids?|child(?:ren)?|mother|father|mum|mom|dad|parents?|brother|sister|grandson|granddaughter|family|friends?|boss|company|secretary|colleagues?|team|office|staff|he|she|they)\b/i;
/** Longer words without any of these go on with the story instead of answering. */
const OF_A_MAILBOX =
  /\b(?:read|reads|see|sees|open|opens|access|mail\w*|e-?mail\w*|inbox|password|shar\w*|log\w*|same|use|uses|check\w*)\b/i;
const ONLY_ME =
  /^\W*(?:(?:no|nope|nah|nahi|never)\W*)?(?:(?:it'?s |that'?s )?(?:only|just) (?:me|mine|i|myself)|i alone|only i (?:can|do)|mine only|private)?\W*(?:thanks?|thank you)?\W*$/i;
const WRONG =
  /\b(?:wrong|incorrect|mistake|typo|misspelt|misspelled|not (?:right|mine|correct|my address))\b/i;

function takeEmailPrivate(draft: Draft, { text }: Reading): DraftStep {
  const corrected = findEmail(text);
  if (corrected) return taken({ ...undecided(draft), emailRead: corrected });
  if (WRONG.test(text)) return taken(undecided(draft));
  if (text.split(/\s+/).length >= STORY_WORDS && !OF_A_MAILBOX.test(text))
    return unclear(words.emailPrivate(unformatted(draft.emailRead ?? '')));
  const said = text.replace(NOBODY, ' ');
  if (DONT_KNOW.test(said) || SOMEBODY.test(said))
    return taken(withoutEmail(draft, true), words.emailDropped);
  const alone = ONLY_ME.test(said) || (said !== text && said.length <= SHORT);
  const { emailRead } = draft;
  if (!alone || !emailRead) return unclear(words.emailPrivate(unformatted(emailRead ?? '')));
  return taken({ ...withReport(undecided(draft), { email: emailRead }), contact: 'email' });
}

function takeAboutStaff(draft: Draft, { text, understood }: Reading): DraftStep {
  const about = staffIn(text, understood);
  return about ? taken({ ...draft, aboutStaff: about }) : unclear(words.aboutStaffUnclear);
}

const WORKS_HERE =
  /\b(?:agents?|technicians?|engineers?|employees?|staff|(?:your|the) (?:support|men|man|guys?|lady|woman|people|person|caller)|works? (?:here|there|for you|at comantra))\b/i;
const NOT_STAFF = /\b(?:not|isn'?t|wasn'?t|never)\b/i;

/** The privacy manager goes first: a case about them must not reach them. */
function staffIn(text: string, understood: Understood): AboutStaff | undefined {
  if (namesTheManager(text)) return 'privacy_manager';
  if (/^\W*(?:yes|yeah|yep|yup|haan)\b/i.test(text)) return 'staff';
  // Whoever wants to be done with it has accused nobody.
  if (says(text, SEND)) return undefined;
  if (WORKS_HERE.test(text) && !/^\W*no\W*$/i.test(text)) {
    const [before = ''] = text.split(WORKS_HERE);
    if (!NOT_STAFF.test(before.slice(-15))) return 'staff';
  }
  if (/^\W*(?:no|nope|nah|nahi|not|nobody|no ?one)\b/i.test(text) || DONT_KNOW.test(text))
    return 'no';
  if (text.length > SHORT) return undefined;
  if (understood.intent === 'no') return 'no';
  return understood.intent === 'yes' ? 'staff' : undefined;
}

const REMOVES = /^\W*(?:please )?(?:remove|delete|take out|forget|without)\b/i;

function takeDetails(draft: Draft, { text, understood }: Reading): DraftStep {
  const asked = { ...draft, detailsAsked: true };
  if (REMOVES.test(text)) {
    const { name: _name, phone: _phone, ...report } = draft.report;
    return taken({ ...asked, report });
  }
  const phone = findPhone(text);
  const skips = declines(text) || understood.intent === 'no' || understood.intent === 'cancel';
  const name = findName(text) ?? (skips ? undefined : plainName(text));
  if (phone || name)
    return taken(withReport(asked, { ...(phone ? { phone } : {}), ...(name ? { name } : {}) }));
  return skips ? taken(asked) : unclear(words.detailsUnclear);
}

const SEND =
  /^\W*(?:(?:yes|yeah|ok|okay|please|just|haan|and)\W+)*(?:send(?: it| this| that)?|submit(?: it)?|go ahead|proceed|confirm(?:ed)?|correct|right|that'?s (?:right|correct|it)|all (?:good|right|correct)|looks (?:good|right|fine)|it'?s (?:fine|right|correct))(?:\W+(?:please|now|today|thanks|thank you|then|off))*\W*$/i;
const CHANGE =
  /^\W*(?:(?:no|please|wait)\W+)*(?:change(?: something)?|edit|correct (?:it|something)|something(?: is|'s)? wrong|not (?:right|correct)|modify|no|nope|nah|nahi|wait)\W*$/i;
/** Words that go on with the story. */
const ADDS =
  /^\W*(?:also|and|plus|oh|i forgot|one more thing|add|please add|besides|there is more)\b.*\s/i;

const says = (text: string, pattern: RegExp): boolean => text.length <= SHORT && pattern.test(text);

function takeConfirm(draft: Draft, reading: Reading): DraftStep {
  const { text, understood } = reading;
  if (says(text, SEND) || (understood.intent === 'yes' && understood.score === 1))
    return { outcome: 'complete', state: draft };
  if (says(text, CHANGE)) return ask(draft, 'change');
  if (says(text, ADDS) && !ownEmail(text) && !ownPhone(text))
    return taken(withMore(draft, reading.text));
  return corrected(draft, reading) ?? unclear(words.confirmUnclear);
}

/** A correction, either with its value or naming what is wrong. */
function corrected(draft: Draft, reading: Reading): DraftStep | undefined {
  const { text } = reading;
  if (text.length > SHORT * 2) return undefined;
  if (REMOVES.test(text) && DETAILS.test(text)) return takeDetails(draft, reading);
  const email = ownEmail(text);
  if (email) return taken({ ...undecided(draft), emailRead: email });
  const phone = ownPhone(text);
  if (phone) return taken(withReport(draft, { phone }));
  const name = findName(text);
  if (name) return taken(withReport(draft, { name }));
  const noticed = correctedTime(draft, reading);
  if (noticed) return noticed;
  if (/[^\s@]@[^\s@]/.test(text) || text.length > SHORT) return undefined;
  const slot = SLOT_NAMES.find(([pattern]) => pattern.test(text))?.[1];
  return slot && ask(draft, slot);
}

const TIME_WORDS_MOST = 6;

function correctedTime(draft: Draft, { text, now, zone }: Reading): DraftStep | undefined {
  if (text.split(/\s+/).length > TIME_WORDS_MOST) return undefined;
  const found = findNoticed(text, now, zone);
  return found?.outcome === 'found'
    ? taken(withReport(draft, { noticed: { words: found.words, date: found.date } }))
    : undefined;
}

const DETAILS = /\b(?:name|phone|telephone|number|mobile)\b/i;
const SLOT_NAMES: readonly (readonly [RegExp, Slot])[] = [
  [/\b(?:happened|story|text|description|wrote|words)\b/i, 'whatHappened'],
  [/\b(?:when|time|date|noticed|day)\b/i, 'noticed'],
  [/\b(?:e-?mail|mail|address)\b/i, 'email'],
  [/\b(?:staff|works? here|employee)\b/i, 'aboutStaff'],
  [DETAILS, 'details'],
  [/\b(?:kind|type|sort)\b/i, 'kind'],
];

function takeChange(draft: Draft, reading: Reading): DraftStep {
  const { text } = reading;
  if (says(text, SEND)) return { outcome: 'complete', state: draft };
  if (says(text, /\b(?:nothing|never ?mind|it'?s fine|leave it)\b|^\W*(?:no|nope)\W*$/i))
    return ask(draft, 'confirm');
  return corrected(draft, reading) ?? unclear(words.changeUnclear);
}

const KIND_NAMES: readonly (readonly [RegExp, (typeof REPORT_KINDS)[number]])[] = [
  [/\b(?:breach|leak\w*|phish\w*|fake|scam|fraud|hack\w*|stolen|theft)\b/i, 'breach'],
  [/\b(?:misuse|account|login)\b/i, 'misuse'],
  [/\b(?:complain\w*|rude|staff|marketing)\b/i, 'complaint'],
];

function takeKind(draft: Draft, { text }: Reading): DraftStep {
  if (says(text, /\b(?:leave it|never ?mind|keep)\b/i)) return ask(draft, 'confirm');
  const said = text.toLowerCase();
  const kind =
    REPORT_KINDS.find((each) => said === KIND_WORDS[each].toLowerCase()) ??
    KIND_NAMES.find(([pattern]) => pattern.test(text))?.[1];
  return kind ? taken({ ...draft, kind, kindChosen: true }) : unclear(words.kind);
}

/** Asked only when the customer's words may have meant to drop it. */
function takeDrop(draft: Draft, { text, understood }: Reading): DraftStep {
  const yes = /^\W*(?:yes|yeah|yep|haan|drop)\b/i.test(text) || understood.intent === 'yes';
  return yes ? { outcome: 'drop' } : ask(draft, nextSlot(draft));
}
