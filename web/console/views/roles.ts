import type { Role } from '../../../bot/console/contract';

/** The roles of staff, with what each is for. */
export const ROLE_WORDS: readonly (readonly [role: Role, name: string, what: string])[] = [
  ['agent', 'Agent', 'talks to customers and takes calls'],
  ['supervisor', 'Supervisor', 'also oversees conversations, decides changes and handles cases'],
  ['privacyManager', 'Privacy manager', 'answers cases, decides changes and sees to mails'],
  ['administrator', 'Administrator', 'manages the accounts'],
];

/** Roles in words. */
export const rolesInWords = (roles: readonly Role[]): string =>
  ROLE_WORDS.filter(([role]) => roles.includes(role))
    .map(([, name]) => name)
    .join(', ');
