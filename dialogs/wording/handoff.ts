/** What the customer is told about people: the queue, call-backs, consent, and after the talk. */

/** Suggested actions around a person; what they say is what the customer sends. */
export const PERSON_MENU = {
  position: 'Where am I in the queue?',
  leave: 'Leave the queue',
  openCase: 'Open a case',
  callBack: 'Call me back',
} as const;

const numbered = (ahead: number): string =>
  ahead === 0 ? 'You are **first** in the queue.' : `You are **number ${ahead + 1}** in the queue.`;

const MEANWHILE =
  'They will read what we have written here, and answer in this chat. Until then you can go on with me.';

const nobodyThere = (closes: string | undefined, phone: string | undefined): string =>
  `At this moment nobody is at the desk${closes ? `, though we are here until ${closes} today` : ''}. You keep your place; or I can open a case, answered within five business days, or have you called back.${byPhone(phone)}`;

const byPhone = (phone: string | undefined): string =>
  phone ? ` You can also call us on ${phone}.` : '';

export const person = {
  waiting: (ahead: number): string => `I have asked for a person. ${numbered(ahead)} ${MEANWHILE}`,
  waitingAlone: (ahead: number, closes: string | undefined, phone?: string): string =>
    `I have asked for a person. ${numbered(ahead)} ${nobodyThere(closes, phone)}`,
  standing: (ahead: number): string => numbered(ahead),
  standingAlone: (ahead: number, closes: string | undefined, phone?: string): string =>
    `${numbered(ahead)} ${nobodyThere(closes, phone)}`,
  closed: (opens: string): string =>
    `Our people are not here at this moment; they are back on ${opens}. I can open a case now, which a person reads and answers within five business days, or have you called back.`,
  closedAside: (opens: string): string =>
    `Our people are not here at this moment; they are back on ${opens}. When we are done here, say “${PERSON_MENU.callBack.toLowerCase()}”, and somebody will.`,
  here: 'I am the bot, and here. What can I do for you?',
  left: 'You are out of the queue. I am still here.',
  notWaiting: 'You are not in the queue. Shall I ask for a person?',
  offerAngry: 'I am sorry that this is so trying. Would you rather talk to a person?',
  offerAgain: 'I’m sorry, I still can’t help with that. Shall I ask for a person?',
  offerBeyond:
    'That is for a person to decide, not for me: I only answer from Comantra’s privacy policy. Shall I ask for one?',
  notAsked: 'All right. I am here if you change your mind.',
} as const;

export const callBack = {
  phone: 'On which number may we call you? You can say “cancel”.',
  phoneUnclear:
    'I could not read a telephone number in that. Please write it with its area code, such as 033 2419 6000 or +91 98300 12345.',
  about: 'What is it about? A few words, so that the right person calls. You can also skip this.',
  skip: 'Skip',
  done: (opens: string | undefined): string =>
    `Thank you. Somebody will call you${opens ? ` once we are back, from ${opens} on` : ' as soon as a person is free'}. They will know what you wrote here, and never ask for a password, a card number or a code from a chat.`,
  tooMany:
    'There were several wishes for a call from here within the hour, so I take no further one now. Please wait for a person in the queue, or try again in an hour.',
  cancelled: 'All right, nobody will call.',
  help: 'I am taking down a number to call you back on. You can say “cancel”.',
} as const;

export const CONSENT = { yes: 'I agree', no: 'I do not agree', stop: 'Stop the remote session' };

export const consent = {
  lead: (agent: string, scope: string, minutes: number): string =>
    `${agent} asks to use your computer from afar, for up to ${minutes} minutes: ${scope}\n\nBefore you decide:`,
  ask: `Do you agree? You can take it back at any time with “${CONSENT.stop}”.`,
  none: 'Nobody has your consent to use your computer at this moment. If somebody is on it, close the remote program, or disconnect the computer from the internet.',
  over: 'That question is not open any more. Nobody may use your computer unless they ask you again.',
  unclear: `Please answer “${CONSENT.yes}” or “${CONSENT.no}”.`,
  given: (agent: string, until: string): string =>
    `Thank you. ${agent} may do that until ${until}. You can stop it at any time: press the button, or write “stop”.`,
  refused: (agent: string): string => `All right: ${agent} will not use your computer.`,
  revoked: (agent: string): string =>
    `You have taken your consent back, and ${agent} sees that now. Close the remote program as well, or disconnect the computer from the internet, if anything still moves on your screen.`,
} as const;

export const RATINGS = ['5 – very good', '4', '3', '2', '1 – bad'];
export const SKIP_RATING = 'Skip';

export const afterTalk = {
  rate: 'How was the talk with our colleague? One tap is enough, and you may skip it.',
  thanks: 'Thank you.',
  transcript:
    'Shall I send you what was written here by mail, to the address on your record that you proved?',
  mailed: 'It is on its way. PINs and codes are left out.',
  notMailed: 'All right, no mail.',
  notPossible: 'That could not be sent. Is there anything else I can do?',
  back: 'I am the desk’s bot again. Is there anything else I can do?',
} as const;

export const codeInChat = {
  right: 'Thank you, that is the code: this mailbox is yours.',
  wrong: (left: number): string =>
    `That is not the code. ${left === 1 ? 'One try is' : `${left} tries are`} left.`,
  over: 'That code is over. Please ask for a new one.',
} as const;
