import { useEffect, useState } from 'preact/hooks';

/** Something that changes by itself, and that components show. */
export class Store<State> {
  private readonly watchers = new Set<() => void>();
  private told = false;

  constructor(private current: State) {}

  get state(): State {
    return this.current;
  }

  protected set(part: Partial<State>): void {
    this.current = { ...this.current, ...part };
    if (this.told) return;
    // Many changes at once are one rendering.
    this.told = true;
    queueMicrotask(() => {
      this.told = false;
      for (const watcher of [...this.watchers]) watcher();
    });
  }

  /** Calls when it has changed, until the returned function is called. */
  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }
}

/** What a store holds, or what is picked of it, kept up to date; the component is drawn anew only when that changes. */
export function useStore<State, Picked>(
  store: Store<State>,
  pick: (state: State) => Picked,
): Picked {
  const [, draw] = useState<unknown>(() => pick(store.state));
  const picked = pick(store.state);
  useEffect(() => {
    const look = (): void => {
      draw(() => pick(store.state));
    };
    look();
    return store.watch(look);
    // `pick` is the same each time in what it picks.
  }, [store]);
  return picked;
}
