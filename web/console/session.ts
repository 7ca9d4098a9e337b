import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Right, SessionView } from '../../bot/console/contract';

/** Who is signed in, and in which zone times are shown. */
export type SignedIn = Extract<SessionView, { signedIn: true }>;

/** A session and what can be done with it. */
export interface SessionPlace extends SignedIn {
  /** Asks the desk who is signed in, and shows what that means. */
  readonly reload: () => Promise<void>;
  /** Takes over a session that an answer brought. */
  readonly enter: (session: SessionView) => void;
}

/** Where components find the session; only below the shell. */
export const SessionContext = createContext<SessionPlace | undefined>(undefined);

/** The session of whoever is signed in. */
export function useSession(): SessionPlace {
  const session = useContext(SessionContext);
  if (!session) throw new Error('Nobody is signed in.');
  return session;
}

/** Whether the one signed in may do something; the desk checks it again. */
export function useMay(): (right: Right) => boolean {
  const { me } = useSession();
  return (right) => me.rights.includes(right);
}
