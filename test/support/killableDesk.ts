import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../bot/root';
import { freePort, TEST_KEY } from './product';
import { until } from './until';

/** Longest that a desk takes to start on a slow machine. */
export const START_MS = 60_000;

const key = `test:${TEST_KEY.secret.toString('base64')}`;

/** The desk as a process of its own, over files that stay when it is killed; in development, with its mail tray. */
export class KillableDesk {
  readonly directory = mkdtempSync(join(tmpdir(), 'desk-killed-'));
  /** Where its mails are kept. */
  readonly mailDirectory = join(this.directory, 'mail');
  /** What it has said where it was started, since then. */
  said = '';
  private child: ChildProcess | undefined;
  private port = 0;

  /** @param env settings beside those that it needs; by the folder that it keeps its files in. */
  constructor(private readonly env: (directory: string) => Record<string, string> = () => ({})) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts it, or starts it again under the same address; resolves when it is ready. */
  async start(): Promise<void> {
    this.port ||= await freePort();
    this.said = '';
    this.child = spawn(process.execPath, ['-r', './test/support/swcRegister.cjs', 'bot/index.ts'], {
      cwd: ROOT,
      env: {
        PATH: process.env.PATH,
        PORT: String(this.port),
        PUBLIC_URL: this.url,
        DATA_DIR: this.directory,
        SECRET_KEY: key,
        INBOUND_SMTP_PORT: '',
        LOG_LEVEL: 'silent',
        ...this.env(this.directory),
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.child.stdout?.on('data', (chunk: Buffer) => {
      this.said += chunk.toString();
    });
    const isReady = (): Promise<boolean> =>
      fetch(`${this.url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
    await until('the desk to be ready', isReady, START_MS);
  }

  /** SIGKILL; resolves when the process is gone. */
  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  /** Kills it and removes its files. */
  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
