/** What staff may do: the one place that says so. */

export const ROLES = ['agent', 'supervisor', 'privacyManager', 'administrator'] as const;
/** Somebody of staff has one or more. */
export type Role = (typeof ROLES)[number];

/** Each deed that needs a right, and the roles that have it. */
const RULES = {
  /** See the queue, take conversations, talk, verify, propose changes, open cases from them. */
  'conversations.hold': ['agent', 'supervisor'],
  /** Read, take over, send back and close what somebody else holds. */
  'conversations.oversee': ['supervisor'],
  'calls.take': ['agent', 'supervisor'],
  /** Be the first or the second of the two persons that a change needs. */
  'updates.decide': ['supervisor', 'privacyManager'],
  'cases.handle': ['supervisor', 'privacyManager'],
  /** See to the mails that wait for a person. */
  'mails.handle': ['supervisor', 'privacyManager'],
  'replies.edit': ['supervisor'],
  'accounts.manage': ['administrator'],
} as const satisfies Record<string, readonly Role[]>;

export type Right = keyof typeof RULES;

export const RIGHTS = Object.keys(RULES) as readonly Right[];

/** Who has to have a second factor: those who see more than one customer's conversation at a time. */
const NEEDS_SECOND_FACTOR: readonly Role[] = ['supervisor', 'privacyManager', 'administrator'];

/** Whether somebody with these roles may do it. */
export const may = (roles: readonly Role[], right: Right): boolean =>
  (RULES[right] as readonly Role[]).some((role) => roles.includes(role));

export const needsSecondFactor = (roles: readonly Role[]): boolean =>
  NEEDS_SECOND_FACTOR.some((role) => roles.includes(role));

export const rightsOf = (roles: readonly Role[]): Right[] =>
  RIGHTS.filter((right) => may(roles, right));
