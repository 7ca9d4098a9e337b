import { useEffect } from 'preact/hooks';
import { useSession } from '../session';
import { useStore } from '../store';
import { ConversationStore, type ConversationState } from './conversationStore';
import { forgetDrafts } from './draft';

const stores = new Map<string, ConversationStore>();

/** The store of a conversation; the same one as long as anything of it matters. */
export function storeOf(id: string, name: string): ConversationStore {
  let store = stores.get(id);
  if (!store) {
    store = new ConversationStore(id, name);
    stores.set(id, store);
  }
  return store;
}

const whole = (state: ConversationState): ConversationState => state;

/** A conversation, kept up to date while it is shown, and on while it is mine. */
export function useConversation(id: string): [ConversationStore, ConversationState] {
  const { me } = useSession();
  const store = storeOf(id, me.name);
  useEffect(() => {
    store.start();
    void store.load();
    return () => {
      if (!store.settled) return;
      store.end();
      stores.delete(store.id);
    };
  }, [store]);
  return [store, useStore(store, whole)];
}

/** Forgets all: somebody else has signed in. */
export function forgetConversations(): void {
  for (const store of stores.values()) store.end();
  stores.clear();
  forgetDrafts();
}

/** Whether a message is still on its way. */
export function anythingUnsent(): boolean {
  return [...stores.values()].some(({ state }) =>
    state.outgoing.some(({ state }) => state !== 'said'),
  );
}
