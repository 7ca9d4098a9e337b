import { Button } from '../ui';
import type { ConversationStore } from './conversationStore';
import type { Outgoing } from './messageLog';

interface OutgoingProps {
  readonly message: Outgoing;
  readonly store: ConversationStore;
  readonly takeBack: (text: string) => void;
}

/** A message of the agent that the log does not show yet. */
export function OutgoingMessage({ message, store, takeBack }: OutgoingProps) {
  const { id, text, state, why } = message;
  const stuck = state === 'failed' || state === 'refused';
  return (
    <li class={`message agent outgoing${stuck ? ' stuck' : ''}`}>
      <p class="message-by">
        <span>You</span>
      </p>
      <div class="bubble">
        <p class="message-text">{text}</p>
      </div>
      <div class="sending-state" role={stuck ? 'alert' : undefined}>
        <span>{words()}</span>
        {state === 'failed' && (
          <Button
            small
            onClick={() => {
              store.sending.retry();
            }}
          >
            Try again
          </Button>
        )}
        {/* Not while it may have been said: with another id it would be said twice. */}
        {state === 'refused' && (
          <Button
            small
            kind="quiet"
            onClick={() => {
              store.sending.drop(id);
              takeBack(text);
            }}
          >
            Back into the field
          </Button>
        )}
      </div>
    </li>
  );

  function words(): string {
    if (state === 'failed') return 'Not sent';
    if (state === 'refused') return why ?? 'Not sent';
    return state === 'said' ? 'Sent' : 'Sending…';
  }
}
