import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../root';

const SOURCE = path.join(ROOT, 'web/console');
const MADE_FROM = path.join(ROOT, 'dist/.console-made-from');
/** What decides the bundle beside its sources: the versions of what it is made with, and how. */
const MADE_WITH = ['package-lock.json', 'bot/commands/consoleBundle.ts'];
const SOURCES = /\.(tsx?|css)$/;

/**
 * Bundles the console's page and hands over each file made, with its name below `dist/web`; does nothing where what it is
 * made from has not changed.
 * @param place puts a file where it is served from.
 */
export async function bundleConsole(place: (from: string, name: string) => void): Promise<void> {
  const madeFrom = fingerprint();
  const names = ['console/console.js', 'console/console.css'];
  const placed = names.every((name) => existsSync(path.join(ROOT, 'dist/web', name)));
  if (placed && existsSync(MADE_FROM) && readFileSync(MADE_FROM, 'utf8') === madeFrom) return;
  const folder = mkdtempSync(path.join(tmpdir(), 'privacy-desk-console-'));
  try {
    await build(folder);
    for (const name of names) place(path.join(folder, path.basename(name)), name);
    writeFileSync(MADE_FROM, madeFrom);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function build(outDir: string): Promise<void> {
  const vite = await import('vite');
  await vite.build({
    configFile: false,
    envDir: false,
    root: SOURCE,
    logLevel: 'warn',
    publicDir: false,
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      cssCodeSplit: false,
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: path.join(SOURCE, 'main.tsx'),
        output: { entryFileNames: 'console.js', assetFileNames: 'console[extname]' },
      },
    },
  });
}

function fingerprint(): string {
  const sources = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((name) => SOURCES.test(name))
    .map((name) => `web/console/${name.split(path.sep).join('/')}`);
  const hash = createHash('sha256');
  for (const name of [...sources, ...MADE_WITH].sort())
    hash
      .update(`${name}\0`)
      .update(readFileSync(path.join(ROOT, name)))
      .update('\0');
  return hash.digest('hex');
}
