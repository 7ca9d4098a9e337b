import { dueInWords } from '../../services/businessDays';
import type { Case } from '../../services/cases';
import { CLOSED_WORDS, KIND_WORDS } from '../../services/caseWords';
import type { CaseEntryView } from './contract';

type Files = CaseEntryView['files'];
type Round = Case['rounds'][number];
type Entry = Omit<CaseEntryView, 'at' | 'files'> & { readonly at: Date; readonly files?: Files };

const CUSTOMER = 'Customer';

/** All that happened to a case, in order. */
export function entriesOf(found: Case, zone: string): CaseEntryView[] {
  const { report, origin, kind, followUps, notes, rounds, reference } = found;
  const filesOf = (mailId: string, attached: NonNullable<Case['origin']>['attachments']): Files =>
    attached.map(({ name, bytes }, index) => ({
      ...{ name, bytes },
      href: `/console/api/cases/${reference}/files/${mailId}/${index + 1}`,
    }));
  const entries: Entry[] = [
    {
      ...{ kind: 'report', title: KIND_WORDS[kind], by: CUSTOMER, text: report.whatHappened },
      at: rounds[0]?.promise.receivedAt ?? found.openedAt,
      files: origin ? filesOf(origin.mailId, origin.attachments) : [],
    },
    ...followUps.map(({ at, subject, text, mailId, attachments, unverified, from }): Entry => ({
      ...{ kind: 'followUp', at, text, files: filesOf(mailId, attachments) },
      title: `${subject || 'A further mail'}${unverified ? ' (nothing shows who sent it)' : ''}`,
      by: from ?? CUSTOMER,
    })),
    ...notes.map(({ at, by, text }): Entry => ({
      ...{ kind: 'note', title: 'Note', at, by: whoIn(by), text },
    })),
    ...rounds.flatMap((round) => roundEntries(round, zone)),
  ];
  return entries
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map((entry) => ({ files: [], ...entry, at: entry.at.toISOString() }));
}

const roundEntries = ({ reopened, answers, extensions, closing }: Round, zone: string): Entry[] => [
  ...(reopened ? [entryOf('reopened', 'Opened again', reopened)] : []),
  ...answers.map(({ answeredAt, by, text, undelivered }): Entry => ({
    ...{ kind: 'answer', at: answeredAt, by: whoIn(by), text },
    title: undelivered ? 'Answer: its mail came back' : 'Answer',
  })),
  ...extensions.map((extension) =>
    entryOf('extension', `Due later: ${dueInWords(extension.dueAt, zone)}`, extension),
  ),
  ...(closing
    ? [entryOf('closing', closing.as === 'closed' ? 'Closed' : CLOSED_WORDS[closing.as], closing)]
    : []),
];

const entryOf = (
  kind: Entry['kind'],
  title: string,
  { at, by, reason }: { readonly at: Date; readonly by: string; readonly reason: string },
): Entry => ({ kind, title, at, by: whoIn(by), text: reason });

/** An address of staff, or what stands for a command. */
const whoIn = (by: string): string => (by === 'operator' ? 'A command at the server' : by);
