import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../bot/root';
import { ChatCustomer } from '../support/chatCustomer';
import { freePort } from '../support/product';
import { until } from '../support/until';

const START_MS = 60_000;

describe('kill -9', () => {
  const directory = mkdtempSync(join(tmpdir(), 'desk-killed-'));
  let child: ChildProcess | undefined;
  let url = '';

  const start = async (port: number): Promise<void> => {
    url = `http://127.0.0.1:${port}`;
    child = spawn(process.execPath, ['-r', './test/support/swcRegister.cjs', 'bot/index.ts'], {
      cwd: ROOT,
      env: {
        PATH: process.env.PATH,
        PORT: String(port),
        PUBLIC_URL: url,
        DATA_DIR: directory,
        LOG_LEVEL: 'silent',
      },
      stdio: 'ignore',
    });
    await until(
      'the desk to be ready',
      () =>
        fetch(`${url}/readyz`)
          .then((r) => r.ok)
          .catch(() => false),
      START_MS,
    );
  };
  const kill = async (): Promise<void> => {
    const gone = new Promise((resolve) => child?.once('exit', resolve));
    child?.kill('SIGKILL');
    await gone;
  };

  afterAll(async () => {
    await kill();
    rmSync(directory, { recursive: true, force: true });
  });

  test(
    'right after a confirmed report loses neither the case nor a mail, and right after a question the answer comes',
    async () => {
      const port = await freePort();
      await start(port);
      const customer = await ChatCustomer.open(url);
      for (const said of [
        'someone logged into my account yesterday and changed my address',
        'rina@example.org',
        'No, only me',
        'No',
        'Skip',
      ])
        await customer.ask(said);
      const reply = await customer.ask('Send it', /PD-\w{4}-\w{4}/);
      await kill();
      const [reference = ''] = /PD-\w{4}-\w{4}/.exec(reply) ?? [];
      expect(reference).not.toBe('');

      await start(port);
      const mails = await until('both mails', () => {
        const files = mailsIn(directory);
        return files.length === 2 ? files : undefined;
      });
      const texts = mails.map((file) => readFileSync(join(directory, 'mail', file), 'utf8'));
      expect(texts.filter((text) => text.includes(reference))).toHaveLength(2);
      await customer.ask(`status of ${reference} rina@example.org`, /with the privacy manager/);

      await customer.say('do you sell my data?');
      await kill();
      await start(port);
      await customer.until(/does not sell or rent/);
      expect(customer.heard.filter((text) => text.includes('does not sell or rent'))).toHaveLength(
        1,
      );
    },
    4 * START_MS,
  );
});

function mailsIn(directory: string): string[] {
  try {
    return readdirSync(join(directory, 'mail')).filter((file) => file.endsWith('.eml'));
  } catch {
    return [];
  }
}
