import { useRef } from 'preact/hooks';
import type { MailLine } from '../../../bot/console/contract';
import { get } from '../api';
import { useLoaded } from '../loading';
import { Badge, Empty, Heading, Spinner, Table, Time, Trouble } from '../ui';
import type { ViewProps } from '../views';
import { sizeOf } from './files';
import { useChanged, useLineKeys } from './lists';
import { OneMail } from './oneMail';

/** Mails that wait for a person: all of them, or one. */
export function Mails({ params: { id } }: ViewProps) {
  return id === undefined ? <MailList /> : <OneMail key={id} id={id} />;
}

function MailList() {
  const loaded = useLoaded(() => get<readonly MailLine[]>('/mails'), 'mails');
  useChanged('mails', loaded.reload);
  const lines = useRef<HTMLDivElement>(null);
  useLineKeys(lines);
  const mails = loaded.value;
  return (
    <div class="page" ref={lines}>
      <Heading title="Mails that wait" />
      <p class="lead">Mails that the desk would not deal with alone. Nothing of them is lost.</p>
      {loaded.error !== undefined && <Trouble words={loaded.error} retry={loaded.reload} />}
      {!mails && loaded.loading && <Spinner />}
      {mails?.length === 0 && <Empty title="No mail waits" />}
      {mails && mails.length > 0 && (
        <Table
          caption="Mails that wait for a person"
          columns={['From', 'Why it waits', 'Received', 'Size']}
        >
          {mails.map((mail) => (
            <tr key={mail.id}>
              <th scope="row">
                <a data-line class="foreign" href={`#/mails/${encodeURIComponent(mail.id)}`}>
                  {fromOf(mail)}
                </a>
              </th>
              <td data-label="Why it waits">
                <MailState mail={mail} /> {mail.why}
              </td>
              <td data-label="Received">
                <Time at={mail.receivedAt} />
              </td>
              <td data-label="Size">{sizeOf(mail.bytes)}</td>
            </tr>
          ))}
        </Table>
      )}
    </div>
  );
}

/** Whoever sent it; a bounce says nobody. */
export const fromOf = ({ from }: MailLine): string => (from === '' ? 'nobody' : from);

/** What it waits for. */
export function MailState({ mail: { state } }: { mail: MailLine }) {
  return state === 'held' ? (
    <Badge tone="info">Waits for its sender</Badge>
  ) : (
    <Badge tone="warn">In quarantine</Badge>
  );
}
