import type { Case, FollowUp } from '../../models/cases';
import type { Store } from '../../models/store';
import { CASE_ID, caseDesk, toOpen, type CaseDesk } from '../support/caseDesk';
import {
  actionsOf,
  CUSTOMER,
  deed,
  DUE,
  mailOf,
  MANAGER,
  news,
  REPORTED,
  verdictsOf,
} from '../support/caseNews';
import { describeOnStores } from '../support/stores';

const TUESDAY = '2026-11-24T05:00:00Z';
/** Of Friday 27 November; a promise from it is due on Friday 4 December. */
const FRIDAY = '2026-11-27T05:00:00Z';
const DUE_AGAIN = new Date('2026-12-04T12:30:00Z');

describeOnStores('what the customer writes after the case was opened', (open) => {
  let store: Store;
  let desk: CaseDesk;
  beforeEach(async () => {
    store = await open();
    desk = await caseDesk(store);
    await desk.cases.open(REPORTED);
    await news(desk);
  });

  const found = async (): Promise<Case> => (await desk.records.cases.byId(CASE_ID))!;
  const wrote = (mailId: string, at: string, asks = true, by: CaseDesk = desk) =>
    by.followUps.add(
      CASE_ID,
      {
        ...{ mailId, at: new Date(at), subject: 'Re: Your message' },
        ...{ text: 'A walrus was there, too.', attachments: [] },
      },
      asks,
    );
  const FILE = { name: 'screen.png', type: 'image/png', bytes: 240_000 };
  /** A mail with a file; `changes` take the place of what it holds. */
  const sent = (changes: Partial<FollowUp> = {}, asks = true, caseId = CASE_ID, by = desk) =>
    by.followUps.add(
      caseId,
      {
        ...{ mailId: 'f1', at: new Date(TUESDAY), subject: '', text: 'Here it is.' },
        attachments: [FILE],
        ...changes,
      },
      asks,
    );
  const answered = (cause: string, at: string) =>
    desk.handling.answer(CASE_ID, deed(cause, at), 'We looked.');

  describe('while the answer is owed', () => {
    test('zammad#5177: is added and forwarded, and changes no deadline', async () => {
      const { clock, rounds } = await found();
      expect((await wrote('f1', TUESDAY)).outcome).toBe('added');
      const { text } = await mailOf(desk, 'case.followUp');
      expect(text).toMatch(/A walrus was there, too\./);
      expect(text).toMatch(/still due by Monday 30 November 2026, 6:00 pm IST/);
      expect(await news(desk)).toEqual([`case.followUp to ${MANAGER}`]);
      const after = await found();
      expect(after.clock).toEqual(clock);
      expect(after.rounds).toEqual(rounds);
      expect(after.followUps.map(({ mailId }) => mailId)).toEqual(['f1']);
      expect(await actionsOf(desk)).toEqual(['case.messageAdded']);
    });

    test('changes no deadline either after it was missed: what was promised stays promised', async () => {
      desk.clock.set(new Date('2026-12-01T05:00:00Z'));
      await desk.promises.sweep();
      await news(desk);
      expect((await wrote('f1', '2026-12-01T05:00:00Z')).outcome).toBe('added');
      expect((await found()).rounds).toHaveLength(1);
      expect(await verdictsOf(desk)).toEqual(['missed']);
    });

    test('the same mail twice is one, also at once and in two processes', async () => {
      const other = await caseDesk(store);
      await Promise.all([wrote('f1', TUESDAY), wrote('f1', TUESDAY, true, other)]);
      expect((await wrote('f1', TUESDAY)).outcome).toBe('known');
      expect((await found()).followUps).toHaveLength(1);
      expect(await news(desk)).toEqual([`case.followUp to ${MANAGER}`]);
    });

    test('many at once are all kept', async () => {
      await Promise.all(Array.from({ length: 10 }, (_, n) => wrote(`f${n}`, TUESDAY)));
      expect((await found()).followUps).toHaveLength(10);
      expect(await news(desk)).toHaveLength(10);
    });
  });

  describe('a receipt', () => {
    const FORWARDED = `case.followUp to ${MANAGER}`;

    test('tells the customer that their files came, and the date that stays', async () => {
      expect((await sent()).outcome).toBe('added');
      const { text, to } = await mailOf(desk, 'case.more');
      expect(to).toBe(CUSTOMER);
      expect(text).toMatch(/its file to your case/);
      expect(text).toMatch(/by Monday 30 November 2026, 6:00 pm IST/);
      expect(text).not.toMatch(/screen|Here it is/);
      expect(await news(desk)).toEqual([FORWARDED, `case.more to ${CUSTOMER}`]);
      expect((await found()).rounds).toHaveLength(1);
    });

    test('goes out once for a mail, also in two processes', async () => {
      const other = await caseDesk(store);
      await Promise.all([sent(), sent({}, true, CASE_ID, other)]);
      expect((await sent()).outcome).toBe('known');
      expect(await news(desk)).toEqual([FORWARDED, `case.more to ${CUSTOMER}`]);
    });

    test.each<[string, boolean]>([
      ['words', true],
      ['thanks', false],
    ])('is not sent for %s alone, which a mailbox may send by itself', async (_what, asks) => {
      await sent({ attachments: [] }, asks);
      expect(await news(desk)).toEqual([FORWARDED]);
    });

    test('is not sent for what somebody else wrote, who is named to staff', async () => {
      await sent({ from: 'amit@example.net' });
      expect((await mailOf(desk, 'case.followUp')).text).toContain(
        'What amit@example.net wrote, who is not the customer:\n| Here it is.\n',
      );
      expect(await news(desk)).toEqual([FORWARDED]);
      expect((await found()).followUps[0]!.from).toBe('amit@example.net');
    });

    test.each<[string, Partial<Parameters<typeof toOpen>[0]>]>([
      ['was not confirmed', { confirmed: false }],
      ['was not given', { report: { whatHappened: 'x' } }],
    ])('is not sent where an address %s', async (_what, changes) => {
      const id = '22222222-2222-4222-8222-222222222222';
      await desk.cases.open(toOpen({ id, ...changes }));
      await news(desk);
      expect((await sent({}, true, id)).outcome).toBe('added');
      expect(await news(desk)).toEqual([FORWARDED]);
    });

    test('is not sent once the case is answered: what was written before promises no date', async () => {
      await answered('m1', '2026-11-24T06:00:00Z');
      await news(desk);
      expect((await sent()).outcome).toBe('added');
      expect(await news(desk)).toEqual([FORWARDED]);
    });

    test('is not sent of a case that was filed away', async () => {
      await desk.handling.close(CASE_ID, deed('m1', TUESDAY), 'spam', '');
      await news(desk);
      expect((await sent({ at: new Date(FRIDAY) })).outcome).toBe('added');
      expect(await news(desk)).toEqual([FORWARDED]);
    });

    test('is not sent beside the news that the case is open again', async () => {
      await answered('m1', TUESDAY);
      await news(desk);
      expect((await sent({ at: new Date(FRIDAY) })).outcome).toBe('reopened');
      expect(await news(desk)).toEqual([
        `case.again to ${CUSTOMER}`,
        `case.reopened to ${MANAGER}`,
      ]);
    });
  });

  test('is shown in the warnings, too', async () => {
    await wrote('f1', TUESDAY);
    await news(desk);
    desk.clock.set(new Date('2026-11-26T03:30:00Z'));
    await desk.promises.sweep();
    expect((await mailOf(desk, 'case.warning')).text).toContain(
      'What the customer wrote then, in their own words:\n| A walrus was there, too.\n',
    );
  });

  describe('after an answer', () => {
    beforeEach(async () => {
      await answered('m1', TUESDAY);
      await news(desk);
    });

    test('chatwoot#10178: thanks starts no clock, and is still forwarded', async () => {
      expect((await wrote('f1', FRIDAY, false)).outcome).toBe('added');
      expect((await mailOf(desk, 'case.followUp')).text).toMatch(/the case stays answered/);
      expect(await news(desk)).toEqual([`case.followUp to ${MANAGER}`]);
      const { clock, rounds } = await found();
      expect(clock).toBeUndefined();
      expect(rounds).toHaveLength(1);
      desk.clock.set(new Date('2026-12-20T05:00:00Z'));
      expect(await desk.promises.sweep()).toBe(0);
    });

    test('osTicket#5206: a reopened case has a new due date, and keeps the old verdict', async () => {
      const handled = await wrote('f1', FRIDAY);
      expect(handled.outcome).toBe('reopened');
      const { rounds, clock } = await found();
      expect(rounds.map(({ promise }) => promise.dueAt)).toEqual([DUE, DUE_AGAIN]);
      expect(rounds[1]!.promise.receivedAt).toEqual(new Date(FRIDAY));
      expect(clock).toEqual({ event: 'warning2', nextAt: new Date('2026-12-02T03:30:00Z') });
      expect(await verdictsOf(desk)).toEqual(['kept', 'open']);
      const due = /Friday 4 December 2026, 6:00 pm IST/;
      expect((await mailOf(desk, 'case.reopened')).subject).toMatch(due);
      expect((await mailOf(desk, 'case.again')).text).toMatch(due);
      expect(await news(desk)).toEqual([
        `case.again to ${CUSTOMER}`,
        `case.reopened to ${MANAGER}`,
      ]);
      expect(await actionsOf(desk)).toEqual(['case.answered', 'case.reopened']);
    });

    test('zammad#188: a case that was opened again warns, and is missed, anew', async () => {
      await wrote('f1', FRIDAY);
      await news(desk);
      const told: string[] = [];
      for (const instant of [
        '2026-12-02T03:30:00Z',
        '2026-12-03T03:30:00Z',
        '2026-12-05T05:00:00Z',
      ]) {
        desk.clock.set(new Date(instant));
        await desk.promises.sweep();
        told.push(...(await news(desk)));
      }
      expect(told).toEqual([
        `case.warning to ${MANAGER}`,
        `case.warning to ${MANAGER}`,
        'case.missed to escalation@example.com',
        `case.missed to ${MANAGER}`,
      ]);
      expect(await verdictsOf(desk)).toEqual(['kept', 'missed']);
    });

    test('zammad#1322: opens it again a second time, too', async () => {
      await wrote('f1', FRIDAY);
      await answered('m2', '2026-12-07T05:00:00Z');
      await wrote('f2', '2026-12-08T05:00:00Z');
      await answered('m3', '2026-12-09T05:00:00Z');
      expect(await verdictsOf(desk)).toEqual(['kept', 'missed', 'kept']);
      expect((await found()).clock).toBeUndefined();
      expect(await actionsOf(desk)).toEqual([
        ...['case.answered', 'case.reopened', 'case.answered', 'case.reopened', 'case.answered'],
      ]);
    });

    test('written before the answer and dealt with after it, is added and opens nothing', async () => {
      expect((await wrote('f1', '2026-11-24T04:59:59Z')).outcome).toBe('added');
      expect((await found()).clock).toBeUndefined();
      expect(await news(desk)).toEqual([`case.followUp to ${MANAGER}`]);
    });

    test('two further mails open it once, and the second is added to it', async () => {
      const both = await Promise.all([wrote('f1', FRIDAY), wrote('f2', FRIDAY)]);
      expect(both.map(({ outcome }) => outcome).sort()).toEqual(['added', 'reopened']);
      const { rounds, followUps } = await found();
      expect([rounds.length, followUps.length]).toEqual([2, 2]);
    });

    test('the mail that opened it, dealt with again after the next answer, does not open it again', async () => {
      await wrote('f1', FRIDAY);
      await answered('m2', '2026-11-30T05:00:00Z');
      expect((await wrote('f1', FRIDAY)).outcome).toBe('known');
      expect((await found()).clock).toBeUndefined();
    });

    test('a crash between opening it again and what follows from that loses nothing', async () => {
      await wrote('f1', FRIDAY);
      expect(await news(await caseDesk(store))).toHaveLength(2);
    });
  });

  describe('after the case was closed', () => {
    const closed = (as: 'closed' | 'spam' | 'notPrivacy') =>
      desk.handling.close(CASE_ID, deed('m1', TUESDAY), as, 'A reason.');

    test('opens it again when it was closed with a reason, which stays', async () => {
      await closed('closed');
      expect((await wrote('f1', FRIDAY)).outcome).toBe('reopened');
      expect(await verdictsOf(desk)).toEqual(['closedUnanswered', 'open']);
    });

    test.each<['spam' | 'notPrivacy', RegExp]>([
      ['spam', /was filed as spam\. Answer it if/],
      ['notPrivacy', /was filed as not about privacy\. Answer it if/],
    ])('is only forwarded when it was filed as %s', async (as, said) => {
      await closed(as);
      await news(desk);
      expect((await wrote('f1', FRIDAY)).outcome).toBe('added');
      expect((await mailOf(desk, 'case.followUp')).text).toMatch(said);
      expect((await found()).clock).toBeUndefined();
    });
  });

  test('for no such case is told to be so', async () => {
    const more = { ...{ mailId: 'f1', at: new Date(FRIDAY), subject: '', text: 'x' } };
    expect(await desk.followUps.add('none', { ...more, attachments: [] }, true)).toEqual({
      outcome: 'unknown',
    });
  });
});
