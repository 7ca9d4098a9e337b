/** Something happened that a page of staff may want to show; it says what, and whoever hears it looks. */
export type DeskEvent =
  /** Anything about a handoff: it waits, is held, has ended, was noted on. */
  | { readonly kind: 'handoff'; readonly id: string }
  /** The customer is typing. */
  | { readonly kind: 'typing'; readonly conversationId: string }
  /** A proof or a consent of a conversation has changed. */
  | { readonly kind: 'conversation'; readonly conversationId: string }
  | { readonly kind: 'call'; readonly id: string }
  /** A case is new or has changed. */
  | { readonly kind: 'case'; readonly id: string }
  | { readonly kind: 'changed'; readonly what: 'updates' | 'mails' | 'replies' }
  /** An account or its sessions have changed: what it may see is to be looked at again. */
  | { readonly kind: 'account'; readonly id: string };

type Listener = (event: DeskEvent) => void;

/** Passes on, within this process, what has happened; nothing of it is kept, and nothing depends on its being heard. */
export class DeskNews {
  private readonly listeners = new Set<Listener>();

  tell(event: DeskEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  /** Hears every event until the returned function is called. */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }
}
