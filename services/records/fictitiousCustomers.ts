import type { Customer, CustomerRecords } from './customers';
import type { Clock, Ids } from '../ports';

type Fictitious = Omit<Customer, 'id' | 'formerEmails' | 'handled' | 'revision'>;

/** Addresses at example.com reach nobody; the British number is one of those kept free for fiction. */
const FICTITIOUS: readonly Fictitious[] = [
  {
    userName: 'asha.rao',
    name: 'Asha Rao',
    email: 'asha.rao@example.com',
    phone: '+919830012345',
    mailingAddress: '8 Lake Terrace\nKolkata 700029',
    shippingAddress: 'Flat 4B, Rajdanga Main Road\nKolkata 700107',
    billingAddress: '8 Lake Terrace\nKolkata 700029',
    newsletter: true,
    marketingEmail: true,
    marketingPhone: true,
    marketingPost: true,
    cardBrand: 'Visa',
    cardLast4: '4242',
  },
  {
    userName: 'ravi.menon',
    name: 'Ravi Menon',
    email: 'ravi.menon@example.com',
    phone: '+919845054321',
    mailingAddress: '22 Church Street\nBengaluru 560001',
    newsletter: false,
    marketingEmail: false,
    marketingPhone: false,
    marketingPost: false,
  },
  {
    userName: 'emma.clarke',
    name: 'Emma Clarke',
    email: 'emma.clarke@example.com',
    phone: '+442079460958',
    mailingAddress: '14 Mill Lane\nCambridge CB2 1RX\nUnited Kingdom',
    shippingAddress: '14 Mill Lane\nCambridge CB2 1RX\nUnited Kingdom',
    newsletter: true,
    marketingEmail: false,
    marketingPhone: false,
    marketingPost: true,
    cardBrand: 'Mastercard',
    cardLast4: '5100',
  },
];

/** A fictitious customer, as whoever starts the desk is told of them. */
export interface FictitiousCustomer {
  readonly userName: string;
  readonly email: string;
}

/**
 * Puts three fictitious customers into a store without any, so that a newcomer can try everything.
 * @returns those of the three that are there, with the addresses now on file.
 */
export async function seedFictitious(
  records: CustomerRecords,
  clock: Clock,
  ids: Ids,
): Promise<readonly FictitiousCustomer[]> {
  if (await records.isEmpty()) {
    const importId = ids.uuid();
    const customers = FICTITIOUS.map((each) => ({
      ...{ ...each, id: ids.uuid() },
      ...{ formerEmails: [], handled: [], revision: 0 },
    }));
    await records.stage(importId, clock.now(), customers);
    await records.show(importId);
  }
  const there: FictitiousCustomer[] = [];
  for (const { userName } of FICTITIOUS) {
    const found = await records.byUserName(userName);
    if (found?.email) there.push({ userName: found.userName, email: found.email });
  }
  return there;
}
