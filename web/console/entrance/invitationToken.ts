const INVITATION = /^#invite=([\w.~-]{8,512})$/;

/** Takes the token of an invitation out of the address at once, so that it stays in no history. */
export function takeInvitation(): string | undefined {
  const token = INVITATION.exec(location.hash)?.[1];
  if (token !== undefined) history.replaceState(null, '', location.pathname);
  return token;
}
