import { useState } from 'preact/hooks';
import type { MailDecidedView, MailView } from '../../../bot/console/contract';
import { get, post } from '../api';
import { useLoaded } from '../loading';
import { go } from '../router';
import { Button, Dialog, Heading, Spinner, Time, toast, Trouble } from '../ui';
import { Back } from './back';
import { useDeed } from './deed';
import { Facts } from './facts';
import { Files, sizeOf } from './files';
import { fromOf, MailState } from './mails';

/** One mail that waits, as text, and what becomes of it. */
export function OneMail({ id }: { id: string }) {
  const path = `/mails/${encodeURIComponent(id)}`;
  const loaded = useLoaded(() => get<MailView>(path), path);
  const mail = loaded.value;
  return (
    <div class="page narrow">
      <Back to="#/mails">All mails that wait</Back>
      <Heading title={mail?.subject ? `Mail: ${mail.subject}` : 'Mail'} />
      {loaded.error !== undefined && <Trouble words={loaded.error} retry={loaded.reload} />}
      {!mail && loaded.loading && <Spinner />}
      {mail && (
        <>
          <section class="card" aria-label="About the mail">
            <p class="why">
              <MailState mail={mail} /> <span>{mail.why}</span>
            </p>
            <Facts
              facts={[
                ['From', fromOf(mail)],
                ['To', mail.to.join(', ')],
                ['Received', <Time key="received" at={mail.receivedAt} />],
                ['Case', mail.reference && <CaseLink reference={mail.reference} />],
                ['Size', sizeOf(mail.bytes)],
              ]}
            />
          </section>
          <section class="card" aria-label="Text">
            <p class="foreign words">{mail.text === '' ? '(no text)' : mail.text}</p>
            <Files files={mail.files} />
          </section>
          <Decision path={path} />
        </>
      )}
    </div>
  );
}

function CaseLink({ reference }: { reference: string }) {
  return <a href={`#/cases/${reference}`}>{reference}</a>;
}

const GONE = 'That mail does not wait any more: somebody else may have dealt with it.';

type Asked = 'discard' | 'asCase';

function Decision({ path }: { path: string }) {
  const deed = useDeed();
  const [asked, setAsked] = useState<Asked | undefined>();
  const decide = (action: 'release' | 'discard', body: object, words: string): void => {
    deed.run(async () => {
      const { outcome } = await post<MailDecidedView>(`${path}/${action}`, body);
      toast(outcome === 'done' ? words : GONE, outcome === 'done' ? 'good' : 'warn');
      go('/mails');
    });
  };
  return (
    <section class="card" aria-label="What becomes of it">
      <div class="button-row">
        <Button
          kind="primary"
          busy={deed.busy}
          onClick={() => {
            decide('release', {}, 'It is let through; the desk deals with it within seconds.');
          }}
        >
          Let through
        </Button>
        <Button
          disabled={deed.busy}
          onClick={() => {
            setAsked('asCase');
          }}
        >
          Let through as a case…
        </Button>
        <Button
          kind="danger"
          disabled={deed.busy}
          onClick={() => {
            setAsked('discard');
          }}
        >
          Discard…
        </Button>
      </div>
      <p class="hint">
        What is let through keeps its own time of receipt; the checks of its sender are passed over.
      </p>
      {asked && (
        <Dialog
          title={asked === 'discard' ? 'Discard this mail?' : 'Make a case of this mail?'}
          onClose={() => {
            setAsked(undefined);
          }}
        >
          <p>
            {asked === 'discard'
              ? 'It is thrown away, and nobody is told. This is recorded, and cannot be taken back.'
              : 'A case is opened from it, with a promise that counts from its receipt.'}
          </p>
          <div class="button-row end">
            <Button
              onClick={() => {
                setAsked(undefined);
              }}
            >
              Keep it
            </Button>
            <Button
              kind={asked === 'discard' ? 'danger' : 'primary'}
              busy={deed.busy}
              onClick={() => {
                if (asked === 'discard') decide('discard', {}, 'The mail is discarded.');
                else
                  decide('release', { asCase: true }, 'A case is opened from it within seconds.');
              }}
            >
              {asked === 'discard' ? 'Discard' : 'Make a case'}
            </Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}
