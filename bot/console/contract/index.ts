/**
 * What the console's page and the desk say to each other, as JSON; types alone, shared with the page.
 * Instants are ISO 8601 in UTC. What can be expected comes back with `outcome` and status 200; the rest as the error
 * envelope. Paths stand below `/console/api`. Every POST carries the session's `X-CSRF-Token`.
 */

export type * from './cases';
export type * from './conversations';
export type * from './live';
export type * from './signIn';
export type * from './telephone';
export type * from './updates';
