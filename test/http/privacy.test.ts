import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { simpleParser, type ParsedMail } from 'mailparser';
import { createLog } from '../../bot/log';
import { systemClock, systemIds } from '../../bot/system';
import { newMail, replyOf, trayDelivery, type TrayMail } from '../../bot/trayReply';
import { ChatCustomer } from '../support/chatCustomer';
import { startProduct, type RunningProduct } from '../support/product';

const PERSONAL = {
  story: 'a caller claimed to be from you yesterday and asked about zanzibar',
  email: 'priyamvada.sen@example.org',
  name: 'Priyamvada Sen',
  phone: '98300 12345',
  card: '4111 1111 1111 1111',
};
/** Words by which the values above would be found wherever they leaked to. */
const TRACES = /zanzibar|priyamvada|98300|9830012345|4111 ?1111|4111111111111111/i;
const DRAWN =
  /test\.[\w-]{30,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{64}\b|"[\w-]{43}"|staff:[0-9a-f]{16}|-[0-9a-f]{12}\b/g;
const MANAGER = 'privacy.manager@example.com';
const STATIONERY = { clock: systemClock, ids: systemIds };

/** One mail to each of the desk's mailboxes, and one that has to wait for a person. */
const MAILS = [
  { from: PERSONAL.email, to: 'info@comantra.net', text: PERSONAL.story },
  { from: PERSONAL.email, to: 'enquiry@comantra.net', text: 'Please write Zanzibar for my town.' },
  { from: MANAGER, to: 'info@comantra.net', text: PERSONAL.story },
].map(({ from, to, text }) => ({
  from: `${PERSONAL.name} <${from}>`,
  to,
  subject: `About zanzibar, ${PERSONAL.phone}`,
  text: `${text}\n${PERSONAL.name}`,
}));

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
    for (const mail of MAILS) await take(await newMail(mail, STATIONERY));
    const told = await mailTo(MANAGER, /has written a mail[^]*zanzibar/);
    await take(await replyOf(told, `Dear ${PERSONAL.name}, nothing of zanzibar left.`, STATIONERY));
    await mailTo(PERSONAL.email, /nothing of zanzibar left/);
  }, 120_000);
  afterAll(() => running.close());

  /** Takes a mail in, and lets everything follow from it. */
  async function take(mail: TrayMail): Promise<void> {
    const delivered = await trayDelivery(running.product.intake, systemClock)(mail);
    expect(delivered).toEqual({ outcome: 'taken' });
    for (let sweeps = 0; sweeps < 3; sweeps += 1) await running.product.sweep();
  }

  /** The mail with such words that the desk sent to an address. */
  async function mailTo(address: string, words: RegExp): Promise<ParsedMail> {
    const { mailDirectory } = running.product;
    for (const file of readdirSync(mailDirectory).filter((name) => name.endsWith('.eml'))) {
      const mail = await simpleParser(readFileSync(join(mailDirectory, file)));
      const [to] = [mail.to].flat();
      if (to?.text.includes(address) && words.test(mail.text ?? '')) return mail;
    }
    throw new Error(`No mail to ${address} says ${String(words)}.`);
  }

  test('never reaches the log', () => {
    expect(lines.join('')).toContain('mail.');
    expect(lines.join('')).toContain('case.opened');
    expect(lines.join('')).not.toMatch(TRACES);
  });

  test('never stands in clear in the store', async () => {
    const { connection } = running.store;
    const names = (await connection.listCollections()).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        ...['activities', 'auditEntries', 'botState', 'cases', 'conversations', 'inboundMails'],
        ...['outbox', 'replyTokens', 'updateRequests'],
      ]),
    );
    const stored = await Promise.all(
      names.map((name) => connection.collection(name).find({}).toArray()),
    );
    // Sealed values, hashes and ids are drawn by chance, and now and then hold the digits that are looked for.
    const text = JSON.stringify(stored).replace(DRAWN, '…');
    expect(text.length).toBeGreaterThan(1000);
    expect(text).not.toMatch(TRACES);
    expect(pin).toMatch(/^\d{6}$/);
    expect(text).not.toContain(pin);
  });

  test('never stands in clear in a mail that was taken in', () => {
    const directory = join(running.directory, 'mail-in');
    const files = readdirSync(directory);
    expect(files).toHaveLength(MAILS.length + 1);
    for (const file of files) {
      const kept = readFileSync(join(directory, file), 'latin1');
      expect(`${file} ${kept}`).not.toMatch(TRACES);
      expect(kept).not.toMatch(/subject|comantra|example/i);
    }
  });

  test('is kept for a person where nobody can say whose mail it is', async () => {
    const waiting = await running.store.connection
      .collection('inboundMails')
      .countDocuments({ state: 'quarantined' });
    expect(waiting).toBe(1);
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
