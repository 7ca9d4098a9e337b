import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { ROOT } from '../root';
import { bundleConsole } from './consoleBundle';

/** Completes `dist/web`: the compiler put the scripts there, this adds the pages, styles, pictures, the console's bundle and Web Chat's. */

const COPIED = /\.(html|css|svg)$/;
/** The bundle holds them. */
const BUNDLED = /^console[\\/].*\.css$/;
const BUNDLE = 'botframework-webchat/dist';

const source = path.join(ROOT, 'web');
const target = path.join(ROOT, 'dist/web');

/** Web Chat does not export its package.json, so its folder is looked for where Node would. */
function bundleDirectory(): string {
  const found = (require.resolve.paths(BUNDLE) ?? [])
    .map((directory) => path.join(directory, BUNDLE))
    .find(existsSync);
  if (!found) throw new Error('botframework-webchat is not installed: run npm ci.');
  return found;
}

/** By renaming, and only when it differs: what runs from `dist/` never finds half a file. */
function place(from: string, name: string): void {
  const to = path.join(target, name);
  const content = readFileSync(from);
  if (existsSync(to) && readFileSync(to).equals(content)) return;
  mkdirSync(path.dirname(to), { recursive: true });
  const unfinished = `${to}.${process.pid}.part`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, to);
}

for (const name of readdirSync(source, { recursive: true, encoding: 'utf8' }))
  if (COPIED.test(name) && !BUNDLED.test(name)) place(path.join(source, name), name);
const bundle = bundleDirectory();
place(path.join(bundle, 'webchat.js'), 'webchat.js');
place(path.join(bundle, 'webchat.js.LICENSE.txt'), 'webchat.js.LICENSE.txt');
bundleConsole(place).catch((error: unknown) => {
  process.stderr.write(`The console's page cannot be built: ${String(error)}\n`);
  process.exitCode = 1;
});
