/** `node -r` this to run TypeScript files as they are: each is transformed as it is required, and types are not checked. */
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { transformSync } = require('@swc/core');

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    cwd: path.join(__dirname, '../..'),
  });
  module._compile(code, filename);
};
