import { randomUUID } from 'node:crypto';
import type { Case, Closing } from '../../models/cases';
import { toOpen } from '../support/caseDesk';
import { ChatCustomer } from '../support/chatCustomer';
import { TestClock } from '../support/doubles';
import { sharedUnderstanding, startProduct, type RunningProduct } from '../support/product';
import { until } from '../support/until';

const EMAIL = 'rina.sen@example.org';
const BY = 'privacy.manager@example.com';
const MONDAY = new Date('2026-11-23T04:30:00Z');
const DUE = 'Monday 30 November 2026, 6:00 pm IST';
const LATER = 'Wednesday 2 December 2026, 6:00 pm IST';

describe('who asks for their case in the chat is told', () => {
  const clock = new TestClock(MONDAY);
  let running: RunningProduct;
  let id: string;
  let name: string;

  beforeAll(async () => {
    await sharedUnderstanding();
    running = await startProduct({ clock });
  }, 120_000);
  afterAll(() => running.close());
  beforeEach(async () => {
    clock.set(MONDAY);
    id = randomUUID();
    const report = { whatHappened: 'Somebody read my letters.', email: EMAIL };
    const { reference } = await office().cases.open(toOpen({ id, report }));
    name = `Case **${reference}** (Suspected breach)`;
  });

  const office = () => running.product.office;
  const found = async (): Promise<Case> => (await office().records.cases.byId(id))!;
  const at = (instant: string) => {
    clock.set(new Date(instant));
    return { cause: randomUUID(), at: clock.now(), by: BY };
  };
  const answer = (instant: string, text: string) => office().handling.answer(id, at(instant), text);
  const extend = (instant: string, date: string, reason: string) =>
    office().handling.extend(id, at(instant), date, reason);
  const close = (instant: string, as: Closing['as'], reason: string) =>
    office().handling.close(id, at(instant), as, reason);
  const writeAgain = (instant: string) => {
    const { cause: mailId, at: receivedAt } = at(instant);
    const mail = { subject: '', text: 'There is more.', attachments: [] };
    return office().followUps.add(id, { mailId, at: receivedAt, ...mail }, true);
  };

  /** What the bot says to somebody who comes to a new chat and proves that the case is theirs. */
  async function told(): Promise<string[]> {
    const customer = await ChatCustomer.open(running.url);
    const { reference } = await found();
    const before = (await customer.history()).length;
    await customer.say(`check case ${reference} ${EMAIL}`);
    const activities = running.store.connection.collection('activities');
    await until(
      'the turn to end',
      async () => (await activities.countDocuments({ pending: true })) === 0,
      20_000,
    );
    return (await customer.history()).slice(before + 1);
  }

  test('until when they will have an answer', async () => {
    expect(await told()).toEqual([
      `${name} is with the privacy manager. You will have an answer by **${DUE}**.`,
    ]);
  });

  test('that it was due and is not there', async () => {
    at('2026-11-30T12:30:00.001Z');
    expect(await told()).toEqual([
      `${name} is with the privacy manager. The answer was due by **${DUE}** and is not recorded here; I’m sorry.`,
    ]);
  });

  test('a later date, the one that was promised first, and the reason as it was written', async () => {
    await extend('2026-11-26T05:00:00Z', '2026-12-01', 'An *earlier* reason.');
    await extend('2026-11-27T05:00:00Z', '2026-12-02', 'The **logs** are abroad.');
    expect(await told()).toEqual([
      `${name} is with the privacy manager. You will have an answer by **${LATER}**.`,
      `It was promised for **${DUE}** first. The reason that it takes longer:`,
      'The **logs** are abroad.',
    ]);
  });

  test('that the later date has passed, too', async () => {
    await extend('2026-11-26T05:00:00Z', '2026-12-02', 'The logs are abroad.');
    at('2026-12-02T12:30:00.001Z');
    expect(await told()).toEqual([
      `${name} is with the privacy manager. The answer was due by **${LATER}** and is not recorded here; I’m sorry.`,
      `It was promised for **${DUE}** first. The reason that it takes longer:`,
      'The logs are abroad.',
    ]);
  });

  const FIRST = () =>
    `${name} was answered by the privacy manager on Wednesday 25 November 2026, 11:30 am IST:`;
  const SECOND = () =>
    `${name} was answered by the privacy manager on Thursday 26 November 2026, 11:30 am IST:`;

  test('every answer, in the order in which they were given', async () => {
    await answer('2026-11-26T06:00:00Z', 'One thing *more*.');
    await answer('2026-11-25T06:00:00Z', 'We looked.\n\n# It was us.');
    expect(await told()).toEqual([
      FIRST(),
      'We looked.\n\n# It was us.',
      SECOND(),
      'One thing *more*.',
    ]);
  });

  test('an answer alone where a later date was promised before it', async () => {
    await extend('2026-11-24T05:00:00Z', '2026-12-02', 'The logs are abroad.');
    await answer('2026-11-25T06:00:00Z', 'We looked.');
    expect(await told()).toEqual([FIRST(), 'We looked.']);
  });

  test('an answer alone where the case was closed after it', async () => {
    await answer('2026-11-25T06:00:00Z', 'We looked.');
    await close('2026-11-26T06:00:00Z', 'closed', '');
    expect(await told()).toEqual([FIRST(), 'We looked.']);
  });

  test('that it was closed, and why', async () => {
    await close('2026-11-25T06:00:00Z', 'closed', 'It is *the same* as another.');
    expect(await told()).toEqual([
      `${name} was closed by the privacy manager on Wednesday 25 November 2026, 11:30 am IST. The reason:`,
      'It is *the same* as another.',
    ]);
  });

  test.each(['spam', 'notPrivacy'] as const)(
    'that it was filed away, and not as what: %s',
    async (as) => {
      await close('2026-11-25T06:00:00Z', as, 'A penguin wrote it.');
      expect(await told()).toEqual([
        `${name} was looked at by the privacy manager and filed as one that needs no answer. If that is wrong, please write to us again.`,
      ]);
    },
  );

  test('the answer, and the new date where they have written again', async () => {
    await answer('2026-11-25T06:00:00Z', 'We looked.');
    await writeAgain('2026-12-01T05:00:00Z');
    const open = `${name} is with the privacy manager. You will have an answer by **Tuesday 8 December 2026, 6:00 pm IST**.`;
    expect(await told()).toEqual([FIRST(), 'We looked.', open]);
  });

  test('both answers where they have written again and been answered again', async () => {
    await answer('2026-11-25T06:00:00Z', 'We looked.');
    await writeAgain('2026-11-25T08:00:00Z');
    await answer('2026-11-26T06:00:00Z', 'We looked again.');
    expect(await told()).toEqual([FIRST(), 'We looked.', SECOND(), 'We looked again.']);
  });

  test('nothing that staff wrote for themselves', async () => {
    await office().handling.note(id, at('2026-11-24T06:00:00Z'), 'A walrus, I think.');
    expect((await told()).join('\n')).not.toContain('walrus');
  });

  test('an answer as plain text, whatever marks stand in it', async () => {
    await answer('2026-11-25T06:00:00Z', '**We** looked.');
    const customer = await ChatCustomer.open(running.url);
    await customer.ask(`check case ${(await found()).reference} ${EMAIL}`, /We/);
    const said = (await customer.activities()).find(({ text }) => text === '**We** looked.');
    expect(said).toMatchObject({ textFormat: 'plain' });
  });
});
