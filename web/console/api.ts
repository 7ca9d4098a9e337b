import { setClock } from './times';

/** An answer of the desk that is an error, or no answer at all (`status` 0). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const BASE = '/console/api';
/** Longer than any answer takes; a call that hangs is made again. */
const LONGEST_CALL_MS = 20_000;
const UNREACHABLE = 'The desk can’t be reached just now. What you have typed is still here.';
const NOT_SAID = 'Something went wrong at the desk. Please try again.';

let csrf = '';
let sessionLost: () => void = () => undefined;
let posted: () => void = () => undefined;

/** Takes the token that every POST has to carry. */
export function carryToken(token: string): void {
  csrf = token;
}

/** Says what happens when the desk answers that nobody is signed in. */
export function whenSessionLost(then: () => void): void {
  sessionLost = then;
}

/** Says what happens when the desk has taken a POST. */
export function whenPosted(then: () => void): void {
  posted = then;
}

/**
 * Asks for what a path below `/console/api` has.
 * @throws ApiError
 */
export function get<Answer>(path: string): Promise<Answer> {
  return ask(path, { method: 'GET' }) as Promise<Answer>;
}

/**
 * Posts JSON to a path below `/console/api`.
 * @throws ApiError
 */
export async function post<Answer>(path: string, body: object = {}): Promise<Answer> {
  const answer = await ask(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf },
    body: JSON.stringify(body),
  });
  posted();
  return answer as Answer;
}

/** Posts while the page is going away: nobody waits for the answer. */
export function postLast(path: string, body: object): void {
  void fetch(BASE + path, {
    method: 'POST',
    keepalive: true,
    headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf },
    body: JSON.stringify(body),
  }).catch(() => undefined);
}

/** What to tell the person when a call failed. */
export function wordsOf(error: unknown): string {
  return error instanceof ApiError ? error.message : NOT_SAID;
}

async function ask(path: string, options: RequestInit): Promise<unknown> {
  let response: Response;
  try {
    const signal = AbortSignal.timeout(LONGEST_CALL_MS);
    response = await fetch(BASE + path, { ...options, signal, credentials: 'same-origin' });
  } catch {
    throw new ApiError(0, 'Unreachable', UNREACHABLE);
  }
  setClock(response.headers.get('date'));
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  const error = errorOf(answer);
  if (response.status === 401 && error.code === 'NotSignedIn') sessionLost();
  throw new ApiError(response.status, error.code, error.message);
}

function errorOf(answer: unknown): { code: string; message: string } {
  const said = (answer as { error?: { code?: unknown; message?: unknown } } | undefined)?.error;
  return {
    code: typeof said?.code === 'string' ? said.code : 'Unknown',
    message: typeof said?.message === 'string' ? said.message : NOT_SAID,
  };
}
