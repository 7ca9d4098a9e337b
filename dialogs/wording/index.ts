import type { CaseKind } from '../../services/cases';

/** The suggested actions of the greeting; what they say is what the customer sends. */
export const MENU = {
  policy: 'Ask about the policy',
  change: 'Change my details',
  report: 'Report a problem',
  check: 'Check a case',
  person: 'Talk to a person',
} as const;

export const YES = 'Yes, please';
export const NO = 'No, thank you';

export const greeting = (phone?: string): string =>
  `Hello, this is the Comantra Privacy Desk. I answer questions about Comantra’s privacy policy in the policy’s own words, change your details, and bring reports of breaches, misuse and complaints to our privacy manager.${
    phone ? ` You can also call us on ${phone}.` : ''
  }\n\nWhat can I do for you?`;

export const HELP =
  'You can ask me what the privacy policy says, have your details changed, report a problem, or check a case that you opened here. Write in your own words, or choose one:';

export const notices = {
  masked:
    'I have hidden a card or Aadhaar number in your message. It is not stored; please never send one here.',
  cut: 'Your message was very long: I have kept its first 4,000 characters.',
  attachments:
    'Files cannot be sent here, so I have not kept yours. Please describe it in words. Once you have a case with your e-mail address, you can send files by answering the mail that confirms it.',
  noWords: 'I could not find any words in that message. Could you write it again?',
  trouble: 'Something went wrong on our side and I could not finish that. Please send it again.',
} as const;

export const policyWords = {
  lead: (section: string): string => `The policy says, under “${section}”:`,
  also: 'And under the same heading:',
  choose: 'Several parts of the policy come close. Which of these do you mean?',
  alsoAsked: 'You also asked something else.',
  language:
    'I’m sorry, this desk reads and writes English. Please write to me in English, or shall I ask for a person?\n\nक्षमा करें, यह डेस्क केवल अंग्रेज़ी में बात करता है। क्या मैं किसी व्यक्ति को बुलाऊँ?',
  ask: 'Please ask in your own words. For example:',
  examples: ['Do you sell my data?', 'What can the technician see?', 'Which cookies are used?'],
  unknown:
    'I can’t answer that: I only answer from Comantra’s privacy policy, and I don’t make anything up. I can tell you what the policy says, change your details, take a report, or check a case.',
  open: 'That is a privacy question, but the policy does not answer it, so neither can I. Shall I pass your question to the privacy manager? They answer within five business days.',
  barred:
    'A person should answer that for you. Shall I pass your question to the privacy manager? They answer within five business days.',
  notPassed: 'All right, I have not passed it on.',
} as const;

/** Said to a child, of whom nothing more is asked. */
export const toChildren = {
  again:
    'I cannot go on with this chat. Please ask a parent or another grown-up. A grown-up can press “End and clear this chat” and start again.',
  told: 'Thank you for telling me. I have to stop here: this desk may not take personal information from children under 13. Please ask a parent or another grown-up to write to us.',
} as const;

export const smallTalk = {
  thanks: 'You’re welcome. Is there anything else I can do?',
  goodbye:
    'Goodbye. If you wish, press “End and clear this chat” so that nothing stays on this screen.',
  nothingToCancel: 'There is nothing to cancel. What can I do for you?',
  nothingAsked: 'I’m not sure what that answers. What can I do for you?',
} as const;

export const report = {
  begin:
    'I’m sorry that this happened. I will bring it to the privacy manager; a few questions first. You can say “cancel” at any time.',
  offer:
    'That sounds like something that happened to you. Shall I take it as a report for the privacy manager?',
  beginGuided: 'Your report can wait until you have done that. When you can, go on here.',
  beginQuestion: 'I will bring it to the privacy manager.',
  guidance: (steps: string): string =>
    `**If this is happening now, do this first** (Comantra’s advice, not part of the policy):\n\n${steps}`,
  whatHappened: 'What happened? Tell me in your own words.',
  whatToPass: 'What would you like to tell or ask the privacy manager? Write it in your own words.',
  whatHappenedUnclear: 'I do not know yet what happened; a sentence or two will do.',
  noticed: 'When did you notice it? A date or words such as “yesterday evening” will do.',
  noticedImpossible: 'That date does not exist. When did you notice it?',
  noticedFuture: 'That is still to come. When did you notice it?',
  noticedUnclear:
    'I could not read a time in that. You can write a date such as 3 November, “last Friday”, or “I don’t know”.',
  noticedNotTold: 'Not told',
  noticedChoices: ['Just now', 'Today', 'Yesterday', 'I don’t know'],
  email:
    'Which e-mail address may we answer to? You can also leave it out: then you read the answer here with a reference and a PIN.',
  emailUnclear:
    'I could not read an e-mail address in that. It looks like name@example.com. You can also leave it out.',
  emailLeftOut: 'Leave it out',
  emailPrivate: (email: string): string =>
    `I have read your address as ${email}. Can anybody else read that mailbox?`,
  emailPrivateChoices: [
    'No, only me',
    'Yes, somebody else can',
    'I don’t know',
    'The address is wrong',
  ],
  emailLeft: 'All right, no address. You will get a reference and a PIN, and read the answer here.',
  emailDropped:
    'Then I will not use that address: nothing will be sent there. You will get a reference and a PIN, and read the answer here.',
  aboutStaff: 'Is this about someone who works here?',
  aboutStaffChoices: ['No', 'Yes', 'Yes, the privacy manager'],
  aboutStaffUnclear: 'Please answer yes or no; or say if it is about the privacy manager.',
  details: 'If you like, tell me your name and a telephone number. Both are optional.',
  detailsSkip: 'Skip',
  detailsRemove: 'Remove them',
  detailsUnclear: 'I could read neither a name nor a telephone number in that. You can skip this.',
  confirm: (to: string): string => `Please check it. Shall I send it to ${to}?`,
  confirmChoices: ['Send it', 'Change something', 'Cancel'],
  confirmUnclear: 'Please say “send it”, tell me what to change, or cancel.',
  change: 'What shall I change?',
  changeUnclear: 'Please choose what to change, write it as it should be, or say “send it”.',
  moreAdded: 'Thank you, I have added that to your report.',
  noted: 'Thank you, I have noted that.',
  nothing: 'All right, nothing is reported. What can I do for you?',
  welcome: 'You’re welcome.',
  leaving:
    'Your report is not sent yet. If you leave now, what you have told me is passed on as it stands; say “cancel” to drop it.',
  drop: 'Shall I drop what you have told me? Nothing has been sent yet.',
  dropChoices: ['Yes, drop it', 'No, go on'],
  menuAside: 'Let us finish this first, or say “cancel” to drop it.',
  openAside:
    'The policy does not answer that. I have added your question, so that the person who reads this can.',
  stillHere:
    'I am here. If it is happening now: disconnect the computer from the internet and call your bank on the number on your card; in India also call 1930.',
  changeChoices: ['What happened', 'When', 'E-mail', 'About staff', 'Name and telephone', 'Kind'],
  kind: 'What kind of report is it?',
  help: 'I’m collecting what is needed to act on this. Answer in your own words, ask me anything in between, or say “cancel” to drop it.',
  back: 'Back to what we were doing:',
  liability:
    'A person will answer that: I have added your question to the report. Let us first get it to them.',
  cancelled: 'All right, I have dropped it. Nothing was sent.',
  cancelledHeld:
    'All right, I have dropped your report; nothing of it was sent. What you had held still stays so for 72 hours: a person has been told of that, and can end it sooner.',
  passedOnAlready: (reference: string): string =>
    `All right. What you told me before had already been passed on as ${reference}, marked as unconfirmed.`,
  opened: (to: string, reference: string, due: string): string =>
    `Thank you. It is with ${to} now. Your reference is **${reference}**, and you will have an answer by **${due}**.`,
  openedAndKept: (to: string, reference: string, due: string): string =>
    `Thank you. It is kept safely, and the privacy manager does not see it. At this moment the desk knows no address of ${to}; they are told as soon as it does. Your reference is **${reference}**, and an answer is due by **${due}**.`,
  nextByMail: (email: string): string =>
    `What happens next: they read it and answer to ${email}; a mail with the reference is on its way there. You can check the case here at any time with the reference and that address.`,
  nextByPin: (pin: string): string =>
    `Your PIN is **${pin}**. It is shown only here, and leaves this chat with your next message: please write it down now, together with the reference.\n\nWhat happens next: they read it and answer in this chat. Come back, choose “${MENU.check}”, and give the reference and the PIN.`,
} as const;

export const REPORT_KINDS: readonly Exclude<CaseKind, 'question'>[] = [
  'breach',
  'misuse',
  'complaint',
];
export const status = {
  reference: 'What is the reference? It looks like PD-7KQ4-M2XA. You can say “cancel”.',
  referenceUnclear:
    'I could not read a reference in that. It begins with PD and has eight letters or digits. You can say “cancel”.',
  proof: 'And the e-mail address or the six-digit PIN that the case was opened with?',
  proofUnclear:
    'I need the e-mail address or the six-digit PIN that the case was opened with. You can say “cancel”.',
  notFound: 'I found no case with that reference and that address or PIN. Please check both.',
  throttled: {
    conversation:
      'That was tried too often. Please wait a quarter of an hour, or ask the privacy manager by mail.',
    reference:
      'That reference was tried too often today, so it is closed until tomorrow. You can ask the privacy manager by mail.',
  },
  open: (reference: string, kind: string, to: string, due: string): string =>
    `Case **${reference}** (${kind}) is with ${to}. You will have an answer by **${due}**.`,
  overdue: (reference: string, kind: string, to: string, due: string): string =>
    `Case **${reference}** (${kind}) is with ${to}. The answer was due by **${due}** and is not recorded here; I’m sorry.`,
  answered: (reference: string, kind: string, to: string, when: string): string =>
    `Case **${reference}** (${kind}) was answered by ${to} on ${when}:`,
  extended: (before: string): string =>
    `It was promised for **${before}** first. The reason that it takes longer:`,
  closed: (reference: string, kind: string, to: string, when: string): string =>
    `Case **${reference}** (${kind}) was closed by ${to} on ${when}. The reason:`,
  filed: (reference: string, kind: string, to: string): string =>
    `Case **${reference}** (${kind}) was looked at by ${to} and filed as one that needs no answer. If that is wrong, please write to us again.`,
  cancelled: 'All right, I have stopped looking.',
  help: 'I’m looking for a case that you opened here. I need its reference, and the e-mail address or PIN that it was opened with. You can say “cancel”.',
} as const;
