import type { Intent } from './types';
import type { NormalText } from './normalise';

/** The short messages that mean the same in every conversation, several to a line, separated by commas. */
const PHRASES: Partial<Record<Intent, readonly string[]>> = {
  yes: [
    'y, ya, yah, yea, yeah, yep, yes, yess, yup, yupp, aye, sure, ok, okay, okey, okie, k, kk, fine, alright, right, correct',
    'yes please, yes pls, yes thanks, yes it is, yes i do, yes i am, yes that is right, yes correct, yes go ahead, yes ok',
    'of course, absolutely, definitely, exactly, indeed, certainly, agreed, affirmative, confirm, confirmed, i confirm, i agree',
    'go ahead, go on, do it, do that, please do, sounds good, that is right, thats right, that is correct, thats correct',
    'all good, looks good, good, perfect, send it, submit, proceed, please proceed, why not, sure thing, very well, ok go ahead',
    'haan, han, haa, haan ji, han ji, ji haan, ji han, ji, bilkul, sahi hai, theek hai, thik hai, thik, acha, accha, हाँ, हां, जी, जी हाँ, ठीक है, si, oui, \u{1F44D}',
  ],
  no: [
    'n, no, nah, nay, naw, nope, nop, noo, not, no way, no thanks, no thank you, no thx, no ty, no sorry, no not really, not really',
    'never, not now, not yet, not at all, of course not, definitely not, absolutely not, certainly not, i do not, i dont, no i dont',
    'do not, dont, wrong, incorrect, not correct, that is wrong, thats wrong, that is not right, thats not right, negative, i disagree',
    'no it is not, no it isnt, no i do not, nothing, none, nobody, no one, nothing else, no nothing, no that is all, not quite',
    'nahi, nahin, nahi ji, ji nahi, ji nahin, nai, naa, bilkul nahi, nahi chahiye, galat, नहीं, नही, जी नहीं, non, nein, \u{1F44E}',
  ],
  cancel: [
    'cancel, cancel it, cancel that, cancel this, please cancel, cancel please, stop, stop it, stop this, stop that, please stop',
    'abort, quit, exit, nvm, nm, never mind, nevermind, never mind then, forget it, forget this, forget about it, forget that, scrap that',
    'leave it, drop it, skip it, start over, start again, restart, reset, go back, back, undo, do not bother, dont bother, discard, discard it',
    'i changed my mind, changed my mind, not any more, no longer needed, rehne do, rehne dijiye, chhodo, chodo, jaane do, mat karo, band karo',
  ],
  thanks: [
    'thanks, thank you, thankyou, thank u, thx, thnx, tnx, thanx, tx, ty, tysm, tyvm, ta, cheers, thanks a lot, thanks so much',
    'thank you so much, thank you very much, many thanks, thanks very much, ok thanks, ok thank you, okay thanks, great thanks, thanks again',
    'much appreciated, appreciated, appreciate it, i appreciate it, much obliged, thanks a ton, thanks a million, perfect thanks, cool thanks',
    'dhanyavaad, dhanyavad, dhanyawad, shukriya, bahut dhanyavaad, bahut shukriya, धन्यवाद, शुक्रिया, gracias, merci, danke, \u{1F64F}',
  ],
  goodbye: [
    'bye, byee, bye bye, byebye, goodbye, good bye, good night, goodnight, see you, see you later, see ya, cya, see u, later, ttyl, so long',
    'farewell, take care, have a nice day, have a good day, have a great day, talk to you later, catch you later, bye for now, ok bye',
    'okay bye, thanks bye, thank you bye, ok thanks bye, cheerio, alvida, phir milenge, chalo bye, tata, adios, au revoir, ciao',
  ],
  greeting: [
    'hi, hello, hey, hii, hallo, hullo, helo, heya, hiya, hi there, hello there, hey there, hi all, hello sir, hi sir, hello madam, hi madam',
    'hello maam, dear sir, good morning, good afternoon, good evening, good day, morning, afternoon, evening, greetings, howdy, yo, sup',
    'namaste, namaskar, namasthe, namasté, pranam, vanakkam, salaam, salam, assalamualaikum, नमस्ते, नमस्कार, hola, bonjour, anybody there',
    'anyone there, is anyone there, is anybody there, hello anyone there, you there, are you there, whats up, wassup, hi bot, hello bot',
  ],
};

const LONGEST_PHRASE = 40;

const LEXICON: ReadonlyMap<string, Intent> = new Map(
  (Object.entries(PHRASES) as [Intent, readonly string[]][]).flatMap(([intent, lines]) =>
    lines
      .flatMap((line) => line.split(', '))
      .map((phrase): [string, Intent] => [keyOf(phrase), intent]),
  ),
);

/** The intent of a short message that stands in the lexicon; punctuation, emoji beside words and drawn-out letters do not count. */
export function lexiconIntent({ raw }: NormalText): Intent | undefined {
  if (raw.length > LONGEST_PHRASE) return undefined;
  return LEXICON.get(keyOf(raw.replace(/\p{Extended_Pictographic}/gu, ' ')) || keyOf(raw));
}

function keyOf(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll("'", '')
    .replace(/[^\p{L}\p{M}\p{N}\p{Extended_Pictographic}]+/gu, ' ')
    .replace(/(.)\1+/gu, '$1')
    .trim();
}
