// Types of the one function of mailauth's inside that is used; the package declares none for it.

declare module 'mailauth/lib/tools' {
  /** The first of the domains that has the same organisational domain as the From domain. */
  export function getAlignment(fromDomain: string, domains: string[]): { domain: string } | false;
}
