import { useEffect, useState } from 'preact/hooks';
import { Button, Empty, Heading } from '../ui';
import type { ViewProps } from '../views';
import { QueueList } from './queueList';
import { queue, useQueueCount } from './queueStore';
import { SidePanel } from './sidePanel';
import { anythingUnsent, useConversation } from './stores';
import { Talk } from './talk';

/** The queue, the conversation that is open, and what is known about it: side by side where there is room. */
export function Conversations({ params }: ViewProps) {
  const { id } = params;
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => {
      if (anythingUnsent()) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => {
      window.removeEventListener('beforeunload', ask);
    };
  }, []);
  return (
    <div class={`desk${id === undefined ? '' : ' with-conversation'}`}>
      <section class="pane list-pane" aria-label="Queue">
        {id === undefined && <QueueHeading />}
        <QueueList openId={id} />
      </section>
      {id === undefined ? <Nothing /> : <OpenConversation key={id} id={id} />}
    </div>
  );
}

function QueueHeading() {
  const count = useQueueCount();
  return <Heading title={count === 0 ? 'Queue' : `Queue (${count})`}>Queue</Heading>;
}

function Nothing() {
  return (
    <section class="pane talk-pane nothing" aria-label="Conversation">
      <Empty title="No conversation is open">
        Take who has waited longest with <kbd>c</kbd>, or choose with <kbd>j</kbd> and <kbd>k</kbd>.{' '}
        <kbd>?</kbd> shows all keys.
      </Empty>
    </section>
  );
}

function OpenConversation({ id }: { id: string }) {
  const [store, state] = useConversation(id);
  const [detailsShown, showDetails] = useState(false);
  useEffect(() => {
    const look = (): void => {
      queue.show(document.visibilityState === 'visible' ? id : undefined);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      queue.show(undefined);
    };
  }, [id]);
  return (
    <>
      <section class={`pane talk-pane${detailsShown ? ' covered' : ''}`} aria-label="Conversation">
        <Talk {...{ store, state, detailsShown, showDetails }} />
      </section>
      <aside
        id="details"
        class={`pane side-pane${detailsShown ? ' shown' : ''}`}
        aria-label="Details"
      >
        <p class="details-toggle">
          <Button
            small
            onClick={() => {
              showDetails(false);
            }}
          >
            ‹ Conversation
          </Button>
        </p>
        {state.view && <SidePanel state={state} view={state.view} />}
      </aside>
    </>
  );
}
