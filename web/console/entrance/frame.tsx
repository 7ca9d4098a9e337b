import type { ComponentChildren } from 'preact';
import { Heading } from '../ui';

/** The page before somebody is signed in. */
export function Entrance({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <main class="entrance">
      <p class="desk-name">
        <img src="/assets/shared/icon.svg" alt="" width="28" height="28" />
        Comantra Privacy Desk
      </p>
      <section class="entrance-card">
        <Heading title={title} />
        {children}
      </section>
    </main>
  );
}
