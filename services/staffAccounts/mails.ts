import { INVITE_LASTS_MS } from '../links';
import { paragraph } from '../mailText';
import type { Notice } from '../notices';
import type { Role } from '../roles';

const HOUR_MS = 60 * 60 * 1000;

/** Roles as people call them. */
const ROLE_WORDS: Readonly<Record<Role, string>> = {
  agent: 'agent',
  supervisor: 'supervisor',
  privacyManager: 'privacy manager',
  administrator: 'administrator',
};

/** Invites somebody to set up their account. */
export const invitationMail = (
  name: string,
  roles: readonly Role[],
  url: string,
): Omit<Notice, 'id'> => ({
  kind: 'desk.invitation',
  subject: 'Your account for the Comantra Privacy Desk',
  blocks: [
    paragraph(`Hello ${name},`),
    paragraph(
      `an administrator has made you an account for the console of the Comantra Privacy Desk, as ${roles.map((role) => ROLE_WORDS[role]).join(', ')}. On the page behind this link you choose a password and set up a second factor:`,
    ),
    paragraph(url),
    paragraph(
      `The link works once, for ${INVITE_LASTS_MS / HOUR_MS} hours; a newer one replaces it. Whoever has it can set up your account: do not pass this mail on.`,
    ),
    paragraph(
      'If you do not know what this is about, ask your administrator. You need do nothing: without the link nobody gets in.',
    ),
  ],
});
