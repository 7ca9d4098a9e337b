import type { AboutStaff, Report } from '../../services/cases';
import { findEmail, findName, findNoticed, findPhone } from '../../services/entities';
import type { Understood } from '../../services/understanding/types';
import type { Step } from '../formDialog';
import { report as words, REPORT_KINDS, kindWords } from '../wording';
import { tellsWhatHappened, withStory, type Draft, type Slot } from './draft';

/** What an answer is read with. */
export interface Reading {
  readonly text: string;
  readonly understood: Understood;
  readonly now: Date;
  /** IANA name of the company's time zone. */
  readonly zone: string;
}

type DraftStep = Step<Draft>;

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

const DONT_KNOW =
  /\b(?:don'?t (?:know|remember|recall)|do not (?:know|remember)|not sure|unsure|no idea|cannot say|can'?t say|unknown|dunno|maybe|perhaps)\b/i;
const DECLINES =
  /\b(?:leave it out|left out|no e-?mail|without|anonymous|rather not|don'?t have|do not have|none|skip|prefer not|don'?t want|do not want|no address)\b/i;
const VAGUE_TIME =
  /\b(?:ago|back|last|weeks?|months?|years?|recent\w*|while|long|since|few|couple|morning|night|evening|noon|days?|before|after|earlier|ages)\b/i;
const SHORT = 80;
const SHORT_NO = 12;

/** Reads the answer to the question that was asked. */
export function takeSlot(draft: Draft, reading: Reading): DraftStep {
  const text = reading.text.replaceAll('’', "'");
  return READERS[draft.asking](draft, { ...reading, text });
}

const READERS: Readonly<Record<Slot, (draft: Draft, reading: Reading) => DraftStep>> = {
  whatHappened: (draft, { text, now, zone }) =>
    draft.kind === 'question' || tellsWhatHappened(text) || (text.length > 8 && text.includes(' '))
      ? taken(withStory(draft, text, now, zone))
      : unclear(words.whatHappenedUnclear),
  noticed: takeNoticed,
  email: takeEmail,
  emailPrivate: takeEmailPrivate,
  aboutStaff: takeAboutStaff,
  details: takeDetails,
  confirm: takeConfirm,
  change: takeChange,
  kind: takeKind,
};

function takeNoticed(draft: Draft, { text, understood, now, zone }: Reading): DraftStep {
  const found = findNoticed(text, now, zone);
  if (found?.outcome === 'found')
    return taken(withReport(draft, { noticed: { words: text.slice(0, SHORT), date: found.date } }));
  if (found?.outcome === 'impossible') return unclear(words.noticedImpossible);
  if (found?.outcome === 'future') return unclear(words.noticedFuture);
  const declined = understood.intent === 'no' && text.length <= SHORT_NO;
  const vague = DONT_KNOW.test(text) || declined || VAGUE_TIME.test(text);
  return vague && text.length <= SHORT
    ? taken(withReport(draft, { noticed: { words: text } }))
    : unclear(words.noticedUnclear);
}

function takeEmail(draft: Draft, { text, understood }: Reading): DraftStep {
  const email = findEmail(text);
  if (email) return taken({ ...draft, emailRead: email });
  if (understood.intent === 'no' || DECLINES.test(text))
    return taken(withoutEmail(draft), words.emailDropped);
  return unclear(words.emailUnclear);
}

function withoutEmail({ emailRead: _read, ...draft }: Draft): Draft {
  const { email: _email, ...report } = draft.report;
  return { ...draft, report, contact: 'pin' };
}

const ONLY_ME = /^\W*(?:no\b|nope\b|nah\b|nobody|no one|none|only me|just me|only i\b|i alone)/i;
const OTHERS_TOO =
  /^\W*(?:yes|yeah|yep|somebody|someone|my (?:husband|wife|partner|son|daughter|mother|father|family|boss|company)|we share|shared|it is shared|others|other people)/i;
const WRONG = /\b(?:wrong|incorrect|mistake|typo|not (?:right|mine|correct)|change)\b/i;

function takeEmailPrivate(draft: Draft, { text, understood }: Reading): DraftStep {
  const corrected = findEmail(text);
  if (corrected) return taken({ ...draft, emailRead: corrected });
  if (WRONG.test(text)) {
    const { emailRead: _read, ...rest } = draft;
    return taken(rest);
  }
  if (DONT_KNOW.test(text) || OTHERS_TOO.test(text) || understood.intent === 'yes')
    return taken(withoutEmail(draft), words.emailDropped);
  if ((ONLY_ME.test(text) || understood.intent === 'no') && draft.emailRead) {
    const { emailRead, ...rest } = draft;
    return taken({ ...withReport(rest, { email: emailRead }), contact: 'email' });
  }
  return unclear(words.emailPrivate(draft.emailRead ?? ''));
}

function takeAboutStaff(draft: Draft, { text, understood }: Reading): DraftStep {
  const about = staffIn(text, understood);
  return about ? taken({ ...draft, aboutStaff: about }) : unclear(words.aboutStaffUnclear);
}

function staffIn(text: string, understood: Understood): AboutStaff | undefined {
  if (/^\W*(?:no|nope|nah|not)\b/i.test(text)) return 'no';
  if (/privacy (?:manager|officer)/i.test(text)) return 'privacy_manager';
  if (understood.intent === 'no' || DONT_KNOW.test(text)) return 'no';
  const yes =
    /^\W*(?:yes|yeah|yep|yup|haan)\b|\b(?:agent|technician|employee|staff|support|works? (?:here|there|for you)|your (?:man|guy|people|person))\b/i;
  return understood.intent === 'yes' || yes.test(text) ? 'staff' : undefined;
}

const NAME_FORM = /^[\p{L}][\p{L}\p{M} .'-]{1,59}$/u;
const MOST_NAME_WORDS = 5;

function takeDetails(draft: Draft, { text, understood }: Reading): DraftStep {
  const asked = { ...draft, detailsAsked: true };
  if (DECLINES.test(text) || understood.intent === 'no') return taken(asked);
  const phone = findPhone(text);
  const name = findName(text) ?? plainName(text);
  if (!phone && !name) return unclear(words.detailsUnclear);
  return taken(withReport(asked, { ...(phone ? { phone } : {}), ...(name ? { name } : {}) }));
}

/** A name typed as it is, perhaps before a number. */
function plainName(text: string): string | undefined {
  const name = text
    .replace(/\+?[\d][\d ()-]{5,}/g, ' ')
    .replace(/[\s,;:]+/g, ' ')
    .replace(
      /\b(?:and )?(?:my )?(?:phone|number|mobile|tel|telephone)(?: number)?(?: is)?\b/gi,
      ' ',
    )
    .trim();
  return NAME_FORM.test(name) && name.split(/\s+/).length <= MOST_NAME_WORDS ? name : undefined;
}

const SEND =
  /^\W*(?:send(?: it)?|submit|go ahead|confirm(?:ed)?|correct|that'?s (?:right|correct|it)|all (?:good|right)|looks good)\b/i;
const CHANGE =
  /^\W*(?:change(?: something)?|edit|correct (?:it|something)|something(?: is)? wrong|modify)\W*$/i;

/** Words that go on with the story. */
const ADDS = /^\W*(?:also|and|plus|oh|i forgot|one more thing|add|please add|besides)\b.*\s/i;

function takeConfirm(draft: Draft, reading: Reading): DraftStep {
  const { text, understood } = reading;
  const correction = correctedBy(draft, reading);
  if (correction) return correction;
  if (SEND.test(text) || understood.intent === 'yes') return { outcome: 'complete', state: draft };
  if (CHANGE.test(text) || understood.intent === 'no') return ask(draft, 'change');
  const slot = slotNamed(text);
  if (slot && text.length <= SHORT) return ask(draft, slot);
  if (understood.intent === 'report_security' || ADDS.test(text))
    return taken(withReport(draft, { whatHappened: `${draft.report.whatHappened}\n${text}` }));
  return unclear(words.confirmUnclear);
}

/** A correction that carries its own value: another address, number or time. */
function correctedBy(draft: Draft, { text, now, zone }: Reading): DraftStep | undefined {
  if (text.length > SHORT * 2) return undefined;
  const email = findEmail(text);
  if (email) {
    const { contact: _contact, ...rest } = draft;
    return taken({ ...rest, emailRead: email });
  }
  const phone = findPhone(text);
  if (phone) return taken(withReport(draft, { phone }));
  const name = findName(text);
  if (name) return taken(withReport(draft, { name }));
  const noticed = findNoticed(text, now, zone);
  if (noticed?.outcome === 'found')
    return taken(withReport(draft, { noticed: { words: text, date: noticed.date } }));
  return undefined;
}

const SLOT_NAMES: readonly (readonly [RegExp, Slot])[] = [
  [/\b(?:happened|story|text|description|wrote|words)\b/i, 'whatHappened'],
  [/\b(?:when|time|date|noticed|day)\b/i, 'noticed'],
  [/\b(?:e-?mail|mail|address)\b/i, 'email'],
  [/\b(?:staff|works? here|employee)\b/i, 'aboutStaff'],
  [/\b(?:name|phone|telephone|number|mobile)\b/i, 'details'],
  [/\b(?:kind|type|sort)\b/i, 'kind'],
];

const slotNamed = (text: string): Slot | undefined =>
  SLOT_NAMES.find(([pattern]) => pattern.test(text))?.[1];

function takeChange(draft: Draft, reading: Reading): DraftStep {
  const slot = reading.text.length <= SHORT ? slotNamed(reading.text) : undefined;
  const correction = correctedBy(draft, reading);
  if (correction) return correction;
  if (slot) return ask(draft, slot);
  if (reading.understood.intent === 'no' || /\bnothing\b/i.test(reading.text))
    return ask(draft, 'confirm');
  return unclear(words.change);
}

function takeKind(draft: Draft, { text }: Reading): DraftStep {
  const said = text.toLowerCase();
  const kind = REPORT_KINDS.find(
    (each) => said.includes(each) || said === kindWords(each).toLowerCase(),
  );
  return kind ? taken({ ...draft, kind, kindChosen: true }) : unclear(words.kind);
}
