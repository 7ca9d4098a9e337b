import type { ComponentChildren } from 'preact';

/** The way from one thing to the list of all. */
export function Back({ to, children }: { to: string; children: ComponentChildren }) {
  return (
    <p class="way-back">
      <a href={to}>
        <span aria-hidden="true">← </span>
        {children}
      </a>
    </p>
  );
}
