/** What the desk says of itself, and of what it has just passed on. */

export const aboutItself = {
  program:
    'I am a program, not a person. People are behind this desk: they read what I pass on to them, and can join this chat.',
  ask: 'Shall I ask for one?',
  inForm: 'Say “talk to a person” if you would rather have one. Until then:',
} as const;

const recorded = (reference: string, due: string): string =>
  `It is recorded as case **${reference}**, and an answer is due by **${due}**.`;

export const passedOn = {
  answeredByMail: (reference: string, due: string): string =>
    `${recorded(reference, due)} The answer comes by mail to the address that you gave. You can also look here at any time: choose “Check a case”, and give the reference and that address.`,
  answeredHere: (reference: string, due: string): string =>
    `${recorded(reference, due)} The answer can be read here: choose “Check a case”, and give the reference and the PIN that I showed you with it. I cannot show the PIN again.`,
  missing:
    'If a mail from us is missing, please look into your spam folder as well, or ask for a person.',
  acknowledged: 'All right. Is there anything else I can do?',
  passwordPerson:
    'I cannot see whether anything has reached you. If there is a record for what you gave me, a person sees to it and writes to the mailbox on it, which may take a while; a look into its spam folder may help. Shall I ask for a person in this chat?',
  passwordLink:
    'I cannot see whether anything has reached you. If there is a record for what you gave me, the link goes to the mailbox on it and nowhere else; it may take some minutes, or lie in the spam folder. Shall I ask for a person in this chat?',
} as const;
