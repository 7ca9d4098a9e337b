import type { AboutStaff } from '../../services/cases';
import { KIND_WORDS, namesTheManager } from '../../services/caseWords';
import { findName, findPhone } from '../../services/entities';
import { triage } from '../../services/triage';
import type { Understood } from '../../services/understanding/types';
import { isQuestion } from '../answers';
import { report as words, REPORT_KINDS } from '../wording';
import { nextSlot, withMore, withOwnEmail, withStory, type Draft, type Slot } from './draft';
import { saidBeside, wishesAway } from './beside';
import { declines, takeEmail, takeEmailPrivate, undecided } from './mailbox';
import { correctedTime, takeNoticed } from './noticing';
import { ownEmail, ownPhone, plainName, SHORT, tellsWhatHappened, withFacts } from './readings';
import {
  ask,
  countWords,
  DONT_KNOW,
  taken,
  unclear,
  withReport,
  type DraftStep,
  type Reading,
} from './steps';

type Reader = (draft: Draft, reading: Reading) => DraftStep;

/** Reads the answer to the question that was asked; a story that goes on is kept, whatever was asked. */
export function takeSlot(draft: Draft, reading: Reading): DraftStep {
  const text = reading.text.replaceAll('’', "'");
  if (draft.asking === 'freeze') return taken(draft);
  const plain = { ...reading, text };
  const step = READERS[draft.asking](draft, plain);
  if (step.outcome !== 'unclear' || draft.report.whatHappened === '') return step;
  const beside = saidBeside(draft, plain);
  if (beside && beside.outcome !== 'more') return beside;
  if (step.say === words.noticedImpossible || !tellsMore(draft, plain)) return beside ?? step;
  const { state } = beside ?? { state: draft };
  return { outcome: 'more', state: withMore(state, reading.text), say: words.moreAdded };
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
  countWords(text) >= MORE_WORDS &&
  !isQuestion(text) &&
  !says(text, SEND) &&
  (understood.intent === 'report_security' ||
    understood.bestIntent === 'report_security' ||
    ADDS.test(text) ||
    triage(text).urgency !== 'normal' ||
    draft.asking === 'aboutStaff' ||
    (['noticed', 'email'].includes(draft.asking) && countWords(text) > MORE_WORDS) ||
    (['confirm', 'emailPrivate'].includes(draft.asking) && countWords(text) >= STORY_WORDS));

function takeStory(draft: Draft, { text, now, zone }: Reading): DraftStep {
  const question = draft.kind === 'question' && countWords(text) > 1;
  if (question || tellsWhatHappened(text)) return taken(withStory(draft, text, now, zone));
  const told = withOwnEmail({ ...draft, report: withFacts(draft.report, text, now, zone) }, text);
  return { outcome: 'ask', state: told, say: words.whatHappenedUnclear };
}

function takeAboutStaff(draft: Draft, { text, understood }: Reading): DraftStep {
  const about = staffIn(text, understood);
  return about ? taken({ ...draft, aboutStaff: about }) : unclear(words.aboutStaffUnclear);
}

const WORKS_HERE =
  /\b(?:agents?|technicians?|engineers?|employees?|staff|(?:your|the) (?:support|men|man|guys?|lady|woman|people|person|caller)|works? (?:here|there|for you|at comantra))\b/i;
const NOT_STAFF = /\b(?:not|isn'?t|wasn'?t|never|nobody|no ?one)\b/i;
const SENDS = /\b(?:send|submit)\b/i;
const REFUSES = /\bnone of your\b|^\W*why\b/i;

/** The privacy manager goes first: a case about them must not reach them. */
function staffIn(text: string, understood: Understood): AboutStaff | undefined {
  if (namesTheManager(text)) return 'privacy_manager';
  if (REFUSES.test(text) || (SENDS.test(text) && says(text, SEND))) return undefined;
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
  const skips =
    declines(text) ||
    says(text, SEND) ||
    understood.intent === 'no' ||
    understood.intent === 'cancel';
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
  if (wishesAway(text)) return ask(draft, 'drop');
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
  const about = OF_STAFF.test(text) ? staffIn(text, reading.understood) : undefined;
  if (about) return taken({ ...draft, aboutStaff: about });
  const noticed = correctedTime(draft, reading);
  if (noticed) return noticed;
  if (/[^\s@]@[^\s@]/.test(text) || text.length > SHORT) return undefined;
  const slot = SLOT_NAMES.find(([pattern]) => pattern.test(text))?.[1];
  return slot && ask(draft, slot);
}

/** Names somebody who works here, with what is true of it; the bare word asks the question again. */
const OF_STAFF =
  /\bworks? t?here\b|\b(?:about|of|by|is|was) (?:an? |your |the )?(?:staff|agent|technician|employee|engineer)\b/i;
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

const KEEPS = /^\W*(?:no|nope|nah|nahi|don'?t|do not|keep|go on|continue|wait)\b/i;

/** Asked only when the customer's words may have meant to drop it. */
function takeDrop(draft: Draft, { text, understood }: Reading): DraftStep {
  if (understood.intent === 'no' || KEEPS.test(text)) return ask(draft, nextSlot(draft));
  const yes = /^\W*(?:yes|yeah|yep|haan|drop)\b/i.test(text) || understood.intent === 'yes';
  return yes || wishesAway(text) ? { outcome: 'drop' } : unclear(words.drop);
}
