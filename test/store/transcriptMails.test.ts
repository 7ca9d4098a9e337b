import type { Store } from '../../models/store';
import { withoutSecrets, type Handoffs } from '../../services/handoffs';
import { customerOf, storeCustomers } from '../support/customers';
import {
  ASHA,
  CHAT,
  handoffDesk,
  ID,
  OTHER_ID,
  said,
  wish,
  type HandoffDesk,
} from '../support/handoffDesk';
import { describeOnStores } from '../support/stores';

const PRIYA = customerOf({ userName: 'priya', email: 'priya@example.com', name: 'Priya Das' });

describeOnStores('a transcript by mail', (open) => {
  let store: Store;
  let desk: HandoffDesk;
  let handoffs: Handoffs;
  beforeEach(async () => {
    store = await open();
    desk = await handoffDesk(store);
    handoffs = desk.handoffs;
  });
  const claimed = async (id = ID, person = ASHA): Promise<void> => {
    expect((await handoffs.claim(id, person)).outcome).toBe('claimed');
  };
  const heldByAsha = async (): Promise<void> => {
    await handoffs.request(wish());
    await claimed();
  };
  const prove = async (): Promise<void> => {
    await storeCustomers(desk.records.customers, PRIYA);
    await desk.verifications.proveByLink({ conversationId: CHAT }, PRIYA.email!);
  };

  describe('whose customer wants the transcript', () => {
    beforeEach(heldByAsha);
    const mailed = async (): Promise<string> => {
      await handoffs.close(ID, ASHA, 'solved');
      expect(await handoffs.mailTranscript(ID)).toBe('mailed');
      expect(await handoffs.mailTranscript(ID)).toBe('mailed');
      await desk.settle();
      expect(desk.mails.map(({ to, subject }) => `${to}: ${subject}`)).toEqual([
        'priya@example.com: Your conversation with Comantra',
      ]);
      return desk.mails[0]?.text ?? '';
    };

    test('gets it once at the proved mailbox, without codes', async () => {
      await prove();
      await desk.writes('I moved.\nTo 700016 Kolkata.');
      await desk.writes('483 912');
      await handoffs.say(ID, ASHA, said('Thank you, Priya.'));
      const text = await mailed();
      expect(text).toContain('Desk (23 Nov, 10:00 am):\n| You are talking to Asha now');
      expect(text).toContain('Customer (23 Nov, 10:00 am):\n| I moved.\n| To 700016 Kolkata.');
      expect(text).toContain('Asha (23 Nov, 10:00 am):\n| Thank you, Priya.');
      expect(text).not.toMatch(/483/);
      expect((await desk.actions()).at(-1)).toBe('transcript.mailed customer');
    });

    test.each<[string, () => Promise<unknown>]>([
      ['no mailbox was proved', async () => undefined],
      [
        'the record is held still',
        async () => {
          await prove();
          const freeze = { at: desk.clock.now(), by: 'staff' } as const;
          await desk.records.customers.change({ ...PRIYA, freeze }, []);
        },
      ],
    ])('gets none where %s', async (_why, given) => {
      await given();
      await handoffs.close(ID, ASHA, 'solved');
      expect(await handoffs.mailTranscript(ID)).toBe('notPossible');
    });

    test('gets none while the talk goes on, or of a talk that never was', async () => {
      await prove();
      expect(await handoffs.mailTranscript(ID)).toBe('notPossible');
      expect(await handoffs.mailTranscript(OTHER_ID)).toBe('notPossible');
    });
  });
});

describe('what is hidden in a transcript', () => {
  test.each([
    ['customer', '483912', '••••••'],
    ['customer', 'my code is 483-912, thanks', 'my code is ••••••, thanks'],
    ['customer', 'I live in 700016 Kolkata', 'I live in 700016 Kolkata'],
    ['customer', 'PIN: 123456 for PD-7KQ4-M2XA', 'PIN: •••••• for PD-7KQ4-M2XA'],
    ['bot', 'Your PIN is **123456**.', 'Your PIN is **••••••**.'],
    ['agent', 'Your PIN is 123456', 'Your PIN is ••••••'],
    ['bot', 'Kolkata 700016', 'Kolkata 700016'],
    ['customer', '4111 1111 1111 1111', '•••• •••• •••• 1111'],
  ] as const)('of the %s: %s', (speaker, text, hidden) => {
    expect(withoutSecrets(text, speaker)).toBe(hidden);
  });
});
