import type { Audit } from '../services/audit';
import { Customers } from '../services/records/customers';
import { FreezeDecisions } from '../services/records/freezeDecisions';
import { Freezes } from '../services/records/freezes';
import { Limits } from '../services/limits';
import { Links } from '../services/links';
import { Newsletter } from '../services/records/newsletter';
import { PasswordLinks } from '../services/records/passwordLinks';
import type { Clock, Ids, Log } from '../services/ports';
import type { Staff } from '../services/staff';
import { Updates } from '../services/updates';
import { Verifications } from '../services/verification';
import type { Config } from './config';
import type { Records } from './records';

/** Those who deal with customer records: who is asking, what is to be changed, what is held still. */
export type RecordOffice = ReturnType<typeof recordOfficeOf>;

export function recordOfficeOf(
  config: Config,
  parts: {
    readonly records: Records;
    readonly vault: ConstructorParameters<typeof Customers>[1];
    readonly audit: Audit;
    readonly staff: Staff;
    readonly limits: Limits;
    readonly links: Links;
    readonly clock: Clock;
    readonly ids: Ids;
    readonly log: Log;
    /** Called when a record has new effects. */
    readonly onEffects: () => void;
  },
) {
  const { records, vault, staff } = parts;
  const {
    publicUrl,
    ACCOUNT_URL: accountUrl,
    COMPANY_TIME_ZONE: zone,
    COMPANY_PHONE: companyPhone,
    PRIVACY_MAILBOX: privacyMailbox,
  } = config;
  const customers = new Customers(records.customers, vault);
  const common = {
    ...parts,
    ...{ customers, zone, publicUrl, privacyMailbox, companyPhone },
    records: records.customers,
  };
  return {
    customers,
    freezes: new Freezes(common),
    freezeDecisions: new FreezeDecisions(common),
    newsletter: new Newsletter(common),
    passwordLinks: new PasswordLinks(common, accountUrl),
    updates: new Updates({
      ...common,
      records: records.updateRequests,
      customerRecords: records.customers,
      staff,
    }),
    verifications: new Verifications({ ...common, records: records.verifications }),
  };
}
