import { useCallback, useRef, useState } from 'preact/hooks';
import type { ClaimedView } from '../../../bot/console/contract';
import { post, wordsOf } from '../api';
import { go } from '../router';
import { useSession } from '../session';
import { toast } from '../ui';
import { queue } from './queueStore';
import { storeOf } from './stores';

let justTaken: string | undefined;

/** Whether a conversation was taken a moment ago, so that its composer has the focus; true once. */
export function wasJustTaken(id: string): boolean {
  const was = justTaken === id;
  if (was) justTaken = undefined;
  return was;
}

/** Takes a conversation, and opens it; says who was first where somebody was. */
export function useTaking(): {
  readonly taking: string | undefined;
  /** @param turn as which the page shows it; otherwise as its line in the queue does. */
  readonly take: (id: string, turn?: number) => void;
} {
  const { me } = useSession();
  const [taking, setTaking] = useState<string | undefined>();
  const busy = useRef(false);
  const take = useCallback(
    (id: string, turn = queue.turnOf(id)) => {
      if (busy.current) return;
      busy.current = true;
      setTaking(id);
      void claim(id, me.name, turn).finally(() => {
        busy.current = false;
        setTaking(undefined);
      });
    },
    [me.name],
  );
  return { taking, take };
}

async function claim(id: string, name: string, since: number | undefined): Promise<void> {
  try {
    const claimed = await post<ClaimedView>(`/handoffs/${id}/claim`, { since });
    if (claimed.outcome === 'claimed') {
      storeOf(id, name).take(claimed.conversation);
      justTaken = id;
      go(`/conversation/${id}`);
      return;
    }
    toast(
      claimed.outcome === 'taken'
        ? `${claimed.by} was faster and has this conversation.`
        : 'The customer is not waiting any more, or was passed on a moment ago.',
      'warn',
    );
    void queue.load();
  } catch (error) {
    toast(wordsOf(error), 'bad');
  }
}
