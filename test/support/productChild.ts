import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { compose } from '../../bot/compose';
import { parseConfig } from '../../bot/config';
import { ChatCustomer } from './chatCustomer';
import { sharedUnderstanding } from './product';

/** A process that runs the product over files, has a chat with it, closes it, and does nothing more: it ends when nothing is left open. */
async function main(): Promise<void> {
  const directory = mkdtempSync(path.join(tmpdir(), 'desk-closing-'));
  const port = Number(process.argv[2]);
  const url = `http://127.0.0.1:${port}`;
  const config = parseConfig({
    NODE_ENV: 'test',
    PORT: String(port),
    PUBLIC_URL: url,
    DATA_DIR: directory,
    LOG_LEVEL: 'silent',
  });
  const product = await compose(config, { understanding: await sharedUnderstanding() });
  await product.start();
  const customer = await ChatCustomer.open(url);
  await customer.ask('hello');
  const socket = new WebSocket(await streamUrlOf(url));
  await once(socket, 'open');
  const socketClosed = once(socket, 'close');
  await product.close();
  await socketClosed;
  rmSync(directory, { recursive: true, force: true });
  process.stdout.write(`closed ${process.getActiveResourcesInfo().join(' ')}\n`);
}

async function streamUrlOf(url: string): Promise<string> {
  const post = async (path: string, token?: string) => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: '{}',
    });
    return (await response.json()) as { token: string; streamUrl: string };
  };
  const { token } = await post('/webchat/token');
  return (await post('/v3/directline/conversations', token)).streamUrl;
}

main().catch((error: unknown) => {
  process.stdout.write(`failed ${String(error)}\n`);
  process.exit(1);
});
