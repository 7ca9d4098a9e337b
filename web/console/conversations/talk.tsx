import { useState } from 'preact/hooks';
import type { ConversationView, HandoffDoneView } from '../../../bot/console/contract';
import { post, wordsOf } from '../api';
import { useMay, useSession } from '../session';
import { Badge, Button, Heading, Notice, Spinner, toast, Trouble } from '../ui';
import { Composer } from './composer';
import type { ConversationState, ConversationStore } from './conversationStore';
import { CloseDialog, ReturnDialog, TransferDialog } from './endings';
import { useTaking } from './taking';
import { Transcript } from './transcript';
import { CHANGED_HANDS, consentWords } from './words';

interface TalkProps {
  readonly store: ConversationStore;
  readonly state: ConversationState;
  readonly detailsShown: boolean;
  readonly showDetails: (shown: boolean) => void;
}

/** A conversation: who it is, what was said, and the field to write. */
export function Talk({ store, state, detailsShown, showDetails }: TalkProps) {
  const { view, trouble, shouted } = state;
  const [takenBack, takeBack] = useState<{ text: string } | undefined>();
  if (!view)
    return (
      <>
        <Heading title="Conversation" />
        {trouble ? <Trouble words={trouble} retry={() => void store.load()} /> : <Spinner />}
      </>
    );
  return (
    <>
      <header class="talk-head">
        <a class="back" href="#/queue">
          <span aria-hidden="true">‹</span> Queue
        </a>
        <Heading title={view.customer}>
          {view.customer} {view.verified && <Badge tone="good">✓ verified</Badge>}
        </Heading>
        <div class="button-row">
          <span class="details-toggle">
            <Button
              small
              aria-expanded={detailsShown}
              aria-controls="details"
              onClick={() => {
                showDetails(!detailsShown);
              }}
            >
              Details
            </Button>
          </span>
          <Endings view={view} />
        </div>
      </header>
      {trouble && <Trouble words={trouble} retry={() => void store.load()} />}
      {shouted && (
        <Notice tone="bad" loud>
          <p>
            <strong>Stop the remote help now.</strong> {consentWords(shouted)}: “{shouted.scope}”
          </p>
          <Button
            small
            onClick={() => {
              store.seen();
            }}
          >
            I have stopped
          </Button>
        </Notice>
      )}
      <Transcript
        key={view.id}
        store={store}
        state={state}
        takeBack={(text) => {
          takeBack({ text });
        }}
      />
      {view.mine && view.open && !view.chatEnded ? (
        <Composer key={view.id} store={store} view={view} takenBack={takenBack} />
      ) : (
        <p class="no-composer">{whyNot(view)}</p>
      )}
    </>
  );
}

function whyNot({ mine, open, chatEnded, holder, state }: ConversationView): string {
  if (!open) return 'This conversation has ended.';
  if (chatEnded)
    return 'The customer has ended the chat. Close the conversation when you are done.';
  if (!mine && state === 'waiting') return 'Nobody holds this conversation: it is waiting.';
  return `${holder?.name ?? 'Somebody else'} holds this conversation.`;
}

type Ending = 'transfer' | 'return' | 'close';

function Endings({ view }: { view: ConversationView }) {
  const { me } = useSession();
  const may = useMay();
  const { take } = useTaking();
  // What was pressed is meant for the conversation as it was shown then.
  const [asked, setAsked] = useState<{ ending: Ending; since: number } | undefined>();
  const oversees = may('conversations.oversee');
  if (!view.open || view.state !== 'held' || !(view.mine || oversees)) return null;
  const ending = asked?.ending;
  const props = {
    id: view.id,
    since: asked?.since ?? view.turn,
    close: () => {
      setAsked(undefined);
    },
  };
  const takeOver = async (): Promise<void> => {
    try {
      const { turn: since } = view;
      const body = { to: me.id, since };
      const { outcome } = await post<HandoffDoneView>(`/handoffs/${view.id}/transfer`, body);
      if (outcome === 'done') take(view.id, since + 1);
      else toast(CHANGED_HANDS, 'warn');
    } catch (error) {
      toast(wordsOf(error), 'bad');
    }
  };
  const button = (what: Ending, words: string) => (
    <Button
      small
      onClick={() => {
        setAsked({ ending: what, since: view.turn });
      }}
    >
      {words}
    </Button>
  );
  return (
    <>
      {!view.mine && (
        <Button small kind="primary" onClick={() => void takeOver()}>
          Take over
        </Button>
      )}
      {button('transfer', 'Pass on…')}
      {button('return', 'To the bot…')}
      {button('close', 'Close…')}
      {ending === 'transfer' && <TransferDialog {...props} />}
      {ending === 'return' && <ReturnDialog {...props} />}
      {ending === 'close' && <CloseDialog {...props} />}
    </>
  );
}
