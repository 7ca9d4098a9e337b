import type { FieldChange } from '../../models/updateContent';
import type { RecordField } from '../../models/customerContent';

/**
 * How much proof a change needs: `direct`: the code to the mailbox on file; `bothMailboxes`: another to the new one;
 * `secondPerson`: somebody of staff has to agree.
 */
export type Risk = 'direct' | 'bothMailboxes' | 'secondPerson';

/** What somebody could do who got into the mailbox on file decides. */
const RISKS: Readonly<Record<RecordField, Risk>> = {
  // Whoever has it has the record from then on: it must be there, and be read by the one who asks.
  email: 'bothMailboxes',
  // Another name makes the record another person's.
  name: 'secondPerson',
  // Shops and banks ask for it to let a payment card be used.
  billingAddress: 'secondPerson',
  // These are told to the mailbox on file, and can be put right again.
  phone: 'direct',
  mailingAddress: 'direct',
  shippingAddress: 'direct',
  newsletter: 'direct',
  marketingEmail: 'direct',
  marketingPhone: 'direct',
  marketingPost: 'direct',
};

/** How much proof a change of a field needs. */
export const riskOf = (field: RecordField): Risk => RISKS[field];

/** Whether a change only unsubscribes: that is let through on a frozen record, too. */
export const onlyLeaves = ({ after }: Pick<FieldChange, 'after'>): boolean => after === false;
