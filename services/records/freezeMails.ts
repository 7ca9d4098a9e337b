import type { Customer, Freeze } from '../../models/customerContent';
import type { Effect } from '../../models/effects';
import type { StaffDeed } from '../../models/updateContent';
import { comparable } from '../addresses';
import type { CaseToOpen } from '../cases';
import type { LinkPurpose } from '../links';
import { facts, paragraph, quote, type MailBlock } from '../mailText';
import { noticeEffect } from '../recordEffects';

/** Word of a freeze must not be held back by the daily cap: how many there may be is limited where one is asked for. */
const PER_DAY = 50;

const HELD_STILL =
  'While a record is held still, nothing in it is changed, no link for a new password is sent and no copy of it is given out. Reporting a problem and leaving the newsletter work as always.';

type Disowning = Extract<LinkPurpose, { kind: 'disown' }>;

/** Tells the mailboxes that somebody in the chat had the record held, and the managers that it is theirs to decide. */
export const heldByChat = (
  of: Customer,
  mark: string,
  { at, caseId }: Freeze,
  lapses: string,
  privacyMailbox: string,
): Effect[] => [
  ...toMailboxes(of, mark, at, 'record.frozen', 'Your record at Comantra is held still', [
    paragraph(
      'Somebody in our chat, who has not shown who they are, asked us to hold the record still that has this address, or had it until not long ago.',
    ),
    paragraph(HELD_STILL),
    facts(['It ends by itself on', lapses]),
    paragraph('Only if a person at Comantra confirms it, it stays until that person ends it.'),
    paragraph('If it was you, a person reads what you told us.'),
    paragraph(
      `If it was not you, you need do nothing: this by itself has changed nothing and let nobody in. If you want it to end earlier, write to ${privacyMailbox} from this address.`,
    ),
  ]),
  noticeEffect(
    of.id,
    `${mark}-staff`,
    { staff: 'managers' },
    {
      kind: 'record.frozen',
      subject: 'A customer record is held still',
      blocks: [
        paragraph(
          'Somebody in the chat, who has not shown who they are, said that a record is being misused, and had it held still.',
        ),
        facts(['Record', of.id], ['It ends by itself on', lapses], ...caseFact(caseId)),
        ...caseWords(caseId),
        paragraph('To see whose it is, to keep it held, or to let it go:'),
        paragraph(COMMANDS),
      ],
    },
  ),
];

/**
 * Tells the managers that a record was not held, since it had been so often as it may be without proof; one mail for a
 * record and day.
 */
export const askedInVain = (recordId: string, at: Date, caseId: string | undefined): Effect =>
  noticeEffect(
    recordId,
    `again-${at.toISOString().slice(0, 10)}`,
    { staff: 'managers' },
    {
      kind: 'record.freezeAsked',
      subject: 'A customer record is not held still, and somebody asked for it',
      blocks: [
        paragraph(
          'Somebody in the chat, who has not shown who they are, asked again to have a record held still. It was held so twice in the last thirty days, which is as often as that may be, so nothing was done now. Please decide: it may be the customer in need, or somebody who wants to lock them out. They were not told that nothing was done.',
        ),
        facts(['Record', recordId], ...caseFact(caseId)),
        ...caseWords(caseId),
        paragraph('To hold it until you let it go:'),
        paragraph(`npm run freezes -- hold ${recordId} --by YOUR@ADDRESS --reason "…"`),
      ],
    },
  );

/** Tells the mailboxes and the staff that a person has had the record held. */
export const heldByStaff = (
  of: Customer,
  mark: string,
  deed: StaffDeed,
  privacyMailbox: string,
): Effect[] => [
  ...toMailboxes(of, mark, deed.at, 'record.frozen', 'Your record at Comantra is held still', [
    paragraph(
      'A person at Comantra holds the record still that has this address, or had it until not long ago. It does not end by itself; we will tell the mailbox on file when it ends.',
    ),
    paragraph(HELD_STILL),
    paragraph(`If you know something about it, write to ${privacyMailbox} from this address.`),
  ]),
  decisionNotice(of, mark, 'is held still', deed),
];

/** Tells the mailboxes that the record is held because a mail of ours was disowned. */
export const heldByLink = (
  of: Customer,
  mark: string,
  now: Date,
  privacyMailbox: string,
): Effect[] =>
  toMailboxes(of, mark, now, 'record.frozen', 'Your record at Comantra is held still', [
    paragraph(
      'Somebody pressed “this wasn’t me” in one of our mails about the record that has this address, or had it until not long ago. So we hold the record still, and a person looks at it now.',
    ),
    paragraph(HELD_STILL),
    paragraph(
      `Nothing is changed back by itself: that person decides. If you know something about it, write to ${privacyMailbox} from this address.`,
    ),
  ]);

/** Tells the mailbox on file and the staff that a freeze stays until somebody lifts it. */
export const keptHeld = (
  of: Customer,
  mark: string,
  deed: StaffDeed,
  privacyMailbox: string,
): Effect[] => [
  ...toMailbox(of, mark, 'record.kept', 'Your record at Comantra stays held still', [
    paragraph(
      'A person at Comantra has confirmed that your record is held still. It does not end by itself any more; we will tell you when it ends.',
    ),
    paragraph(HELD_STILL),
    paragraph(`If you want it to end, write to ${privacyMailbox} from this address.`),
  ]),
  decisionNotice(of, mark, 'stays held still', deed),
];

/** Tells the mailbox on file and the staff that a freeze is over. */
export const liftedHold = (
  of: Customer,
  mark: string,
  deed: StaffDeed,
  privacyMailbox: string,
): Effect[] => [
  ...toMailbox(of, mark, 'record.unfrozen', 'Your record at Comantra is not held still any more', [
    paragraph(
      'A person at Comantra has looked at your record and ended the hold on it. Changes, links for a new password and copies work again.',
    ),
    paragraph(
      `If that surprises you, write to ${privacyMailbox} at once, or tell us in the chat that somebody is in your account.`,
    ),
  ]),
  decisionNotice(of, mark, 'is not held still any more', deed),
];

const ABOUT_WORDS: Readonly<Record<Disowning['about'], string>> = {
  change: 'a change of their record',
  request: 'a request to change their record',
  reset: 'a link for a new password',
};

/** The case of somebody who pressed "this wasn't me", in our words: they wrote none. */
export const disownedCase = (
  id: string,
  customerId: string,
  { about, mailbox, updateId }: Disowning,
  onFile: boolean,
  receivedAt: Date,
): CaseToOpen => ({
  ...{ id, kind: 'misuse', urgency: 'now', aboutStaff: 'no', confirmed: true, channel: 'link' },
  receivedAt,
  report: {
    whatHappened: [
      `We wrote to a customer about ${ABOUT_WORDS[about]}, and they pressed “this wasn’t me”.`,
      onFile
        ? 'The mail went to the mailbox that is on file now.'
        : 'The mail went to a mailbox that is not on file any more.',
      'The record is held still until a person ends it. Nothing was changed back.',
      `Record: ${customerId}`,
      ...(updateId
        ? [`Update request: ${updateId} (what it is about: npm run updates -- show ${updateId})`]
        : []),
      'To let the record go: npm run freezes -- list, then npm run freezes -- lift',
    ].join('\n'),
    email: mailbox,
  },
});

const caseFact = (caseId: string | undefined): [string, string][] =>
  caseId === undefined ? [] : [['Case', caseId]];

/** It need not be there yet, and may never be: nobody has to finish what they tell. */
const caseWords = (caseId: string | undefined): MailBlock[] =>
  caseId === undefined
    ? []
    : [
        paragraph(
          'It belongs to the case that the customer is telling. You get that once they have sent it, or an hour after their last word; if they drop it, this mail is all there is.',
        ),
      ];

const COMMANDS = [
  'npm run freezes -- list',
  'npm run freezes -- keep USER --by YOUR@ADDRESS --reason "…"',
  'npm run freezes -- lift USER --by YOUR@ADDRESS --reason "…"',
].join('\n');

/** To staff alone: the reason is theirs, and this is where it is recorded. */
const decisionNotice = (of: Customer, mark: string, becomes: string, deed: StaffDeed): Effect =>
  noticeEffect(
    of.id,
    `${mark}-staff`,
    { staff: 'managersAndEscalation' },
    {
      kind: 'record.frozen',
      subject: `A customer record ${becomes}`,
      blocks: [
        facts(['Record', of.id], ['Decided by', deed.by]),
        quote('The reason that they gave', deed.reason),
      ],
    },
  );

type CustomerNotice = `record.${string}`;

function toMailbox(
  of: Customer,
  mark: string,
  kind: CustomerNotice,
  subject: string,
  blocks: readonly MailBlock[],
): Effect[] {
  if (of.email === undefined) return [];
  return [
    noticeEffect(of.id, mark, { customer: of.email }, { kind, subject, blocks, perDay: PER_DAY }),
  ];
}

/** The one on file, and those that were until not long ago: whoever changed the address must not be the only one told. */
function toMailboxes(
  of: Customer,
  mark: string,
  now: Date,
  kind: CustomerNotice,
  subject: string,
  blocks: readonly MailBlock[],
): Effect[] {
  const former = of.formerEmails.filter(({ until }) => until > now).map(({ email }) => email);
  const all = [...(of.email === undefined ? [] : [of.email]), ...former];
  const distinct = new Map(all.map((address) => [comparable(address), address]));
  return [...distinct.values()].map((customer, index) =>
    noticeEffect(
      of.id,
      `${mark}-${index + 1}`,
      { customer },
      { kind, subject, blocks, perDay: PER_DAY },
    ),
  );
}
