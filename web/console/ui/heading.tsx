import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface HeadingProps {
  /** For the window's title; the text of the heading unless it is more than a text. */
  readonly title: string;
  readonly children?: ComponentChildren;
}

let firstView = true;

/** The view's `h1`: names the window, and takes the focus when the view is gone to. */
export function Heading({ title, children }: HeadingProps) {
  const element = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – Comantra Privacy Desk`;
  }, [title]);
  useEffect(() => {
    // On the first one the browser's own place to begin is the better one.
    if (!firstView) element.current?.focus({ preventScroll: true });
    firstView = false;
  }, []);
  return (
    <h1 ref={element} class="view-title" tabIndex={-1}>
      {children ?? title}
    </h1>
  );
}
