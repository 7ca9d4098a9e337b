import { useRef } from 'preact/hooks';
import type { UpdateView } from '../../../bot/console/contract';
import { get } from '../api';
import { useLoaded } from '../loading';
import { Badge, Empty, Heading, Spinner, Table, Time, Trouble } from '../ui';
import type { ViewProps } from '../views';
import { useChanged, useLineKeys } from './lists';
import { OneUpdate } from './oneUpdate';

/** Requests for a change that wait for staff: all of them, or one. */
export function Updates({ params: { id } }: ViewProps) {
  return id === undefined ? <UpdateList /> : <OneUpdate key={id} id={id} />;
}

function UpdateList() {
  const loaded = useLoaded(() => get<readonly UpdateView[]>('/updates'), 'updates');
  useChanged('updates', loaded.reload);
  const lines = useRef<HTMLDivElement>(null);
  useLineKeys(lines);
  return (
    <div class="page" ref={lines}>
      <Heading title="Update requests" />
      <p class="lead">
        Changes that wait for somebody of staff. Two persons are needed where the customer could not
        prove the mailbox on file.
      </p>
      {loaded.error !== undefined && <Trouble words={loaded.error} retry={loaded.reload} />}
      {!loaded.value && loaded.loading && <Spinner />}
      {loaded.value?.length === 0 && <Empty title="No request waits" />}
      {loaded.value && loaded.value.length > 0 && <Lines updates={loaded.value} />}
    </div>
  );
}

function Lines({ updates }: { updates: readonly UpdateView[] }) {
  return (
    <Table
      caption="Update requests that wait"
      columns={['Request', 'Record', 'Came by', 'Received', 'Waits for']}
    >
      {updates.map((update) => (
        <tr key={update.id}>
          <th scope="row">
            <a data-line href={`#/updates/${encodeURIComponent(update.id)}`}>
              {titleOf(update)}
            </a>
          </th>
          <td data-label="Record" class="foreign">
            {update.userName ?? update.claimed ?? 'not known'}
          </td>
          <td data-label="Came by">{update.door}</td>
          <td data-label="Received">
            <Time at={update.receivedAt} />
          </td>
          <td data-label="Waits for">
            <WaitsFor update={update} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** Whose turn it is. */
export function WaitsFor({ update: { state, mine } }: { update: UpdateView }) {
  if (mine) return <Badge>Somebody else than you</Badge>;
  return state === 'second' ? (
    <Badge tone="warn">A second person</Badge>
  ) : (
    <Badge tone="info">A first person</Badge>
  );
}

/** What a request is about, in a few words. */
export function titleOf({ kind, changes }: UpdateView): string {
  if (kind === 'password') return 'Forgotten password';
  const labels = changes.map(({ label }) => label);
  return labels.length > 0 ? labels.join(', ') : 'Change of data';
}
