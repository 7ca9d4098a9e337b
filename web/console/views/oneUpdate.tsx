import { useState } from 'preact/hooks';
import type { UpdateDecidedView, UpdateView } from '../../../bot/console/contract';
import { get } from '../api';
import { useLoaded } from '../loading';
import { Heading, Spinner, Time, Trouble } from '../ui';
import { Back } from './back';
import { Facts } from './facts';
import { useChanged } from './lists';
import { Outcome } from './outcome';
import { UpdateDecision } from './updateDecision';
import { titleOf, WaitsFor } from './updates';

/** One request for a change, with what it was and what it becomes, and the decision about it. */
export function OneUpdate({ id }: { id: string }) {
  const path = `/updates/${encodeURIComponent(id)}`;
  const loaded = useLoaded(() => get<UpdateView>(path), path);
  const [decided, setDecided] = useState<UpdateDecidedView | undefined>();
  const reload = (): void => {
    // What has been decided waits no more: it would not be found.
    if (!decided?.done) loaded.reload();
  };
  useChanged('updates', reload);
  const update = loaded.value;
  return (
    <div class="page narrow">
      <Back to="#/updates">All update requests</Back>
      <Heading title={update ? titleOf(update) : 'Update request'} />
      {decided && <Outcome tone={decided.done ? 'good' : 'bad'}>{decided.words}</Outcome>}
      {loaded.error !== undefined && !decided?.done && (
        <Trouble words={loaded.error} retry={loaded.reload} />
      )}
      {!update && loaded.loading && <Spinner />}
      {update && <Shown update={update} waits={!decided?.done} />}
      {update && !decided?.done && loaded.error === undefined && (
        <UpdateDecision
          update={update}
          decided={(answer) => {
            setDecided(answer);
            if (!answer.done) loaded.reload();
          }}
        />
      )}
    </div>
  );
}

function Shown({ update, waits }: { update: UpdateView; waits: boolean }) {
  const { userName, claimed, door, receivedAt, vouched, why, changes } = update;
  return (
    <>
      <section class="card" aria-label="About the request">
        {waits && (
          <p class="why">
            <WaitsFor update={update} /> <span>{why}</span>
          </p>
        )}
        <Facts
          facts={[
            ['Record', userName],
            ['They gave', claimed],
            ['Came by', door],
            ['Received', <Time key="received" at={receivedAt} />],
            ['Vouched for by', vouched && `${vouched.by}: ${vouched.reason}`],
          ]}
        />
      </section>
      {changes.length > 0 && <BeforeAndAfter changes={changes} />}
    </>
  );
}

function BeforeAndAfter({ changes }: Pick<UpdateView, 'changes'>) {
  return (
    <section class="card" aria-label="What changes">
      {changes.map(({ field, label, before, after }) => (
        <div key={field} class="change" role="group" aria-label={label}>
          <h2>{label}</h2>
          <div class="before">
            <h3>Before</h3>
            <p class="foreign">{before === '' ? 'nothing' : before}</p>
          </div>
          <div class="after">
            <h3>After</h3>
            <p class="foreign">{after === '' ? 'nothing' : after}</p>
          </div>
        </div>
      ))}
    </section>
  );
}
