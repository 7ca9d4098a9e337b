import type { Store } from '../../models/store';
import { DeputyRecords } from '../../models/deputies';
import { Staff, type StaffAddresses } from '../../services/staff';
import { caseOf } from '../support/cases';
import { TestClock } from '../support/doubles';
import { describeOnStores } from '../support/stores';

const ZONE = 'Asia/Kolkata';
const MANAGERS = ['first@example.com', 'second@example.com'];
const ADDRESSES: StaffAddresses = { managers: MANAGERS, escalation: 'above@example.com' };
const DEPUTY = { id: 'd1', address: 'deputy@example.com', from: '2026-11-24', until: '2026-11-26' };
const OF_MANAGER = caseOf({ aboutStaff: 'privacy_manager' });
const OF_STAFF = caseOf({ aboutStaff: 'staff' });
const OF_NOBODY = caseOf();

describeOnStores('staff', (open) => {
  let store: Store;
  let records: DeputyRecords;
  let clock: TestClock;
  let staff: Staff;
  const staffOf = (addresses: StaffAddresses, zone = ZONE) =>
    new Staff(addresses, records, clock, zone);
  beforeEach(async () => {
    store = await open();
    records = new DeputyRecords(store);
    clock = new TestClock(new Date('2026-11-25T06:00:00Z'));
    staff = staffOf(ADDRESSES);
  });

  describe('a deputy', () => {
    test.each<[string, string, string, boolean]>([
      ['not the minute before the first day', '2026-11-23T23:59:59+05:30', ZONE, false],
      ['from the first minute of the first day', '2026-11-24T00:00:00+05:30', ZONE, true],
      ['on the days between', '2026-11-25T12:00:00+05:30', ZONE, true],
      ['until the last minute of the last day', '2026-11-26T23:59:59+05:30', ZONE, true],
      ['not the minute after', '2026-11-27T00:00:00+05:30', ZONE, false],
      ['by the days of the zone, to its west', '2026-11-27T00:00:00+05:30', 'Europe/Berlin', true],
      ['and to its east', '2026-11-23T23:59:59+05:30', 'Asia/Tokyo', true],
    ])('is on duty %s', async (_name, instant, zone, onDuty) => {
      await staff.addDeputy(DEPUTY);
      clock.set(new Date(instant));
      const there = staffOf(ADDRESSES, zone);
      expect(await there.onDuty()).toEqual(onDuty ? [...MANAGERS, DEPUTY.address] : MANAGERS);
      expect(await there.isStaff(DEPUTY.address)).toBe(onDuty);
      expect(await there.mayHandle(DEPUTY.address, OF_NOBODY)).toBe(onDuty);
    });

    test('of one day is on duty all that day', async () => {
      await staff.addDeputy({ ...DEPUTY, from: '2026-11-25', until: '2026-11-25' });
      expect(await staff.onDuty()).toContain(DEPUTY.address);
    });

    test('is one of everybody before and after, too', async () => {
      await staff.addDeputy(DEPUTY);
      clock.set(new Date('2027-06-01T00:00:00Z'));
      expect(await staff.everybody()).toEqual([...MANAGERS, DEPUTY.address, 'above@example.com']);
    });

    test('who is a manager, or a deputy twice, is told once', async () => {
      await staff.addDeputy({ ...DEPUTY, address: 'First@Example.com' });
      await staff.addDeputy({ ...DEPUTY, id: 'd2' });
      await staff.addDeputy({ ...DEPUTY, id: 'd3', address: 'DEPUTY@example.com' });
      expect(await staff.onDuty()).toEqual([...MANAGERS, DEPUTY.address]);
    });

    test('can be taken off again', async () => {
      await staff.addDeputy(DEPUTY);
      await staff.addDeputy({ ...DEPUTY, id: 'd0', from: '2026-01-01' });
      expect((await staff.allDeputies()).map(({ id }) => id)).toEqual(['d0', 'd1']);
      await staff.removeDeputy('d0');
      expect(await staff.allDeputies()).toEqual([DEPUTY]);
    });

    test('is kept under seal', async () => {
      await staff.addDeputy(DEPUTY);
      const kept = JSON.stringify(await store.connection.collection('deputies').find().toArray());
      expect(kept).not.toContain('deputy@');
    });
  });

  test.each([
    ['managers', MANAGERS],
    ['managersAndEscalation', [...MANAGERS, 'above@example.com']],
    ['escalation', ['above@example.com']],
  ] as const)('%s are these', async (audience, addresses) => {
    expect(await staff.addressesOf(audience)).toEqual(addresses);
  });

  test('without an escalation address there is nobody for what is meant for it', async () => {
    const without = staffOf({ managers: MANAGERS });
    expect(await without.addressesOf('escalation')).toEqual([]);
    expect(await without.addressesOf('managersAndEscalation')).toEqual(MANAGERS);
    expect(await without.mayHandle('first@example.com', OF_MANAGER)).toBe(false);
  });

  test('an escalation address that is a manager is told once', async () => {
    const same = staffOf({ managers: MANAGERS, escalation: 'SECOND@example.com' });
    expect(await same.addressesOf('managersAndEscalation')).toEqual(MANAGERS);
  });

  test.each<[string, string, boolean, boolean]>([
    ['a manager', 'second@example.com', true, false],
    ['a manager in capitals', ' Second@EXAMPLE.com ', true, false],
    ['the escalation address', 'above@example.com', true, true],
    ['somebody else', 'rina@example.org', false, false],
    ['a longer address', 'second@example.com.example.org', false, false],
    ['nobody', '', false, false],
  ])('%s handles what they may', async (_name, address, any, aboutTheManager) => {
    expect(await staff.mayHandle(address, OF_NOBODY)).toBe(any);
    expect(await staff.mayHandle(address, OF_STAFF)).toBe(any);
    expect(await staff.mayHandle(address, OF_MANAGER)).toBe(aboutTheManager);
    expect(await staff.isStaff(address)).toBe(any);
  });

  describe('where a case is about one of them', () => {
    const PIA = { accountId: 'pia', name: 'Pia Sen', email: 'First@example.com' };
    const ABOVE = { address: 'above@example.com', place: 3 };
    const FIRST = { address: 'first@example.com', place: 1 };
    const SECOND = { address: 'second@example.com', place: 2 };
    const withAccounts = (managers = MANAGERS, escalation: string | undefined = ABOVE.address) =>
      new Staff({ managers, ...(escalation ? { escalation } : {}) }, records, clock, ZONE, {
        byId: async (id) => (id === PIA.accountId ? { ...PIA, roles: [] } : undefined),
        activeByEmail: async (email) =>
          email.toLowerCase() === PIA.email.toLowerCase() ? { ...PIA, roles: [] } : undefined,
      });
    const saying = (whatHappened: string, aboutStaff: 'no' | 'staff' = 'staff') =>
      caseOf({ aboutStaff, report: { whatHappened } });

    test.each([
      ['who was named', caseOf({ namedStaff: ['pia'] }), [SECOND]],
      ['whose full name stands in it', saying('It was Pia Sen.'), [SECOND]],
      ['whose address stands in it', saying('Ask second@example.com!'), [FIRST]],
      ['who stands in one about nobody is told', saying('It was Pia Sen.', 'no'), [FIRST, SECOND]],
      ['of whom one name stands in it is told', saying('It was Pia.'), [FIRST, SECOND]],
    ])('its mails do not go to the one %s', async (_what, about, left) => {
      const staff = withAccounts();
      expect(await staff.recipientsOf('managers', about)).toEqual(left);
      for (const { address } of [FIRST, SECOND]) {
        const isLeft = left.some((each) => each.address === address);
        expect(await staff.mayHandle(address, about)).toBe(isLeft);
      }
      expect(await staff.mayHandle(ABOVE.address, about)).toBe(true);
    });

    test.each([
      ['as two words of it', 'neha.rao@example.com', 'Rao was rude. Neha, I mean.', true],
      ['as one word of it', 'neha.rao@example.com', 'Neha was rude.', false],
      ['of an office, never', 'privacy.manager@example.com', 'My privacy! The manager!', false],
      ['without a dot, never', 'neha@example.com', 'Neha was rude.', false],
    ])(
      'who has no account is known by what stands before the @, %s',
      async (_how, at, text, is) => {
        const staff = withAccounts([at]);
        expect(await staff.mayHandle(at, saying(text))).toBe(!is);
      },
    );

    test('they fall to the escalation address where nobody else is left, or wait for it', async () => {
      const named = caseOf({ namedStaff: ['pia'] });
      const above = [{ ...ABOVE, place: 2 }];
      expect(await withAccounts([FIRST.address]).recipientsOf('managers', named)).toEqual(above);
      expect(await withAccounts([FIRST.address], '').recipientsOf('managers', named)).toEqual([]);
      expect(
        await withAccounts([FIRST.address]).recipientsOf(['first@example.com'], named),
      ).toEqual(above);
    });

    test('they do not take it from another who is away', async () => {
      const named = caseOf({ namedStaff: ['pia'] });
      expect(await withAccounts().nextAfter(SECOND.address, named)).toBe(ABOVE.address);
    });
  });

  describe('when one is away, the next', () => {
    test.each<[string, string, string]>([
      ['the first manager', 'first@example.com', 'second@example.com'],
      ['the same in capitals', 'FIRST@example.com', 'second@example.com'],
      ['the second manager', 'second@example.com', 'deputy@example.com'],
      ['the deputy', 'deputy@example.com', 'first@example.com'],
      ['somebody who is no longer on duty', 'gone@example.com', 'first@example.com'],
    ])('after %s', async (_name, away, next) => {
      await staff.addDeputy(DEPUTY);
      expect(await staff.nextAfter(away, OF_NOBODY)).toBe(next);
    });

    test('after the only one is the escalation address, if there is one', async () => {
      const [only] = MANAGERS;
      const one = { managers: [only!] };
      expect(
        await staffOf({ ...one, escalation: 'above@example.com' }).nextAfter(only!, OF_NOBODY),
      ).toBe('above@example.com');
      expect(await staffOf(one).nextAfter(only!, OF_NOBODY)).toBeUndefined();
    });

    test('is nobody for a case about the privacy manager', async () => {
      expect(await staff.nextAfter('above@example.com', OF_MANAGER)).toBeUndefined();
    });
  });
});
