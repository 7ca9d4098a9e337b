import type { RecordField } from '../../models/customerContent';
import { addressesIn } from './addressText';
import { changeText } from './changeText';
import { contactChanges } from './contactChanges';

const MOST_READ = 4000;
const INTRODUCED = String.raw`(?:(?:it|that|this)(?: is|'s| should be| must be)|its|(?:my|our|the)(?: (?:new|full|correct|right|current|postal|mailing|billing|shipping|delivery|home|e-?mail|legal|married|own))* (?:name|address|adress|addr|one)(?: (?:is now|is|will be|should be|now))?|(?:full )?name(?= ?[:=-])|(?:new |mailing |billing |shipping )?address(?= ?[:=-])|please|pls|ok(?:ay)?|yes|sure|well|so|hi|hello|change it to|make it|put|use|write|call me|i am|i'm|new|to|is|now)`;
const LEADING = new RegExp(
  String.raw`^(?:[\s,:="'.-]*(?:${INTRODUCED})(?![\p{L}]))*[\s,:="'.-]*`,
  'iu',
);
const TRAILING =
  /(?:[\s,;.!"']+(?:please|pls|plz|thanks|thank you|thx|thank u|kindly|from now on|now|ok|okay|sir|madam|that's it|that's all|instead|is my (?:new )?(?:name|address)))*[\s,;.!"']*$/iu;
const NO_ANSWER =
  /\?\s*$|^\W*(?:i (?:don'?t|do not|dunno|can'?t|cannot|won'?t|will not|would rather|am not|have no|forgot|want to)|don'?t|dunno|no idea|not sure|why|what|how|who|when|where|which|do you|can you|can i|could|is it|are you|wait|hold on|none|nothing|no|nope|never ?mind|skip|cancel|stop|help|later|same|yes|ok(?:ay)?|sure|thanks|thank you|hello|hi|idk|n\/?a|unknown)\b(?=\W*$|.*\b(?:know|want|tell|say|need|ask|remember|sure|you|idea|it|that|this|have)\b)/iu;

/**
 * Reads an answer to "What is your new …?": what is asked for, without "it's", "please" and the like, not checked.
 * Undefined where the words are none: a question, "I don't know". Telephone numbers come as E.164.
 */
export function readField(field: RecordField, typed: string): string | boolean | undefined {
  const read = changeText(typed);
  switch (field) {
    case 'email':
    case 'phone':
      return contactAnswer(field, read.text);
    case 'newsletter':
    case 'marketingEmail':
    case 'marketingPhone':
    case 'marketingPost':
      return choiceAnswer(read.text);
    case 'name':
      return nameAnswer(read.text);
    case 'mailingAddress':
    case 'shippingAddress':
    case 'billingAddress':
      return addressAnswer(read.text);
  }
}

/** The one that is to stand there, else the first. */
function contactAnswer(field: 'email' | 'phone', text: string): string | undefined {
  const read = changeText(text);
  const told = contactChanges(read).find((each) => each.field === field)?.value;
  const first = field === 'email' ? read.emails[0] : read.phones[0];
  return told ?? first?.value;
}

const stripped = (text: string): string =>
  text.slice(0, MOST_READ).replace(LEADING, '').replace(TRAILING, '').trim();

const MOST_WORDS_OF_A_NAME = 8;

function nameAnswer(text: string): string | undefined {
  if (NO_ANSWER.test(text)) return undefined;
  const name = stripped(
    text.split(/(?<=\p{L}),? (?:not|instead of|with an?|since|because|as i)\b/iu)[0] ?? '',
  );
  const words = name.split(/\s+/);
  return /\p{L}/u.test(name) && words.length <= MOST_WORDS_OF_A_NAME ? name : undefined;
}

function addressAnswer(text: string): string | undefined {
  if (NO_ANSWER.test(text)) return undefined;
  const [found] = addressesIn(text);
  const value = stripped(text);
  // What stands around a whole address is talk: "we live at 5 Elm Road, Pune 411001 since May".
  if (found && !value.startsWith(found.value) && value.includes(found.value) && TALKS.test(value))
    return found.value;
  const cut =
    found && value.startsWith(found.value) && BEHIND.test(value.slice(found.value.length));
  if (cut) return found.value;
  return /[\p{L}\p{N}]/u.test(value) ? value : undefined;
}

const TALKS = /\b(?:i|we|my|moved|live|living|shifted|is|since|please)\b/i;
const BEHIND = /^[\s,.;]*(?:since|from|please|thanks|thank|and my|not|is my|but|because|i|we)\b/i;

const CHOICE_OFF =
  /\b(?:no|nope|nah|off|stop|none|never|don'?t|do not|not|disable|unsubscribe|cancel|remove|without|false|end)\b/i;
const CHOICE_ON =
  /\b(?:yes|yep|yeah|ya|yup|on|sure|ok|okay|keep|please do|enable|start|true|subscribe|sign me up|continue|send|want|like)\b/i;
const KEEP =
  /\b(?:don'?t|do not|never) (?:stop|switch (?:it |them )?off|remove|cancel|unsubscribe)|\bkeep (?:it|them|on|sending)/i;

function choiceAnswer(text: string): boolean | undefined {
  if (/\?\s*$|\b(?:don'?t know|not sure|why|idk|no idea|maybe)\b/i.test(text)) return undefined;
  if (KEEP.test(text)) return true;
  if (CHOICE_OFF.test(text)) return false;
  return CHOICE_ON.test(text) ? true : undefined;
}
