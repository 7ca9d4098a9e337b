/** What the bot says about records: proving a mailbox, changing data, holding a record still. */

export const verify = {
  who: 'First I have to know that the mailbox on your record is yours. Which e-mail address, or which user name, is on your record?',
  whoUnclear:
    'I could not read an e-mail address or a user name in that. It looks like name@example.com. You can say “cancel”.',
  sent: 'If we have a record for that, a six-digit code is on its way to the mailbox on it. It is good for ten minutes, and it shows that the mailbox is yours, nothing more. Nobody from Comantra will ask you for it by telephone or mail.',
  sentTo: (email: string): string =>
    `A six-digit code is on its way to ${email}. It is good for ten minutes, and shows that this mailbox is yours.`,
  sentAgain: 'A new code is on its way; the one before is of no use any more.',
  tooSoon:
    'A code is on its way already, or there were several in this chat. Please give the mail a minute or two; then you can have a new one.',
  code: 'What is the code?',
  codeUnclear:
    'I need the six digits from the mail. You can also have a new code, or say “cancel”.',
  wrong: (left: number): string =>
    `That is not the code. ${left === 1 ? 'One try is' : `${left} tries are`} left.`,
  whoWithout:
    'Which e-mail address, or which user name, is on your record? I will send nothing to that mailbox.',
  spent: (person: string): string =>
    `That is not the code, and there are no tries left in this chat. A person can help: ${person}.`,
  expired: 'That code is too old. I can send you a new one.',
  none: 'There is no code that waits for you here. I can send you a new one.',
  again: 'Send a new code',
  noMailbox: 'I can’t use that mailbox',
  trouble: 'Why can’t you use the mailbox on your record?',
  troubleChoices: [
    'I have lost it',
    'Somebody else reads it',
    'There is none on my record',
    'I can use it after all',
  ],
  troubleUnclear: 'Please choose what is nearest, or say “cancel”.',
  verified:
    'Thank you, that shows that the mailbox is yours. It holds for fifteen minutes, in this chat only.',
  mailboxVerified: 'Thank you, that mailbox is yours.',
  throttled: {
    conversation: (person: string): string =>
      `That was asked too often in this chat. Please wait a quarter of an hour, or ${person}.`,
    mailbox: (person: string): string =>
      `That was tried too often for that address or name. Please try again tomorrow, or ${person}.`,
    origin: (person: string): string =>
      `There were too many tries from your network. Please try again tomorrow, or ${person}.`,
  },
  help: 'A six-digit code shows me that a mailbox is yours. Type it here as it stands in the mail; you can also have a new code, or say “cancel”.',
} as const;

export const update = {
  policy: 'You can have it changed right here.',
  what: 'What shall I change? Tell me in your own words, for example “my new number is 98300 12345”. You can change several things at once.',
  whatUnclear:
    'I could not read what to change. You can choose, or write it in your own words; or say “cancel”.',
  whatChoices: ['Name', 'E-mail address', 'Telephone', 'Mailing address', 'Newsletter and offers'],
  offers:
    'Which do you mean? For example “no newsletter”, “no offers by telephone”, or “no offers at all”.',
  offersChoices: ['No newsletter', 'No offers at all', 'Sign me up for the newsletter'],
  value: (field: string): string => `What is your new ${field}?`,
  leaveIt: 'Leave it as it is',
  addTown:
    'I have that part of the address. Please add the town and the postcode; where there is none, say “that is all”.',
  choice: (field: string): string => `Shall I switch it on or off: ${field}?`,
  choiceChoices: ['On', 'Off'],
  valueUnclear: (field: string): string =>
    `I could not read your new ${field} in that. Please write it as it should stand, or say “cancel”.`,
  card: 'I take no card numbers here: please never send one in a chat or a mail. To change your card, log in to your account.',
  cardByPhone: (phone: string): string =>
    `I take no card numbers here: please never send one in a chat or a mail. To change your card, log in to your account, or call us on ${phone}.`,
  userName: 'A user name stays as it is; I cannot change it.',
  already: (fields: string): string => `That is on your record already: ${fields}.`,
  comparedEnough: (mailbox: string): string =>
    `I have compared enough with the record in this chat. To change more, write to ${mailbox}.`,
  alreadyOff: (fields: string): string => `You are off that already: ${fields}.`,
  leaveByLink:
    'To leave the newsletter you need no code: every newsletter has a link at its end that takes you off.',
  cardTitle: 'What will be changed',
  now: (before: string, after: string): string => `${before}  →  ${after}`,
  masked: 'What stands there now is shown in part: a mailbox alone is not enough to see a record.',
  second: (fields: string): string =>
    `A second person has to look at this before it is changed, to keep your record safe: ${fields}.`,
  both: 'As your e-mail address is to change, a code goes to the new one too, once you have said yes.',
  oldTold: 'The address on file until now is told that it was changed, without saying to what.',
  confirm: 'Is that right? Shall I change it?',
  confirmPerson:
    'A person will look at this, and a second one has to agree, because the mailbox on your record did not prove you. Shall I pass it on?',
  confirmChoices: ['Yes, change it', 'Correct something', 'Cancel'],
  confirmPersonChoices: ['Yes, pass it on', 'Correct something', 'Cancel'],
  confirmUnclear: 'Please say “yes, change it”, tell me what to correct, or say “cancel”.',
  correct: 'What should be different?',
  contact: 'Which e-mail address may we write to about it? I will send a code there.',
  contactShared:
    'That is the mailbox that somebody else reads. Please give one that only you can read.',
  contactUnclear: 'I could not read an e-mail address in that. It looks like name@example.com.',
  done: (fields: string, mail: string): string =>
    `It is changed: ${fields}. ${mail} If something is wrong with it, that mail has a link to tell us.`,
  mailTo: 'A mail that confirms it is on its way to the mailbox on your record.',
  mailToNew:
    'A mail that confirms it is on its way to your new address, and a notice to the old one.',
  left: (fields: string): string =>
    `Done: switched off ${fields}. A mail that confirms it is on its way to you.`,
  waiting: (fields: string): string =>
    `With a second person now: ${fields}. You are told either way, here and by mail.`,
  passedOn:
    'Thank you. It is with a person now, and nothing is changed until two people have agreed. You are told either way, here and by mail; they may ask you for more.',
  conflict: (fields: string): string =>
    `Somebody else has changed your record in the meantime: ${fields}. Nothing was overwritten. Please look at it again:`,
  frozen: (mailbox: string): string =>
    `This record is held still at the moment, to keep it safe, so nothing on it can be changed but to leave the newsletter and offers. A person can help: write to ${mailbox}, or report here what happened.`,
  emailTaken:
    'That e-mail address cannot be put on your record as it is; a person has to look. I have passed your request on, and you are told either way.',
  lapsed: 'It was a while ago that you showed me your code, so I have to ask for a new one.',
  noRecord:
    'I can’t find a record for that mailbox, so there is nothing that I could change. A person can look: I can pass on what you want.',
  cancelled: 'All right. Nothing was changed.',
  help: 'I’m collecting what is to be changed on your record. Nothing is changed before you have seen it and said yes. You can say “cancel” at any time.',
  fromMail:
    'Thank you: that shows that the mailbox is yours. This is what I have read in your mail.',
  fromMailOther: 'Thank you: that shows that the mailbox is yours. I take up what you wrote.',
  fromMailUnclear:
    'Thank you: that shows that the mailbox is yours. I could not read in your mail what is to be changed.',
  linkUsed: 'That link was used already, or is too old. You can ask me here: what shall I change?',
} as const;

export const freeze = {
  offer:
    'Shall I hold your record still at once? Then nothing on it can be changed, and no password link goes out, while a person looks into it. I need no proof for that; without one it ends by itself after 72 hours, unless a person confirms it.',
  offerChoices: ['Hold it still', 'No, go on'],
  offerUnclear: 'Please say “hold it still” or “no”.',
  who: 'Which e-mail address, or which user name, is on your record? If the address was changed by somebody, the one it was before will do.',
  done: 'If we have a record for that and nothing stands against it, it is held still now, and its mailbox is told. Your report brings a person to it in any case.',
  notDone: 'All right, nothing was done to your record.',
  help: 'I can hold your record still, so that nobody can change it while a person looks into it. Say “hold it still” or “no”.',
} as const;

export const password = {
  lead: 'I quote what the policy says, but this desk never mails a password, and nor should anybody.',
  leadAsked:
    'I quote what the policy says, but this desk never mails a password. To get back in, say “I forgot my password”.',
  who: 'Which e-mail address, or which user name, is on your record?',
  sent: 'If we have a record for that, a link to choose a new password is on its way to the mailbox on it. It works once, for thirty minutes.',
  person: 'If we have a record for that, a person will see to it and write to the mailbox on it.',
  cancelled: 'All right, I have done nothing.',
  help: 'I need the e-mail address or the user name on your record. Nothing that I say here tells whether we have one. You can say “cancel”.',
} as const;

export const copy = {
  lead: 'The policy names no right to a copy or to erasure, so a person has to decide, within five business days.',
  offer:
    'I can pass your request to the privacy manager as a case, once you have shown that the mailbox on your record is yours. Shall I?',
  opened: (reference: string, due: string): string =>
    `Thank you. It is with the privacy manager now. Your reference is **${reference}**, and you will have an answer by **${due}**. A copy is never mailed on the strength of a mailbox alone: the person who answers will tell you what else they need.`,
  unproved:
    'Then I can pass it on as a question, without proof: the privacy manager will tell you what they need.',
  frozen:
    'The record is held still at the moment, so no copy goes out before a person has looked into that. I have passed your request on all the same.',
  cancelled: 'All right, I have not passed it on.',
  help: 'I can pass your request for a copy or for erasure to the privacy manager. You can say “cancel”.',
} as const;
