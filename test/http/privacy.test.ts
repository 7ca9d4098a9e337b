import { Writable } from 'node:stream';
import { createLog } from '../../bot/log';
import { ChatCustomer } from '../support/chatCustomer';
import { startProduct, type RunningProduct } from '../support/product';

const PERSONAL = {
  story: 'someone logged into my account yesterday and read my letters about zanzibar',
  email: 'priyamvada.sen@example.org',
  name: 'Priyamvada Sen',
  phone: '98300 12345',
  card: '4111 1111 1111 1111',
};
/** Words by which the values above would be found wherever they leaked to. */
const TRACES = /zanzibar|priyamvada|98300|9830012345|4111 ?1111|4111111111111111/i;

describe('personal data', () => {
  const lines: string[] = [];
  let running: RunningProduct;
  let customer: ChatCustomer;
  let pin: string;

  beforeAll(async () => {
    const destination = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(chunk.toString());
        done();
      },
    });
    running = await startProduct({ log: createLog('info', undefined, destination) });
    customer = await ChatCustomer.open(running.url);
    await customer.ask(`${PERSONAL.story}, my card is ${PERSONAL.card}`, /e-mail/);
    await customer.ask(PERSONAL.email, /I have read/);
    await customer.ask('yes, somebody else can', /works here/);
    await customer.ask('no', /optional/);
    await customer.ask(`${PERSONAL.name}, ${PERSONAL.phone}`, /check it/);
    const opened = await customer.ask('send it', /PIN is/);
    pin = /PIN is \*\*(\d{6})\*\*/.exec(opened)?.[1] ?? '';
    await running.product.sweep();
  });
  afterAll(() => running.close());

  test('never reaches the log', () => {
    expect(lines.join('')).toContain('case.opened');
    expect(lines.join('')).not.toMatch(TRACES);
  });

  test('never stands in clear in the store', async () => {
    const { connection } = running.store;
    const names = [
      ...['activities', 'botState', 'caseChecks', 'cases'],
      ...['conversations', 'outbox', 'reportDrafts'],
    ];
    const stored = await Promise.all(
      names.map((name) => connection.collection(name).find({}).toArray()),
    );
    const text = JSON.stringify(stored);
    expect(text.length).toBeGreaterThan(1000);
    expect(text).not.toMatch(TRACES);
    expect(pin).toMatch(/^\d{6}$/);
    expect(text).not.toContain(pin);
  });

  test('a PIN is gone from the conversation after the next word, for whoever opens the chat later', async () => {
    expect((await customer.history()).join('\n')).toContain(pin);
    await customer.ask('thanks', /welcome/);
    const later = (await customer.history()).join('\n');
    expect(later).not.toContain(pin);
    expect(later).toContain('Your PIN is **••••••**');
  });

  test('a card number is masked in the echo and in the mail', async () => {
    const said = (await customer.history()).join('\n');
    expect(said).toContain('•••• •••• •••• 1111');
    expect(said).not.toMatch(/4111 1111 1111/);
  });
});
