import type { Customer, CustomerRecords } from '../../models/customers';
import type { Vault } from '../../models/sealed';

export type { Customer, CustomerRecords } from '../../models/customers';

const DECOY_PATH = 'customers/decoy/content';
/** About as long as a record is. */
const DECOY_LENGTH = 600;

/** Finds customer records by what people type; the work is the same whether or not there is a record. */
export class Customers {
  /** Opened when nothing is found, so that a look-up costs the same either way. */
  private readonly decoy: string;

  constructor(
    private readonly records: CustomerRecords,
    private readonly vault: Vault,
  ) {
    this.decoy = vault.seal({ name: 'x'.repeat(DECOY_LENGTH) }, DECOY_PATH);
  }

  /** By e-mail address or user name, as typed; an address on file comes before a user name that looks like one. */
  async find(typed: string): Promise<Customer | undefined> {
    const byEmail = await this.records.byEmail(typed);
    const byUserName = await this.records.byUserName(typed);
    return this.orDecoy(byEmail ?? byUserName);
  }

  /**
   * All that may be meant: also those that had the address until not long ago, and each that the one text names in another
   * way. For freezing only, since the owner of an address that was changed may be somebody else by now.
   */
  async findForFreeze(typed: string, now: Date): Promise<Customer[]> {
    const found = [
      await this.records.byEmail(typed),
      await this.records.byUserName(typed),
      ...(await this.records.allByFormerEmail(typed, now)),
    ].filter((each) => each !== undefined);
    const distinct = [...new Map(found.map((each) => [each.id, each])).values()];
    if (distinct.length === 0) this.orDecoy(undefined);
    return distinct;
  }

  byId(id: string): Promise<Customer | undefined> {
    return this.records.byId(id);
  }

  private orDecoy(found: Customer | undefined): Customer | undefined {
    if (!found) this.vault.open(this.decoy, DECOY_PATH);
    return found;
  }
}
