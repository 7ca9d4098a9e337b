import { post, postLast } from '../api';

const SAVED_AFTER_MS = 800;
const LONGEST = 4000;
const TYPING_EVERY_MS = 3000;

/** What an agent is typing into one conversation: kept at the desk, and shown to the customer as typing. */
export class Draft {
  private text: string | undefined;
  private saved = '';
  private timer: ReturnType<typeof setTimeout> | undefined;
  private typingTold = 0;
  /** What was sent and not acknowledged yet: kept as well, should the browser die meanwhile. */
  unsent: () => readonly string[] = () => [];

  constructor(private readonly handoffId: string) {}

  /** What there is to go on with: what was typed on this page, else what the desk has kept. */
  begin(kept: string): string {
    this.saved = kept;
    this.text ??= kept;
    return this.text;
  }

  change(text: string): void {
    this.text = text;
    this.keepSoon();
    if (text.trim() !== '') this.tellTyping();
  }

  /** Has the desk keep what there is, after a moment. */
  keepSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), SAVED_AFTER_MS);
  }

  /** The page goes away: nobody waits. */
  leave(): void {
    clearTimeout(this.timer);
    const text = this.whole();
    if (text === undefined || text === this.saved) return;
    this.saved = text;
    postLast(`/handoffs/${this.handoffId}/draft`, { text });
  }

  private whole(): string | undefined {
    if (this.text === undefined) return undefined;
    return [...this.unsent(), this.text].filter(Boolean).join('\n').slice(0, LONGEST);
  }

  private async save(): Promise<void> {
    const text = this.whole();
    if (text === undefined || text === this.saved) return;
    try {
      await post(`/handoffs/${this.handoffId}/draft`, { text });
      this.saved = text;
    } catch {
      // It is still in the field; the next change saves it.
    }
  }

  private tellTyping(): void {
    const now = Date.now();
    if (now - this.typingTold < TYPING_EVERY_MS) return;
    this.typingTold = now;
    post(`/handoffs/${this.handoffId}/typing`).catch(() => undefined);
  }
}

const drafts = new Map<string, Draft>();

/** The draft of a conversation, as long as the page stands. */
export function draftOf(handoffId: string): Draft {
  let draft = drafts.get(handoffId);
  if (!draft) {
    draft = new Draft(handoffId);
    drafts.set(handoffId, draft);
  }
  return draft;
}

/** Forgets all: somebody else has signed in. */
export function forgetDrafts(): void {
  drafts.clear();
}
