import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { SessionView } from '../../bot/console/contract';
import { carryToken, get, whenSessionLost, wordsOf } from './api';
import { forgetConversations } from './conversations/stores';
import { takeInvitation } from './entrance/invitationToken';
import { Invitation } from './entrance/invitation';
import { SignIn } from './entrance/signIn';
import { here } from './here';
import { live, useLive } from './live';
import { SessionContext } from './session';
import { Shell } from './shell';
import { showTimesIn } from './times';
import { Spinner, Toasts, Trouble } from './ui';

/** The whole page: the entrance, or what is behind it. */
export function Console() {
  const [session, setSession] = useState<SessionView | undefined>();
  const [trouble, setTrouble] = useState<string | undefined>();
  const [invitation, setInvitation] = useState(takeInvitation);

  const lastAccount = useRef<string | undefined>(undefined);

  const enter = useCallback((next: SessionView) => {
    if (next.signedIn) {
      // Whoever signs in again goes on with what was on its way; somebody else sees nothing of it.
      if (lastAccount.current !== next.me.id) forgetConversations();
      lastAccount.current = next.me.id;
      carryToken(next.csrf);
      showTimesIn(next.zone);
    }
    setTrouble(undefined);
    setInvitation(undefined);
    setSession(next);
  }, []);
  const reload = useCallback(async () => {
    try {
      enter(await get<SessionView>('/session'));
    } catch (error) {
      setTrouble(wordsOf(error));
    }
  }, [enter]);

  useEffect(() => {
    whenSessionLost(() => {
      setSession({ signedIn: false });
    });
    if (invitation === undefined) void reload();
  }, [reload, invitation]);

  useInvitationLinks(setInvitation);
  const accountId = session?.signedIn ? session.me.id : undefined;
  useEffect(() => {
    if (accountId === undefined) return undefined;
    live.open();
    const stop = here.start(() => void reload());
    return () => {
      stop();
      live.close();
    };
  }, [accountId, reload]);
  // Another tab may have signed in anew: the desk says who it is now.
  useLive((event) => {
    if (event.kind === 'signedOut') void reload();
  });

  return (
    <>
      {content()}
      <Toasts />
    </>
  );

  function content() {
    if (invitation !== undefined)
      return <Invitation token={invitation} enter={enter} leave={() => void reload()} />;
    if (session?.signedIn)
      return (
        <SessionContext.Provider value={{ ...session, reload, enter }}>
          <Shell key={session.me.id} />
        </SessionContext.Provider>
      );
    if (session) return <SignIn enter={enter} />;
    if (trouble !== undefined)
      return (
        <main class="entrance">
          <Trouble words={trouble} retry={() => void reload()} />
        </main>
      );
    return (
      <main class="entrance">
        <Spinner />
      </main>
    );
  }
}

/** An invitation may be opened in a tab that shows the console already. */
function useInvitationLinks(show: (token: string) => void): void {
  useEffect(() => {
    const look = (): void => {
      const token = takeInvitation();
      if (token !== undefined) show(token);
    };
    window.addEventListener('hashchange', look);
    return () => {
      window.removeEventListener('hashchange', look);
    };
  }, [show]);
}
