import type { HandoffLine, MessageView } from './conversations';
import type { CallView } from './telephone';

/** What comes over `WS /console/live`; each is for whoever may see it. The page asks again for all after a gap. */
export type LiveEvent =
  /** The socket stands: what came before is to be asked for. */
  | { readonly kind: 'ready' }
  /** A line of the queue is new or has changed. */
  | { readonly kind: 'line'; readonly line: HandoffLine }
  /** A line is to be taken away. */
  | { readonly kind: 'gone'; readonly id: string }
  /** Of a conversation that I hold or follow. */
  | { readonly kind: 'message'; readonly handoffId: string; readonly message: MessageView }
  | { readonly kind: 'typing'; readonly handoffId: string }
  /** Something else about it has changed: notes, proof, consent, state. */
  | { readonly kind: 'conversation'; readonly handoffId: string }
  | { readonly kind: 'call'; readonly call: CallView }
  | {
      readonly kind: 'changed';
      readonly what: 'updates' | 'cases' | 'mails' | 'replies' | 'people';
    }
  /** Every now and then, so that the page notices a connection that is half open. */
  | { readonly kind: 'alive' }
  /** The session is over. */
  | { readonly kind: 'signedOut' };

/** What the page says over the socket: which conversations it shows beside those it holds. */
export interface LiveSaying {
  readonly follow: readonly string[];
}
