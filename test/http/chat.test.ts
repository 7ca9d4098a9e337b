import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { compose } from '../../bot/compose';
import { parseConfig } from '../../bot/config';
import { ChatCustomer } from '../support/chatCustomer';
import { sharedUnderstanding, startProduct, type RunningProduct } from '../support/product';

describe('the chat of the whole product', () => {
  let running: RunningProduct;
  let customer: ChatCustomer;

  beforeAll(async () => {
    running = await startProduct({ env: { COMPANY_PHONE: '+91 33 4000 1234' } });
  });
  beforeEach(async () => {
    customer = await ChatCustomer.open(running.url);
  });
  afterAll(() => running.close());

  test('greets with the telephone number when there is one', () => {
    expect(customer.heard[0]).toContain('You can also call us on +91 33 4000 1234.');
  });

  test('an answer is the passage verbatim, with its section cited and a link that lands on it', async () => {
    await customer.ask('do you sell my personal information?', /does not sell or rent/);
    const [answer] = (await customer.activities()).slice(-1);
    const citation = {
      '@type': 'Claim',
      position: 1,
      appearance: {
        '@type': 'DigitalDocument',
        name: 'Does Comantra share my personal information with others?',
        url: `${running.url}/policy#share.no_sell`,
      },
    };
    expect(answer?.entities).toEqual([
      expect.objectContaining({ '@type': 'Message', citation: [citation] }),
    ]);
    const page = await (await fetch(`${running.url}/policy`)).text();
    expect(page).toContain('id="share.no_sell"');
  });

  test('a message of 10,000 characters is answered, and says that it was cut', async () => {
    await customer.ask('my '.repeat(3_334), /very long/);
    await customer.until(/^(?!Hello|Your message was very long)/);
  });

  test('a line break in an address adds no header to a mail', async () => {
    await customer.ask('a caller claimed to be from you yesterday and asked for my PIN', /e-mail/);
    await customer.ask('eve@example.org\r\nBcc: mallory@example.com', /e-mail|read your address/);
    await customer.ask('eve@example.org', /read your address as eve@example\.org\./);
  });

  test('a file is refused in words', async () => {
    await customer.post({
      type: 'message',
      text: '',
      attachments: [{ contentType: 'image/png', contentUrl: 'data:image/png;base64,AA==' }],
    });
    await customer.until(/Files cannot be sent here/);
  });

  test.each([
    ['Host: :1', ':1'],
    ['Host: a b', 'a b'],
    ['Host: localhost:99999', 'localhost:99999'],
  ])('a request with %s is refused, and the desk goes on', async (_name, host) => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request(running.url, { headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .once('error', reject)
        .end();
    });
    expect(status).toBe(400);
    expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
  });

  test('a socket that nobody takes is closed', async () => {
    const socket = new WebSocket(`${running.url.replace('http', 'ws')}/elsewhere`);
    await new Promise((resolve) => {
      socket.once('error', resolve);
      socket.once('close', resolve);
    });
    expect(socket.readyState).toBeGreaterThanOrEqual(WebSocket.CLOSING);
  });

  test('a step that is skipped tells no name', async () => {
    await customer.ask('a caller claimed to be from you yesterday and asked for my PIN', /e-mail/);
    await customer.ask('leave it out', /works here/);
    await customer.ask('no', /optional/);
    await customer.ask('Skip', /check it/);
    const card = JSON.stringify((await customer.activities()).flatMap((a) => a.attachments ?? []));
    expect(card).toContain('"Name"');
    expect(card).not.toMatch(/skip/i);
  });

  test('guessing references and PINs is slowed down, and tells nothing', async () => {
    const answers: string[] = [];
    for (let guess = 0; guess < 6; guess += 1)
      answers.push(
        await customer.ask(
          `check case PD-7KQ4-M2X${guess} 00000${guess}`,
          /found no case|too often/,
        ),
      );
    expect(new Set(answers.slice(0, 5)).size).toBe(1);
    expect(answers[5]).toContain('too often');
  });
});

test('a second desk on the same folder is refused in words', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'desk-twice-'));
  const settings = { NODE_ENV: 'test', DATA_DIR: directory, LOG_LEVEL: 'silent' };
  const first = await compose(parseConfig(settings), {
    understanding: await sharedUnderstanding(),
  });
  try {
    await expect(
      compose(parseConfig(settings), { understanding: await sharedUnderstanding() }),
    ).rejects.toMatchObject({ code: 'StoreInUse' });
  } finally {
    await first.close();
    rmSync(directory, { recursive: true, force: true });
  }
});
