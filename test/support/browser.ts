import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import { ROOT } from '../../bot/root';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const START_TIMEOUT_MS = 30_000;
const TEST_TIMEOUT_MS = 60_000;
const START = `
  const [executablePath, ...args] = process.argv.slice(1);
  require('playwright-core').chromium.launch({ executablePath, args }).then(
    (browser) => browser.close(),
    (error) => { console.error(error.message); process.exitCode = 1; },
  );
`;
const UNPACK = `require(process.argv[1]).executablePath()`;

/** A browser that can be started here: its program, and the folder of libraries that it may need. */
interface Program {
  readonly executablePath: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Opens a fresh browser, with an empty profile of its own. */
export type OpenBrowser = (options?: BrowserOptions) => Promise<BrowserContext>;

interface BrowserOptions {
  readonly width?: number;
  readonly height?: number;
  /** Lets a test add scripts of its own, such as axe. */
  readonly bypassCSP?: boolean;
  readonly javaScriptEnabled?: boolean;
}

/**
 * Describes tests that need a browser: with the first Chromium that starts here (`CHROMIUM_PATH`, the system's, the one
 * that npm brings); where none does, they are skipped and the reason is printed.
 */
export function describeInBrowser(title: string, tests: (open: OpenBrowser) => void): void {
  const { program, reasons } = findBrowser();
  if (!program) process.stderr.write(`No browser can be started here: ${reasons.join('; ')}\n`);
  const opened: BrowserContext[] = [];
  (program ? describe : describe.skip)(title, () => {
    jest.setTimeout(TEST_TIMEOUT_MS);
    afterEach(async () => {
      for (const context of opened.splice(0)) await context.browser()?.close();
    });
    tests(async (options = {}) => {
      if (!program) throw new Error('There is no browser.');
      const context = await launch(program, options);
      opened.push(context);
      return context;
    });
  });
}

/** Not asynchronous, because whether tests are skipped is settled when they are described. */
function findBrowser(): { program?: Program; reasons: readonly string[] } {
  const reasons: string[] = [];
  for (const candidates of [fromEnvironment, fromSystem, fromPackage]) {
    try {
      for (const program of candidates()) {
        const reason = whyNot(program);
        if (reason === undefined) return { program, reasons };
        reasons.push(`${program.executablePath}: ${reason}`);
      }
    } catch (error) {
      reasons.push(firstLines(error instanceof Error ? error.message : String(error)));
    }
  }
  return { reasons };
}

/** Starts the program once, in a process that can be waited for; undefined when that works. */
function whyNot({ executablePath, env }: Program): string | undefined {
  const tried = spawnSync(process.execPath, ['-e', START, executablePath, ...FLAGS], {
    cwd: ROOT,
    env,
    timeout: START_TIMEOUT_MS,
    encoding: 'utf8',
  });
  if (tried.status === 0) return undefined;
  return firstLines(tried.error?.message ?? tried.stderr);
}

async function launch(program: Program, options: BrowserOptions): Promise<BrowserContext> {
  const { width = 1280, height = 800, ...rest } = options;
  const browser = await chromium.launch({
    executablePath: program.executablePath,
    env: program.env,
    args: FLAGS,
  });
  return browser.newContext({ viewport: { width, height }, ...rest });
}

function fromEnvironment(): readonly Program[] {
  const executablePath = process.env.CHROMIUM_PATH;
  return executablePath ? [{ executablePath, env: process.env }] : [];
}

function fromSystem(): readonly Program[] {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return SYSTEM_NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .filter((file) => existsSync(file))
    .slice(0, 1)
    .map((executablePath) => ({ executablePath, env: process.env }));
}

/** The browser of the npm package, unpacked once; first as it is, then with the libraries that the package brings. */
function fromPackage(): readonly Program[] {
  const folder = unpacked();
  const executablePath = path.join(folder, 'chromium');
  const env = { ...process.env, FONTCONFIG_PATH: path.join(folder, 'fonts') };
  const libraries = path.join(folder, 'al2023', 'lib');
  return [
    { executablePath, env: process.env },
    { executablePath, env: { ...env, LD_LIBRARY_PATH: libraries } },
  ];
}

function unpacked(): string {
  const folder = path.join(
    tmpdir(),
    `privacy-desk-chromium-147-${String(process.getuid?.() ?? 0)}`,
  );
  if (existsSync(path.join(folder, 'chromium'))) return folder;
  // Unpacked aside and renamed, so that two test runs never meet half a browser.
  const aside = mkdtempSync(`${folder}-`);
  execFileSync(process.execPath, ['-e', UNPACK, require.resolve('@sparticuz/chromium')], {
    cwd: ROOT,
    env: { ...process.env, TMPDIR: aside, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    renameSync(aside, folder);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    if (!existsSync(path.join(folder, 'chromium'))) throw error;
  }
  return folder;
}

const firstLines = (text: string): string =>
  text.trim().split('\n').slice(0, 3).join(' ').slice(0, 300);
