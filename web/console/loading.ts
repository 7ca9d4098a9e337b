import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { wordsOf } from './api';

/** What a view has loaded, is loading, or could not. */
export interface Loaded<Value> {
  /** The last that came, also while it is asked for anew. */
  readonly value: Value | undefined;
  /** In words; the last value stays beside it. */
  readonly error: string | undefined;
  readonly loading: boolean;
  readonly reload: () => void;
  /** Puts a value that another answer brought. */
  readonly put: (value: Value) => void;
}

interface Kept<Value> {
  readonly key: string;
  readonly value?: Value;
  readonly error?: string;
  readonly loading: boolean;
}

/** Loads something when the view appears, and anew when `key` changes; an answer that comes too late is dropped. */
export function useLoaded<Value>(load: () => Promise<Value>, key: string): Loaded<Value> {
  const [kept, setKept] = useState<Kept<Value>>({ key, loading: true });
  const turn = useRef(0);
  const latest = useRef(load);
  latest.current = load;

  const reload = useCallback(() => {
    const mine = (turn.current += 1);
    const settle = (came: { value: Value } | { error: string }): void => {
      if (mine !== turn.current) return;
      setKept((before) => ({
        key,
        ...(before.key === key && before.value !== undefined ? { value: before.value } : {}),
        ...came,
        loading: false,
      }));
    };
    setKept((before) =>
      before.key === key ? { ...before, loading: true } : { key, loading: true },
    );
    latest.current().then(
      (value) => {
        settle({ value });
      },
      (error: unknown) => {
        settle({ error: wordsOf(error) });
      },
    );
  }, [key]);

  useEffect(() => {
    reload();
    return () => {
      turn.current += 1;
    };
  }, [reload]);

  const put = useCallback(
    (value: Value) => {
      turn.current += 1;
      setKept({ key, value, loading: false });
    },
    [key],
  );

  const current = kept.key === key ? kept : undefined;
  return {
    value: current?.value,
    error: current?.error,
    loading: current?.loading ?? true,
    reload,
    put,
  };
}
