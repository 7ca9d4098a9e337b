/** A conversation of this tab, kept in sessionStorage only: closing the tab forgets it. */
export interface Session {
  readonly token: string;
  readonly conversationId: string;
  readonly userId: string;
  /** Whether the desk has begun it, so that it has a history to show. */
  readonly begun: boolean;
}

/** What asking the desk came to: an answer, a conversation that is no more, or no answer for now. */
export type Asked<T> =
  | { readonly outcome: 'ok'; readonly value: T }
  | { readonly outcome: 'gone' }
  | { readonly outcome: 'unreachable' };

/** Where the Direct Line channel of this desk is. */
export const DIRECT_LINE = `${location.origin}/v3/directline`;

const KEY = 'privacy-desk.session';
const TIMEOUT_MS = 15_000;
const GONE: readonly number[] = [400, 401, 403, 404, 410];

/** The conversation that this tab has, if any. */
export function storedSession(): Session | undefined {
  try {
    const stored = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Partial<Session> | null;
    if (!stored?.token || !stored.conversationId || !stored.userId) return undefined;
    const { token, conversationId, userId, begun = false } = stored;
    return { token, conversationId, userId, begun };
  } catch {
    return undefined;
  }
}

/** Keeps the conversation for a reload of this tab; without storage the chat works until then. */
export function storeSession(session: Session): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(session));
  } catch {
    // A browser may forbid storage; the chat itself needs none.
  }
}

/** Forgets the conversation of this tab. */
export function forgetSession(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
}

/** A new conversation with the desk; never `gone`. */
export async function newSession(): Promise<Asked<Session>> {
  const asked = await askForToken({});
  return asked.outcome === 'ok' ? asked : { outcome: 'unreachable' };
}

/** The same conversation with a fresh token, also when the old one has expired; it may turn out to be gone. */
export async function renewed(session: Session): Promise<Asked<Session>> {
  const asked = await askForToken({ token: session.token });
  if (asked.outcome !== 'ok') return asked;
  if (asked.value.conversationId !== session.conversationId) return { outcome: 'gone' };
  if (!session.begun) return asked;
  const { token, conversationId } = asked.value;
  const looked = await ask('GET', `${DIRECT_LINE}/conversations/${conversationId}`, { token });
  return looked.outcome === 'ok'
    ? { outcome: 'ok', value: { ...asked.value, begun: true } }
    : looked;
}

/** Tells the desk that the customer ends the conversation and wants it cleared; `gone` when it had ended already. */
export async function endSession(session: Session): Promise<Asked<unknown>> {
  const fresh = await renewed(session);
  if (fresh.outcome !== 'ok') return fresh;
  const { conversationId, token, userId } = fresh.value;
  return ask('POST', `${DIRECT_LINE}/conversations/${conversationId}/activities`, {
    token,
    body: { type: 'endOfConversation', from: { id: userId } },
  });
}

async function askForToken(body: { token?: string }): Promise<Asked<Session>> {
  const asked = await ask('POST', '/webchat/token', { body });
  if (asked.outcome !== 'ok') return asked;
  const { token, conversationId, userId } = asked.value as Session;
  return { outcome: 'ok', value: { token, conversationId, userId, begun: false } };
}

async function ask(
  method: string,
  url: string,
  { token, body }: { token?: string; body?: unknown },
): Promise<Asked<unknown>> {
  try {
    const response = await fetch(url, {
      method,
      headers: {
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...(body ? { 'Content-Type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.ok) return { outcome: 'ok', value: await response.json() };
    return { outcome: GONE.includes(response.status) ? 'gone' : 'unreachable' };
  } catch {
    return { outcome: 'unreachable' };
  }
}
