import { useState } from 'preact/hooks';
import type { MessageView } from '../../../bot/console/contract';
import { get } from '../api';
import { Message } from '../conversations/message';
import { useSession } from '../session';
import { Button, Empty, Time } from '../ui';
import { useDeed } from './deed';

/** The conversation that a case came from; only fetched when it is asked for, as reading it is audited. */
export function CaseTranscript({ path }: { path: string }) {
  const { me } = useSession();
  const [messages, setMessages] = useState<readonly MessageView[] | undefined>();
  const deed = useDeed();
  const [first] = messages ?? [];
  return (
    <section class="card" aria-label="Conversation">
      <h2>Conversation</h2>
      {!messages && (
        <Button
          busy={deed.busy}
          onClick={() => {
            deed.run(async () => {
              setMessages(await get<readonly MessageView[]>(`${path}/transcript`));
            });
          }}
        >
          Read the conversation
        </Button>
      )}
      {messages && first === undefined && <Empty title="Nothing was said" />}
      {messages && first && (
        <>
          <p class="soft">
            It began <Time at={first.at} />.
          </p>
          {/* Long ones scroll in a place of their own, by keys as well. */}
          <div class="read-back" role="region" aria-label="Messages" tabIndex={0}>
            <ol class="messages">
              {messages.map((message) => (
                <Message key={message.sequence} message={message} me={me.name} />
              ))}
            </ol>
          </div>
        </>
      )}
    </section>
  );
}
