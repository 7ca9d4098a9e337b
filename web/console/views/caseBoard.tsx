import type { CaseLine } from '../../../bot/console/contract';
import { Badge, Table, type Tone } from '../ui';

/** Cases by due date; late ones are marked by a word and a bar. */
export function CaseBoard({ cases }: { cases: readonly CaseLine[] }) {
  return (
    <Table
      caption="Cases, soonest due first"
      columns={['Case', 'Kind', 'Urgency', 'Time left', 'Due', 'Came by']}
    >
      {cases.map((each) => (
        <tr key={each.reference} class={each.state === 'late' ? 'late' : undefined}>
          <th scope="row">
            <a data-line class="reference" href={`#/cases/${each.reference}`}>
              {each.reference}
            </a>
          </th>
          <td data-label="Kind">
            {each.kindWords} <CaseMarks line={each} />
          </td>
          <td data-label="Urgency">
            <UrgencyBadge urgency={each.urgency} />
          </td>
          <td data-label="Time left">
            <TimeLeft line={each} />
          </td>
          <td data-label="Due">{each.due}</td>
          <td data-label="Came by">{channelInWords(each)}</td>
        </tr>
      ))}
    </Table>
  );
}

/** What else is to be known of a case at a glance. */
export function CaseMarks({ line }: { line: CaseLine }) {
  return (
    <>
      {line.aboutStaff === 'staff' && <Badge tone="warn">About staff</Badge>}
      {line.aboutStaff === 'privacy_manager' && (
        <Badge tone="warn">About the privacy manager</Badge>
      )}
      {line.unconfirmed && <Badge>Not confirmed</Badge>}
      {line.extended && <Badge>Extended</Badge>}
    </>
  );
}

const URGENCY: Readonly<Record<CaseLine['urgency'], readonly [string, Tone]>> = {
  now: ['Now', 'bad'],
  high: ['High', 'warn'],
  normal: ['Normal', 'neutral'],
};

/** How urgent a case is. */
export function UrgencyBadge({ urgency }: Pick<CaseLine, 'urgency'>) {
  const [words, tone] = URGENCY[urgency];
  return <Badge tone={tone}>{words}</Badge>;
}

/** The time left of a promise, or how it ended. */
export function TimeLeft({ line: { state, left } }: { line: CaseLine }) {
  switch (state) {
    case 'late':
      return (
        <strong class="time-left late">
          <span aria-hidden="true">▲ </span>
          {left}
        </strong>
      );
    case 'open':
      return <span class="time-left">{left}</span>;
    case 'answered':
      return <Badge tone="good">{left}</Badge>;
    case 'closed':
      return <Badge>{left}</Badge>;
  }
}

const CHANNELS: Readonly<Record<string, string | undefined>> = {
  chat: 'Chat',
  mail: 'Mail',
  link: 'Link in a mail',
  phone: 'Telephone',
};

/** How a case came, in words. */
export const channelInWords = ({ channel }: Pick<CaseLine, 'channel'>): string =>
  CHANNELS[channel] ?? channel;
