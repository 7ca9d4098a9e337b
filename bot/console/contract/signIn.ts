export type Role = 'agent' | 'supervisor' | 'privacyManager' | 'administrator';
export type Right =
  | 'conversations.hold'
  | 'conversations.oversee'
  | 'calls.take'
  | 'updates.decide'
  | 'cases.handle'
  | 'mails.handle'
  | 'replies.edit'
  | 'accounts.manage';

export interface Me {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly rights: readonly Right[];
  /** Nothing else can be done before a second factor is set up. */
  readonly mustSetUpTotp: boolean;
  readonly hasTotp: boolean;
}

/** `GET /session`. */
export type SessionView =
  | { readonly signedIn: false }
  | {
      readonly signedIn: true;
      readonly me: Me;
      /** For `X-CSRF-Token`. */
      readonly csrf: string;
      /** IANA zone of the company, in which the page shows times. */
      readonly zone: string;
      /** The company's mail address and telephone number, as customers are told them. */
      readonly mailbox: string;
      readonly phone?: string;
    };

/** `POST /sign-in` with `{email, password, code?}`. */
export type SignInView =
  | Extract<SessionView, { signedIn: true }>
  | { readonly outcome: 'codeNeeded' }
  | { readonly outcome: 'wrong' }
  | { readonly outcome: 'throttled' };

/** A second factor to be set up: shown once. */
export interface TotpView {
  readonly secret: string;
  /** `otpauth://…` */
  readonly uri: string;
  /** An SVG picture of the address, as a `data:` URL. */
  readonly picture: string;
}

/** `POST /invitation` with `{token}`: looks, and changes nothing. */
export type InvitationView =
  | {
      readonly outcome: 'open';
      /** Absent for the first administrator, who says it. */
      readonly email?: string;
      readonly name: string;
      readonly roles: readonly Role[];
      readonly totpNeeded: boolean;
      readonly totp: TotpView;
    }
  | { readonly outcome: 'used' | 'expired' | 'unknown' };

/** `POST /invitation/accept` with `{token, name, email?, password, code?}`. */
export type AcceptedView =
  | Extract<SessionView, { signedIn: true }>
  | { readonly outcome: 'used' | 'expired' | 'unknown' | 'wrongCode' | 'codeNeeded' | 'emailTaken' }
  | {
      readonly outcome: 'invalid';
      readonly field: 'name' | 'email' | 'password';
      readonly why: string;
    };

/** `GET /accounts`. */
export interface AccountView {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly state: 'invited' | 'active' | 'disabled';
  readonly hasTotp: boolean;
}

type SignedInView = Extract<SessionView, { signedIn: true }>;

/** `POST /me/totp/confirm` with `{code}`, after `POST /me/totp/begin` -> TotpView; other sessions end. */
export type TotpConfirmedView = SignedInView | { readonly outcome: 'wrongCode' };

/** `POST /me/password` with `{old, new}`; other sessions end. */
export type PasswordView =
  | SignedInView
  | { readonly outcome: 'wrong' | 'throttled' }
  | { readonly outcome: 'invalid'; readonly field: 'password'; readonly why: string };

/** `POST /accounts/invite` with `{email, name, roles}`. */
export type InvitedView =
  | { readonly outcome: 'invited' | 'emailTaken' }
  | {
      readonly outcome: 'invalid';
      readonly field: 'email' | 'name' | 'roles';
      readonly why: string;
    };

/**
 * `POST /accounts/:id/roles` with `{roles}`, `/accounts/:id/disable`, `/accounts/:id/enable`, `/accounts/:id/invite-again`;
 * `disabled` to the last: enable it first. Whoever is the last administrator stays one.
 */
export type AccountChangedView =
  | {
      readonly outcome: 'changed' | 'disabled' | 'enabled' | 'invited' | 'lastAdministrator';
    }
  | { readonly outcome: 'invalid'; readonly field: 'roles'; readonly why: string };
