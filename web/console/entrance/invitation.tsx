import type { AcceptedView, InvitationView, SessionView } from '../../../bot/console/contract';
import { post } from '../api';
import { useLoaded } from '../loading';
import { Button, Notice, Spinner, Trouble } from '../ui';
import { Entrance } from './frame';
import { InvitationForm } from './invitationForm';

interface InvitationProps {
  readonly token: string;
  readonly enter: (session: SessionView) => void;
  readonly leave: () => void;
}

/** What is said of an invitation that opens no door. */
export const CLOSED = {
  used: 'This invitation has been used. Sign in with the password that you chose.',
  expired: 'This invitation is too old. Ask an administrator for a new one.',
  unknown: 'There is no such invitation. Ask an administrator for a new one.',
} as const;

/** Lets an invited person choose a password and set up the second factor. */
export function Invitation({ token, enter, leave }: InvitationProps) {
  const { value, error, reload } = useLoaded(
    () => post<InvitationView>('/invitation', { token }),
    token,
  );
  const accept = (given: object): Promise<AcceptedView> =>
    post<AcceptedView>('/invitation/accept', { token, ...given });
  return <Entrance title="Welcome to the console">{content()}</Entrance>;

  function content() {
    if (error !== undefined) return <Trouble words={error} retry={reload} />;
    if (!value) return <Spinner />;
    if (value.outcome === 'open')
      return <InvitationForm invitation={value} accept={accept} enter={enter} />;
    return (
      <>
        <Notice tone="warn">{CLOSED[value.outcome]}</Notice>
        <Button kind="primary" onClick={leave}>
          Go to sign-in
        </Button>
      </>
    );
  }
}
