import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../root';

/** `npm run dev`: compiles on every change, and starts the product anew after each. */
const compiler = spawn(
  process.execPath,
  [join(ROOT, 'node_modules/typescript/bin/tsc'), '--watch', '--preserveWatchOutput'],
  { cwd: ROOT, stdio: 'inherit' },
);
const product = spawn(
  process.execPath,
  ['--watch', '--watch-preserve-output', join(ROOT, 'dist/bot/index.js')],
  { cwd: ROOT, stdio: 'inherit' },
);
for (const child of [compiler, product])
  child.on('exit', (code) => {
    compiler.kill();
    product.kill();
    process.exitCode = code ?? 1;
  });
