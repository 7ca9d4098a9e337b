import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { createLog } from '../../bot/log';
import { openStore } from '../../models/store';
import { STAFF_PASSWORD } from '../support/consoleDesk';
import {
  ADMINISTRATOR,
  AGENT,
  DEVAYANI,
  playHandoff,
  WORDS,
  type PlayedHandoff,
} from '../support/handoffPlay';
import { documentsOf, filesOf, inBytes } from '../support/kept';
import { openNow } from '../support/openHours';
import { startProduct, TEST_KEY, type RunningProduct } from '../support/product';
import { codeIn, mailsIn, type SentMail } from '../support/sentMails';

/** Whatever would betray one of the words that were said, written or typed, by customers or by staff. */
const TRACES =
  /walnut|mulberry|rutabaga|pomegranate|kumquat|elderberry|ulaanbaatarpur|apricot|lingonberry|cranberry|boysenberry|loganberry|huckleberry|antananarivopur|cloudberry|parvatidevi|snowberry|devayani|tamariskwala|gooseberry|samarkandh|whortle|kamakshi|oleandra|98300\W{0,2}66778|98302\W{0,2}33445|98303\W{0,2}44556|5555\W?5555\W?5555|four plain words/i;
/** Drawn by chance: hashes, ids and what is sealed hold any six digits now and then. */
const DRAWN =
  /test\.[\w-]{30,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{24,64}\b|"v?[\w-]{43}(?=["-])/g;
/** What a link in a mail is known by. */
const TOKEN = /(?:\/link\/|#invite=|#continue=)([\w-]{43})/g;

describe('a talk with a person, and a call', () => {
  const lines: string[] = [];
  const directory = mkdtempSync(join(tmpdir(), 'desk-talk-'));
  let running: RunningProduct;
  let played: PlayedHandoff;
  let mails: SentMail[];
  let numbers: string[];
  let tokens: string[];

  beforeAll(async () => {
    const destination = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(chunk.toString());
        done();
      },
    });
    const store = await openStore({ directory, keys: [TEST_KEY] });
    const log = createLog('info', undefined, destination);
    running = await startProduct({ directory, store, log, env: openNow(directory) });
    played = await playHandoff(running);
    mails = await mailsIn(running.product.mailDirectory);
    numbers = [...mails.flatMap((mail) => codeIn(mail) ?? []), played.pin];
    tokens = mails.flatMap(({ text }) => [...text.matchAll(TOKEN)].map(([, token = '']) => token));
  }, 180_000);
  afterAll(() => running.close());

  /** Everything that must stand nowhere in clear, but in the mails, in the chat and on the pages of staff. */
  function betraying(text: string): string[] {
    const rest = text.replace(DRAWN, '…');
    return [
      ...(TRACES.exec(text) ?? []),
      ...numbers.filter((number) => new RegExp(`(?<!\\d)${number}(?!\\d)`).test(rest)),
      ...[...tokens, ...played.secrets].filter((secret) => text.includes(secret)),
    ];
  }

  test('was all that it is to be', async () => {
    expect(numbers).toHaveLength(3);
    expect(numbers.every((number) => /^\d{6}$/.test(number))).toBe(true);
    expect(tokens.length).toBeGreaterThan(2);
    expect(played.secrets).toHaveLength(7);
    const people = [DEVAYANI, AGENT, ADMINISTRATOR].flatMap(({ name, email }) => [name, email]);
    const said = [...Object.values(WORDS), ...people, DEVAYANI.phone, DEVAYANI.mailingAddress];
    expect(said.filter((each) => !TRACES.test(each ?? ''))).toEqual([]);
    expect(STAFF_PASSWORD).toMatch(TRACES);
    const { records } = running.product.office;
    const [request, ...others] = await records.updateRequests.waiting(2);
    expect(others).toEqual([]);
    expect(JSON.stringify(request)).toContain('Elderberry');
    const record = await running.product.office.customers.byId(DEVAYANI.id);
    expect(record?.mailingAddress).toContain('Huckleberry');
    expect(mails.filter(({ text }) => /cloudberry|lingonberry/.test(text)).length).toBeGreaterThan(
      1,
    );
  });

  test('stands nowhere in clear among the documents of the store', async () => {
    const documents = await documentsOf(running.store);
    expect(documents.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        ...['activities', 'auditEntries', 'botState', 'calls', 'cannedReplies', 'cases'],
        ...['consents', 'handoffs', 'outbox', 'staffaccounts', 'staffsessions', 'verifications'],
      ]),
    );
    for (const { name, text } of documents) {
      expect([name, ...betraying(text)]).toEqual([name]);
    }
  });

  test('stands nowhere in clear in the files of the desk, but in those of the mail tray', () => {
    const files = filesOf(directory);
    expect(files.some(({ bytes }) => bytes.includes(DEVAYANI.id))).toBe(true);
    for (const { name, bytes } of files)
      expect([name, ...betraying(name), ...inBytes(bytes, betraying)]).toEqual([name]);
  });

  test('never reaches the log', () => {
    for (const event of ['handoff.claimed', 'call.taken', 'case.opened'])
      expect(lines.join('')).toContain(event);
    expect(lines.flatMap(betraying)).toEqual([]);
  });

  test('shows no code, no PIN and no card number in the mail of what was said', () => {
    const said = mails.filter(({ text }) => text.includes('walnut cabinet'));
    expect(said.map(({ to }) => to)).toEqual([DEVAYANI.email]);
    for (const { text } of said) {
      expect(text).toContain('mulberry');
      expect(text).not.toMatch(/rutabaga|pomegranate|kumquat|5555 5555/);
      for (const number of numbers) expect(text.replaceAll(' ', '')).not.toContain(number);
    }
  });
});
