import { useEffect, useRef, useState } from 'preact/hooks';
import type { CaseDoneView, CaseView } from '../../../bot/console/contract';
import { get } from '../api';
import { useLive, useLiveState } from '../live';
import { useLoaded } from '../loading';
import { Button, Heading, Spinner, Time, Trouble } from '../ui';
import { Back } from './back';
import { CaseMarks, channelInWords, TimeLeft, UrgencyBadge } from './caseBoard';
import { CaseDeeds } from './caseDeeds';
import { CaseHistory } from './caseHistory';
import { CaseTranscript } from './caseTranscript';
import { Facts } from './facts';
import { Outcome } from './outcome';

/** One case with its whole history, and what can be done about it. */
export function OneCase({ reference, board }: { reference: string; board: string }) {
  const path = `/cases/${encodeURIComponent(reference)}`;
  const loaded = useLoaded(() => get<CaseView>(path), path);
  const [done, setDone] = useState<CaseDoneView | undefined>();
  const [older, markRead] = useOlder();
  const reload = (): void => {
    markRead();
    loaded.reload();
  };
  const shown = loaded.value;
  return (
    <div class="page">
      <div class="over">
        <Back to={board}>All cases</Back>
        <Button small kind="quiet" disabled={!older} onClick={reload}>
          {older ? 'Cases have changed: read this one again' : 'Up to date'}
        </Button>
      </div>
      <Heading title={`Case ${reference}`} />
      {done && <Outcome tone={done.done ? 'good' : 'bad'}>{done.words}</Outcome>}
      {loaded.error !== undefined && <Trouble words={loaded.error} retry={reload} />}
      {!shown && loaded.loading && <Spinner />}
      {shown && (
        <>
          <p class="marks">
            <TimeLeft line={shown} /> <UrgencyBadge urgency={shown.urgency} />{' '}
            <CaseMarks line={shown} />
          </p>
          <div class="beside">
            <div>
              <CaseDeeds
                shown={shown}
                done={(answer) => {
                  setDone(answer);
                  reload();
                }}
              />
              <CaseHistory entries={shown.entries} />
              {shown.transcript && <CaseTranscript path={path} />}
            </div>
            <aside aria-label="About the case">
              <About shown={shown} />
              <AuditEntries audit={shown.audit} />
            </aside>
          </div>
        </>
      )}
    </div>
  );
}

const OWN_NEWS_MS = 1500;

/**
 * Whether something may have happened since the case was read. Reading is audited, so it is not read again for every
 * change of some case.
 */
function useOlder(): readonly [boolean, () => void] {
  const [older, setOlder] = useState(false);
  const readAt = useRef(0);
  const liveState = useLiveState();
  useLive((event) => {
    // The news of one's own deed comes a moment after its answer.
    const own = Date.now() - readAt.current < OWN_NEWS_MS;
    if (event.kind === 'changed' && event.what === 'cases' && !own) setOlder(true);
  });
  useEffect(() => {
    if (liveState === 'away') setOlder(true);
  }, [liveState]);
  const markRead = (): void => {
    readAt.current = Date.now();
    setOlder(false);
  };
  return [older, markRead];
}

const STAFF_WORDS: Readonly<Record<CaseView['aboutStaff'], string | undefined>> = {
  no: undefined,
  staff: 'Somebody of staff',
  privacy_manager: 'The privacy manager',
};

function About({ shown }: { shown: CaseView }) {
  const { kindWords, receivedAt, due, name, email, phone, noticed, record } = shown;
  return (
    <section class="card">
      <h2>About the case</h2>
      <Facts
        facts={[
          ['Kind', kindWords],
          ['Came by', channelInWords(shown)],
          ['Received', <Time key="received" at={receivedAt} />],
          ['Answer due', due],
          ['Name', name],
          ['E-mail', email ?? 'none given: the answer is read with the PIN'],
          ['Telephone', phone],
          ['Noticed', noticed],
          ['Proved record', record],
          ['About', STAFF_WORDS[shown.aboutStaff]],
          ['Named of staff', shown.named.map((person) => person.name).join(', ')],
        ]}
      />
    </section>
  );
}

function AuditEntries({ audit }: Pick<CaseView, 'audit'>) {
  return (
    <details class="card">
      <summary>Audit log ({audit.length})</summary>
      <ol class="audit-entries">
        {audit.map(({ seq, at, words, by }) => (
          <li key={seq}>
            <span class="soft">
              No. {seq}, <Time at={at} />
            </span>
            <br />
            <span class="foreign">
              {words} ({by})
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
