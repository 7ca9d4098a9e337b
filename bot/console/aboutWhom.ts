import { standsIn } from '../../services/caseSight';
import type { AboutStaff } from '../../services/cases';
import type { StaffAccounts } from '../../services/staffAccounts';

/** Whether a case is about staff: who took it down may have overlooked, or not known, whose name stands in it. */
export async function aboutWhom(
  accounts: Pick<StaffAccounts, 'allActive'>,
  said: AboutStaff,
  words: string,
): Promise<AboutStaff> {
  if (said !== 'no') return said;
  const people = await accounts.allActive();
  return people.some((person) => standsIn(person, words)) ? 'staff' : 'no';
}
