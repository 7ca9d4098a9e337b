import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface OutcomeProps {
  readonly tone: 'good' | 'bad' | 'warn';
  readonly children: ComponentChildren;
}

/** What came of a deed, in the place of the form that did it: it takes over the focus. */
export function Outcome({ tone, children }: OutcomeProps) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    element.current?.focus();
  }, [children]);
  return (
    <div ref={element} class={`notice outcome ${tone}`} role="status" tabIndex={-1}>
      {children}
    </div>
  );
}
