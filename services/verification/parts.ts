import type { Customer } from '../../models/customers';
import type { Vault } from '../../models/sealed';
import type { VerificationRecords } from '../../models/verifications';
import type { Limits } from '../limits';
import type { Links } from '../links';
import type { Clock, Ids } from '../ports';

/** Looks customers up; the same work whether or not there is one. */
export interface CustomerLookUp {
  /** By e-mail address or user name, as typed. */
  find(typed: string): Promise<Customer | undefined>;
  byId(id: string): Promise<Customer | undefined>;
}

/** What verification is made of. */
export interface VerificationParts {
  readonly records: VerificationRecords;
  readonly customers: CustomerLookUp;
  readonly limits: Limits;
  /** For the mails of codes that are read out: "stop, I did not call". */
  readonly links: Pick<Links, 'mint' | 'mintDecoy'>;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly ids: Ids;
  /** IANA zone in which instants are told. */
  readonly zone: string;
  readonly privacyMailbox: string;
  readonly companyPhone?: string | undefined;
  /** Called when something was stored that has effects. */
  readonly onEffects: () => void;
}
