/** A process of its own that makes or reads the secrets of a directory when it is told to, and sends them back. */
require('./swcRegister.cjs');
const { parseConfig } = require('../../bot/config.ts');
const { secretsOf } = require('../../bot/secrets.ts');
const { systemIds } = require('../../bot/system.ts');

process.once('message', () => {
  const secrets = secretsOf(parseConfig({ DATA_DIR: process.argv[2] }), systemIds);
  process.send(secrets, () => process.disconnect());
});
process.send('ready');
