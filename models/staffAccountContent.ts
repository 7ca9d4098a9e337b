/** What an account of staff is made of; the store's side of it is in `staffAccounts`. */

export type AccountState =
  /** Invited: its link was not used yet. */
  | 'invited'
  | 'active'
  /** May not sign in any more. */
  | 'disabled';

export interface StaffAccount {
  /** UUID. */
  readonly id: string;
  /** Absent until the first administrator says it; unique, found case-blind. */
  readonly email?: string;
  /** As customers see it when they talk to a person. */
  readonly name: string;
  /** Those of `services/roles`. */
  readonly roles: readonly string[];
  readonly state: AccountState;
  /** argon2id, in PHC form. */
  readonly passwordHash?: string;
  /** The secret of the second factor, in base32. */
  readonly totpSecret?: string;
  /** Whether a code of it was typed once: from then on it is asked for. */
  readonly totpConfirmed: boolean;
  /** The last step of time whose code was taken; a code of it or of one before is not taken again. */
  readonly lastTotpStep: number;
  /** Id of the one link that sets it up; links made before it do nothing. */
  readonly invitation?: string;
  /** Sessions that began under another number are over. */
  readonly epoch: number;
  readonly createdAt: Date;
  /** Counts the changes: one is made only to the account as it was read. */
  readonly revision: number;
}
