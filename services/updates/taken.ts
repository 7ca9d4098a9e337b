import type { Customer } from '../../models/customerContent';
import type { FieldChange } from '../../models/updateContent';
import type { UpdateParts } from './parts';

/** Whether another record has the e-mail address that this one is to get. */
export async function isTaken(
  { customerRecords }: UpdateParts,
  changes: readonly FieldChange[],
  customer: Customer,
): Promise<boolean> {
  const after = changes.find(({ field }) => field === 'email')?.after;
  if (typeof after !== 'string') return false;
  const other = await customerRecords.byEmail(after);
  return other !== undefined && other.id !== customer.id;
}
