import { useEffect, useState } from 'preact/hooks';
import type { Tone } from './basics';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: Tone;
}

const SHOWN_MS = 8000;
const AT_MOST = 4;

let toasts: readonly Toast[] = [];
let count = 0;
const watchers = new Set<(toasts: readonly Toast[]) => void>();

/** Says in a corner of the page what came of a deed; what is bad stays until it is closed. */
export function toast(text: string, tone: Tone = 'good'): void {
  const takeAway = standing(text, tone);
  if (tone !== 'bad') setTimeout(takeAway, SHOWN_MS);
}

/** Says something as long as it is so: until the returned function is called, or it is closed. */
export function standing(text: string, tone: Tone): () => void {
  const id = (count += 1);
  change([...toasts, { id, text, tone }].slice(-AT_MOST));
  return () => {
    close(id);
  };
}

function close(id: number): void {
  change(toasts.filter((each) => each.id !== id));
}

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const watcher of watchers) watcher(next);
}

/** Where toasts are shown and read out: once on the page, and in each open dialog. */
export function Toasts() {
  const [shown, setShown] = useState(toasts);
  useEffect(() => {
    watchers.add(setShown);
    return () => {
      watchers.delete(setShown);
    };
  }, []);
  return (
    <div class="toasts" role="status" aria-live="polite">
      {shown.map(({ id, text, tone }) => (
        <div key={id} class={`toast ${tone}`}>
          <span>{text}</span>
          <button
            type="button"
            class="icon-button"
            aria-label="Close this message"
            onClick={() => {
              close(id);
            }}
          >
            <span aria-hidden="true">✕</span>
          </button>
        </div>
      ))}
    </div>
  );
}
