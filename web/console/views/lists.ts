import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { LiveEvent } from '../../../bot/console/contract';
import { useShortcuts } from '../keys';
import { useLive } from '../live';

const GATHER_MS = 250;

type What = Extract<LiveEvent, { kind: 'changed' }>['what'];

/** Calls once for several changes that come together, and after a gap in the connection. */
export function useChanged(what: What, then: () => void): void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useLive((event) => {
    if (event.kind !== 'ready' && !(event.kind === 'changed' && event.what === what)) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(then, GATHER_MS);
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );
}

const LINE = '[data-line]';

/** j, k and the arrows go through the links that are marked with `data-line` below an element. */
export function useLineKeys(element: RefObject<HTMLElement | null>): void {
  const move = (by: 1 | -1) => () => {
    const lines = [...(element.current?.querySelectorAll<HTMLElement>(LINE) ?? [])];
    const at = lines.findIndex((line) => line === document.activeElement);
    const next = at === -1 && by === -1 ? lines.length - 1 : at + by;
    lines[Math.max(0, Math.min(lines.length - 1, next))]?.focus();
  };
  useShortcuts({ j: move(1), k: move(-1), ArrowDown: move(1), ArrowUp: move(-1) });
}
