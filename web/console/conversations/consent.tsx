import { useState } from 'preact/hooks';
import type { ConsentAskedView, ConversationView } from '../../../bot/console/contract';
import { post } from '../api';
import { Badge, Button, Time, toast, type Tone } from '../ui';
import { useDeed } from '../views/deed';
import { ConsentDialog } from './consentDialog';
import { consentWords, NOT_HELD } from './words';

type Consent = ConversationView['consents'][number];

const TONES: Readonly<Record<Consent['state'], Tone>> = {
  ...{ asked: 'info', given: 'good', refused: 'warn', revoked: 'bad', ended: 'neutral' },
};

/** How the consents to remote help stand, and what can be done about them. */
export function ConsentSection({ view, active }: { view: ConversationView; active: boolean }) {
  const [asking, setAsking] = useState(false);
  const { busy, run } = useDeed();
  const standing = view.consents.find(({ state }) => state === 'asked' || state === 'given');
  const end = async (): Promise<void> => {
    const { outcome } = await post<ConsentAskedView>(`/handoffs/${view.id}/consent/end`);
    if (outcome === 'notHeld') toast(NOT_HELD, 'bad');
    else toast('The consent is over.');
  };
  return (
    <section class="side-section">
      <h2>Remote help</h2>
      {view.consents.length === 0 && <p class="soft">No consent was asked for.</p>}
      <ul class="consents">
        {view.consents.map((consent) => (
          <li key={consent.id}>
            <Badge tone={TONES[consent.state]}>{consentWords(consent)}</Badge>
            <p class="message-text">{consent.scope}</p>
            <p class="soft">
              Asked <Time at={consent.askedAt} shape="time" />
              {consent.givenAt && (
                <>
                  {', agreed '}
                  <Time at={consent.givenAt} shape="time" />
                </>
              )}
              {consent.endedAt && (
                <>
                  {', over '}
                  <Time at={consent.endedAt} shape="time" />
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
      {active && !standing && (
        <Button
          small
          onClick={() => {
            setAsking(true);
          }}
        >
          Ask for consent…
        </Button>
      )}
      {active && standing && (
        <Button
          small
          busy={busy}
          onClick={() => {
            run(end);
          }}
        >
          {standing.state === 'given' ? 'End it' : 'Withdraw the question'}
        </Button>
      )}
      {asking && (
        <ConsentDialog
          id={view.id}
          close={() => {
            setAsking(false);
          }}
        />
      )}
    </section>
  );
}
