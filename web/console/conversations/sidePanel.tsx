import { useState } from 'preact/hooks';
import type { ConversationView } from '../../../bot/console/contract';
import { useMay } from '../session';
import { Badge, Button, Time } from '../ui';
import { CaseDialog } from './caseDialog';
import { ChangeDialog } from './changeDialog';
import { ConsentSection } from './consent';
import type { ConversationState } from './conversationStore';
import { Notes } from './notes';
import { VerifyDialog } from './verifyDialog';

type Shown = 'verify' | 'change' | 'case';

/** What is known about the customer and the conversation, and what can be done for them. */
export function SidePanel({ state, view }: { state: ConversationState; view: ConversationView }) {
  const [shown, setShown] = useState<Shown | undefined>();
  const may = useMay();
  const active = view.mine && view.open;
  const close = (): void => {
    setShown(undefined);
  };
  const told = state.messages.filter(({ from, text }) => from === 'customer' && text !== '');
  const button = (what: Shown, words: string, disabled = false) => (
    <Button
      small
      disabled={disabled}
      onClick={() => {
        setShown(what);
      }}
    >
      {words}
    </Button>
  );
  return (
    <>
      <section class="side-section">
        <h2>Customer</h2>
        <dl class="about">
          <div>
            <dt>Identity</dt>
            <dd>
              {view.customer}{' '}
              {view.verified ? (
                <Badge tone="good">✓ verified</Badge>
              ) : (
                <Badge tone="warn">not verified</Badge>
              )}
            </dd>
          </div>
          {view.userName !== undefined && (
            <div>
              <dt>User name</dt>
              <dd>{view.userName}</dd>
            </div>
          )}
          <div>
            <dt>Topic</dt>
            <dd>{view.topic}</dd>
          </div>
          <div>
            <dt>Channel</dt>
            <dd>{view.channel}</dd>
          </div>
          <div>
            <dt>Asked for a person</dt>
            <dd>
              <Time at={view.requestedAt} />
            </dd>
          </div>
        </dl>
        {active && (
          <div class="button-row">
            {button('verify', view.verified ? 'Ask for a code again…' : 'Ask for a code…')}
            {button('change', 'Propose a change…', !view.verified)}
            {button('case', 'Open a case…', told.length === 0)}
          </div>
        )}
        {active && !view.verified && (
          <p class="hint">A change can be proposed once the customer has typed the code.</p>
        )}
      </section>
      <ConsentSection view={view} active={active} />
      <Notes view={view} canWrite={view.mine || may('conversations.oversee')} />
      <section class="side-section">
        <h2>History</h2>
        <ol class="history">
          {view.history.map(({ at, words }) => (
            <li key={`${at} ${words}`}>
              <Time at={at} /> {words}
            </li>
          ))}
        </ol>
      </section>
      {shown === 'verify' && <VerifyDialog id={view.id} close={close} />}
      {shown === 'change' && <ChangeDialog id={view.id} close={close} />}
      {shown === 'case' && (
        <CaseDialog id={view.id} verified={view.verified} told={told} close={close} />
      )}
    </>
  );
}
