import { post, whenPosted } from './api';
import { standing } from './ui';

const MINUTE_MS = 60_000;
/** The desk ends a session in which nothing was done for so long. */
const IDLE_MS = 30 * MINUTE_MS;
const WARNED_AT_MS = IDLE_MS - MINUTE_MS;
/** A little longer than the desk waits until it notes the next thing, so that it notes each that is told. */
const TOLD_EVERY_MS = MINUTE_MS + 1000;
/** After the desk has ended it, whatever the answer took. */
const SURELY_OVER_MS = IDLE_MS + 5000;

/** What only a person does: a page scrolls by itself as well, so `scroll` is none of them. */
const DEEDS = ['pointerdown', 'keydown', 'wheel', 'touchmove', 'click', 'input'] as const;
const WARNING = 'You will be signed out in a minute, unless you press a key.';

/** Tells the desk that somebody is at the page, and them when the desk is about to think that nobody is. */
class Here {
  /** When the desk last noted that something was done, as far as this page and its siblings know. */
  private notedAt = 0;
  private askedAt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private hush: (() => void) | undefined;
  private siblings: BroadcastChannel | undefined;
  private over: () => void = () => undefined;

  /** Watches until the returned function is called. @param over called when the desk should have ended the session. */
  start(over: () => void): () => void {
    const { deed } = this;
    const listening = { capture: true, passive: true };
    for (const name of DEEDS) window.addEventListener(name, deed, listening);
    this.siblings = new BroadcastChannel('console-here');
    this.siblings.addEventListener('message', () => {
      this.note();
    });
    whenPosted(() => {
      if (Date.now() - this.notedAt < TOLD_EVERY_MS) return;
      this.note();
      this.siblings?.postMessage('noted');
    });
    this.over = over;
    this.askedAt = 0;
    this.note();
    // Opening the page is a deed as well; the desk may have noted the one before half an hour ago.
    this.tell();
    return () => {
      for (const name of DEEDS) window.removeEventListener(name, deed, listening);
      whenPosted(() => undefined);
      this.siblings?.close();
      clearTimeout(this.timer);
      this.calm();
    };
  }

  private readonly deed = ({ isTrusted }: Event): void => {
    if (isTrusted && Date.now() - this.notedAt >= TOLD_EVERY_MS) this.tell();
  };

  private tell(): void {
    if (document.visibilityState !== 'visible') return;
    // While the desk cannot be reached, not with every key.
    const pause = this.hush ? 1000 : MINUTE_MS;
    if (Date.now() - this.askedAt < pause) return;
    this.askedAt = Date.now();
    post('/me/here').catch(() => undefined);
  }

  private note(): void {
    this.notedAt = Date.now();
    this.calm();
    this.look();
  }

  private look(): void {
    clearTimeout(this.timer);
    const quiet = Date.now() - this.notedAt;
    const overIn = SURELY_OVER_MS - quiet;
    if (overIn <= 0) {
      this.calm();
      this.over();
      // Something that this page does not know of kept it alive.
      this.lookIn(MINUTE_MS);
    } else if (quiet >= WARNED_AT_MS) {
      this.hush ??= standing(WARNING, 'warn');
      this.lookIn(overIn);
    } else this.lookIn(WARNED_AT_MS - quiet);
  }

  private lookIn(ms: number): void {
    this.timer = setTimeout(() => {
      this.look();
    }, ms);
  }

  private calm(): void {
    this.hush?.();
    this.hush = undefined;
  }
}

/** Whether somebody is at the page. */
export const here = new Here();
