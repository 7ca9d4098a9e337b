import type { ComponentChild } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { wordsOf } from '../api';
import { useSession } from '../session';
import { written } from '../times';
import { Button, toast } from '../ui';
import type { ConversationState, ConversationStore } from './conversationStore';
import { Message } from './message';
import { OutgoingMessage } from './outgoingMessage';

const NEARLY_PX = 40;

interface TranscriptProps {
  readonly store: ConversationStore;
  readonly state: ConversationState;
  /** Takes the words of a message that could not be said. */
  readonly takeBack: (text: string) => void;
}

/** The log of a conversation: it stays at its end, unless the agent has scrolled up. */
export function Transcript({ store, state, takeBack }: TranscriptProps) {
  const { me } = useSession();
  const { messages, outgoing, earlier, customerTypes } = state;
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const fromBottom = useRef<number | undefined>(undefined);
  const [unseen, setUnseen] = useState(0);
  const last = messages.at(-1)?.sequence ?? 0;
  const before = useRef(last);

  const toEnd = (): void => {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
    setUnseen(0);
  };

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    if (fromBottom.current !== undefined) {
      element.scrollTop = element.scrollHeight - fromBottom.current;
      fromBottom.current = undefined;
    } else if (atEnd.current) toEnd();
    else if (last > before.current)
      setUnseen(messages.filter(({ sequence }) => sequence > before.current).length);
    if (atEnd.current) before.current = last;
  }, [messages, outgoing, last]);

  // The window or the composer has another size: the end stays in sight.
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);

  const loadEarlier = async (): Promise<void> => {
    const element = scroller.current;
    try {
      if (element) fromBottom.current = element.scrollHeight - element.scrollTop;
      await store.loadEarlier();
    } catch (error) {
      fromBottom.current = undefined;
      toast(wordsOf(error), 'bad');
    }
  };

  return (
    <div class="transcript">
      <div
        ref={scroller}
        class="transcript-scroll"
        role="log"
        aria-label="Conversation"
        // It has to be scrolled by keys as well.
        tabIndex={0}
        onScroll={(event) => {
          const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
          atEnd.current = scrollHeight - scrollTop - clientHeight < NEARLY_PX;
          if (!atEnd.current) return;
          before.current = last;
          setUnseen(0);
        }}
      >
        {earlier && (
          <p class="earlier">
            <Button small kind="quiet" onClick={() => void loadEarlier()}>
              Earlier messages
            </Button>
          </p>
        )}
        <ol class="messages">
          {rows(state, me.name)}
          {outgoing.map((message) => (
            <OutgoingMessage key={message.id} message={message} store={store} takeBack={takeBack} />
          ))}
        </ol>
      </div>
      <p class="typing" aria-live="polite">
        {customerTypes && 'The customer is typing…'}
      </p>
      {unseen > 0 && (
        <button type="button" class="button small primary unseen" onClick={toEnd}>
          {unseen === 1 ? '1 new message' : `${unseen} new messages`} ↓
        </button>
      )}
    </div>
  );
}

/** The messages, with a line where a day begins. */
function rows({ messages }: ConversationState, me: string): ComponentChild[] {
  let day = '';
  return messages.flatMap((message) => {
    const itsDay = written(message.at, 'date');
    const row = <Message key={message.sequence} message={message} me={me} />;
    if (itsDay === day) return [row];
    day = itsDay;
    return [
      <li key={itsDay} class="day">
        <span>{itsDay}</span>
      </li>,
      row,
    ];
  });
}
