import { useState } from 'preact/hooks';
import type { CallView, RecordView } from '../../../bot/console/contract';
import { get, post } from '../api';
import { useLive } from '../live';
import { useLoaded } from '../loading';
import { Badge, Button, Heading, Notice, Spinner, Time, Trouble } from '../ui';
import { CallChange } from './callChange';
import { CallProof } from './callProof';
import { CallQuestion } from './callQuestion';
import { CallReport } from './callReport';
import { followCall, keepRecord, recordOf } from './calls';
import { useDeed } from './deed';
import { Facts } from './facts';

/** Path of a call below the console's interface. */
export const pathOf = ({ id }: Pick<CallView, 'id'>): string => `/calls/${encodeURIComponent(id)}`;

/** One call: all that can be done while talking, on one screen. */
export function OneCall({ id }: { id: string }) {
  const loaded = useLoaded(() => get<CallView>(pathOf({ id })), id);
  useLive((event) => {
    if (event.kind === 'call' && event.call.id === id) loaded.put(event.call);
    if (event.kind === 'ready') loaded.reload();
  });
  const call = loaded.value;
  if (call) followCall(call);
  return (
    <div class="page">
      <Heading title={call?.callBack ? 'Call back' : 'Telephone call'} />
      {loaded.error !== undefined && <Trouble words={loaded.error} retry={loaded.reload} />}
      {!call && loaded.loading && <Spinner />}
      {call && <Shown call={call} put={loaded.put} reload={loaded.reload} />}
    </div>
  );
}

interface ShownProps {
  readonly call: CallView;
  readonly put: (call: CallView) => void;
  readonly reload: () => void;
}

function Shown({ call, put, reload }: ShownProps) {
  const [record, setRecord] = useState<RecordView | undefined>(() => recordOf(call.id));
  const goesOn = !call.ended && !call.stopped;
  const proved = goesOn && call.verified !== undefined ? record : undefined;
  return (
    <>
      {call.stopped && <Stopped />}
      {call.ended && (
        <Notice>The call is ended. What was reported in it can still be taken down here.</Notice>
      )}
      {call.callBack && <CallBack callBack={call.callBack} />}
      <div class="beside call">
        <div>
          {goesOn && (
            <>
              <CallQuestion call={call} />
              <CallProof
                call={call}
                verified={(next, found) => {
                  keepRecord(call.id, found);
                  setRecord(found);
                  put(next);
                }}
                reload={reload}
              />
              <CallChange call={call} record={proved} reload={reload} />
            </>
          )}
          <CallReport call={call} reload={reload} />
        </div>
        <aside aria-label="About the call">
          <About call={call} put={put} />
        </aside>
      </div>
    </>
  );
}

function Stopped() {
  return (
    <div class="stopped" role="alert">
      <p class="stopped-title">Stop. The owner of the mailbox says that they did not call.</p>
      <p>
        The code and the proof are void. Do not change anything, and tell the caller nothing of the
        record. End the call politely; a privacy manager is told.
      </p>
    </div>
  );
}

function CallBack({
  callBack: { phone, name, words },
}: {
  callBack: NonNullable<CallView['callBack']>;
}) {
  return (
    <section class="card" aria-label="Whom to call">
      <p class="aloud">
        <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a>
      </p>
      <Facts
        facts={[
          ['Name', name],
          ['They wrote', words],
        ]}
      />
    </section>
  );
}

function About({ call, put }: Pick<ShownProps, 'call' | 'put'>) {
  const deed = useDeed();
  const end = (again: boolean) => async (): Promise<void> => {
    put(await post<CallView>(`${pathOf(call)}/end`, again ? { again } : {}));
  };
  return (
    <section class="card">
      <h2>This call</h2>
      <p aria-live="polite">{stateBadge(call)}</p>
      <Facts
        facts={[
          ['Time of the call', <Time key="time" at={call.startedAt} />],
          ['Proved record', call.verified],
        ]}
      />
      <ol class="deeds-done">
        {call.deeds.map(({ at, words }, index) => (
          // They are only ever added.
          <li key={index}>
            <Time at={at} shape="time" /> {words}
          </li>
        ))}
      </ol>
      {!call.ended && (
        <div class="button-row">
          <Button
            busy={deed.busy}
            onClick={() => {
              deed.run(end(false));
            }}
          >
            End the call
          </Button>
          {call.callBack && (
            <Button
              busy={deed.busy}
              onClick={() => {
                deed.run(end(true));
              }}
            >
              Not reached: call again later
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

function stateBadge({ stopped, ended, verified, codeSent }: CallView) {
  if (stopped) return <Badge tone="bad">Stopped by the owner</Badge>;
  if (ended) return <Badge>Ended</Badge>;
  if (verified !== undefined) return <Badge tone="good">✓ Mailbox proved</Badge>;
  return codeSent ? <Badge tone="info">Code asked for</Badge> : <Badge>Nobody is proved</Badge>;
}
