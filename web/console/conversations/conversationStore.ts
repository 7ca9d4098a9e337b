import type {
  ConsentView,
  ConversationView,
  LiveEvent,
  MessageView,
} from '../../../bot/console/contract';
import { get, wordsOf } from '../api';
import { live } from '../live';
import { Store } from '../store';
import { toast } from '../ui';
import { draftOf } from './draft';
import { notYetShown, withMessages, type Outgoing } from './messageLog';
import { queue } from './queueStore';
import { Sending } from './sending';

/** What is known of a conversation. */
export interface ConversationState {
  readonly view: ConversationView | undefined;
  readonly messages: readonly MessageView[];
  readonly earlier: boolean;
  readonly outgoing: readonly Outgoing[];
  readonly customerTypes: boolean;
  readonly trouble: string | undefined;
  /** The consent whose end has been shouted, until the agent has seen it. */
  readonly shouted: ConsentView | undefined;
}

const TYPING_SHOWN_MS = 6000;
const GATHER_MS = 60;
const SHOWN_SOON_MS = 2500;

/** One conversation, kept up to date; what was sent goes on while another one is looked at. */
export class ConversationStore extends Store<ConversationState> {
  readonly sending: Sending;
  private typingTimer: ReturnType<typeof setTimeout> | undefined;
  private gathering: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;
  private stop: (() => void)[] = [];

  constructor(
    readonly id: string,
    /** The agent's, as messages carry it. */
    private readonly name: string,
  ) {
    super({
      ...{ view: undefined, messages: [], earlier: false, outgoing: [], customerTypes: false },
      ...{ trouble: undefined, shouted: undefined },
    });
    this.sending = new Sending({
      handoffId: id,
      outgoing: () => this.state.outgoing,
      lastSequence: () => this.lastSequence,
      change: (outgoing) => {
        this.set({ outgoing: notYetShown(outgoing, this.state.messages, this.name) });
      },
      said: () => {
        this.lookSoon();
        draft.keepSoon();
      },
    });
    const draft = draftOf(id);
    draft.unsent = () =>
      this.state.outgoing
        .filter(({ state }) => state !== 'said' && state !== 'refused')
        .map(({ text }) => text);
  }

  start(): void {
    if (this.stop.length > 0) return;
    this.stop = [
      live.listen((event) => {
        this.hear(event);
      }),
      live.follow(this.id),
    ];
  }

  end(): void {
    for (const stop of this.stop.splice(0)) stop();
    clearTimeout(this.typingTimer);
    clearTimeout(this.gathering);
  }

  /** Whether nothing would be lost if it were forgotten. */
  get settled(): boolean {
    return this.state.outgoing.length === 0 && this.state.view?.mine !== true;
  }

  /** Asks for the whole, and for what lies between it and what is known. */
  async load(): Promise<void> {
    const turn = (this.asked += 1);
    try {
      const view = await get<ConversationView>(`/handoffs/${this.id}`);
      const [first] = view.messages;
      const last = this.lastSequence;
      const gap = last > 0 && view.earlier && first !== undefined && first.sequence > last;
      const missing = gap ? await this.messages(`after=${last}`) : [];
      if (turn === this.asked) this.take(view, missing);
    } catch (error) {
      if (turn === this.asked) this.set({ trouble: wordsOf(error) });
    }
  }

  /** Takes over what an answer brought. */
  take(view: ConversationView, missing: readonly MessageView[] = []): void {
    this.shoutAt(view);
    const known = this.state.messages;
    const messages = withMessages(withMessages(known, missing), view.messages);
    this.set({
      ...{ view, messages, trouble: undefined },
      earlier: known.length === 0 ? view.earlier : this.state.earlier,
      outgoing: notYetShown(this.state.outgoing, messages, this.name),
    });
  }

  async loadEarlier(): Promise<void> {
    const [first] = this.state.messages;
    if (!first) return;
    const came = await this.messages(`before=${first.sequence}`);
    this.set({ messages: withMessages(this.state.messages, came), earlier: came.length > 0 });
  }

  seen(): void {
    this.set({ shouted: undefined });
  }

  private get lastSequence(): number {
    return this.state.messages.at(-1)?.sequence ?? 0;
  }

  private messages(query: string): Promise<readonly MessageView[]> {
    return get<readonly MessageView[]>(`/handoffs/${this.id}/messages?${query}`);
  }

  private hear(event: LiveEvent): void {
    if (event.kind === 'ready') {
      void this.load();
      this.sending.retry();
    } else if (event.kind === 'message' && event.handoffId === this.id) this.add(event.message);
    else if (event.kind === 'typing' && event.handoffId === this.id) this.showTyping();
    else if (event.kind === 'conversation' && event.handoffId === this.id) this.gather();
    else if (event.kind === 'line' && event.line.id === this.id) this.gather();
    else if (event.kind === 'gone' && event.id === this.id) this.gather();
  }

  private add(message: MessageView): void {
    const messages = withMessages(this.state.messages, [message]);
    const outgoing = notYetShown(this.state.outgoing, messages, this.name);
    const answered = message.from === 'customer' ? { customerTypes: false } : {};
    this.set({ messages, outgoing, ...answered });
  }

  private showTyping(): void {
    clearTimeout(this.typingTimer);
    this.set({ customerTypes: true });
    this.typingTimer = setTimeout(() => {
      this.set({ customerTypes: false });
    }, TYPING_SHOWN_MS);
  }

  /** Several changes at once are asked for once. */
  private gather(): void {
    clearTimeout(this.gathering);
    this.gathering = setTimeout(() => void this.load(), GATHER_MS);
  }

  /** What was said comes over the socket; without one it is asked for. */
  private lookSoon(): void {
    setTimeout(() => {
      if (this.state.outgoing.some(({ state }) => state === 'said')) void this.load();
    }, SHOWN_SOON_MS);
  }

  private shoutAt(view: ConversationView): void {
    const before = this.state.view?.consents.find(({ state }) => state === 'given');
    const now = view.consents.find(({ id }) => id === before?.id);
    if (!now || now.state === 'given' || now.endedBy === 'agent') return;
    this.set({ shouted: now });
    // On the screen it is said in its place.
    if (queue.shownId !== this.id)
      toast(`${view.customer}: the consent to remote help is over. Stop now.`, 'bad');
  }
}
