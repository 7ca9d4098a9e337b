import type { CustomerRecords } from '../../models/customers';
import type { UpdateRequestRecords } from '../../models/updateRequests';
import type { Customers } from '../records/customers';
import type { Limits } from '../limits';
import type { Links } from '../links';
import type { Clock, Ids, Log } from '../ports';
import type { Staff } from '../staff';

/** What update requests are dealt with by. */
export interface UpdateParts {
  readonly records: UpdateRequestRecords;
  readonly customers: Customers;
  readonly customerRecords: CustomerRecords;
  readonly links: Links;
  readonly limits: Limits;
  /** Where the console is found, below `/console`. */
  readonly publicUrl: string;
  readonly staff: Staff;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Called when something has new effects, so that they are carried out at once. */
  readonly onEffects: () => void;
}
