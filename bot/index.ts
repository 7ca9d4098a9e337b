import { existsSync } from 'node:fs';
import { ProductError } from '../services/errors';
import type { FictitiousCustomer } from '../services/records/fictitiousCustomers';
import { compose } from './compose';
import { parseConfig } from './config';

const ENV_FILE = '.env';
const LONGEST_CLOSE_MS = 20_000;

/** Reads the settings, starts the product, says where it is, and closes it on a signal. */
async function main(): Promise<void> {
  if (existsSync(ENV_FILE)) process.loadEnvFile(ENV_FILE);
  const config = parseConfig();
  const product = await compose(config);
  const port = await product.start();
  const url = config.PUBLIC_URL ?? `http://localhost:${port}`;
  const tray = config.NODE_ENV !== 'production' && !config.SMTP_URL;
  const first = product.firstLink();
  const lines = [
    'The Comantra Privacy Desk is running.',
    `  Chat       ${url}/`,
    `  Policy     ${url}/policy`,
    `  Console    ${url}/console   (for staff)`,
    ...(tray
      ? [
          `  Mail tray  http://localhost:${port}/mail   (mails are kept in ${product.mailDirectory})`,
        ]
      : []),
    ...(product.smtpPort() === undefined
      ? []
      : [`  Mail in    smtp://${config.INBOUND_SMTP_HOST}:${product.smtpPort() ?? ''}`]),
    ...(first
      ? [
          '  Administrator  nobody is one yet; this link makes the first, once:',
          `               ${first}`,
        ]
      : []),
    ...fictitiousLines(product.fictitious()),
    `  Store      ${product.storeKind === 'embedded' ? `embedded, in ${config.DATA_DIR}` : 'MongoDB'}`,
  ];
  console.log([...lines, ...product.warnings.map((warning) => `  Note: ${warning}`)].join('\n'));

  let closing = false;
  const close = (): void => {
    if (closing) return;
    closing = true;
    // What a turn cut short here has not finished is taken up at the next start.
    setTimeout(() => process.exit(1), LONGEST_CLOSE_MS).unref();
    product.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', close);
  process.on('SIGINT', close);
}

const fictitiousLines = (customers: readonly FictitiousCustomer[]): string[] =>
  customers.length === 0
    ? []
    : [
        '  Customers  fictitious ones to try it as; their codes arrive in the mail tray:',
        ...customers.map(({ userName, email }) => `               ${userName} (${email})`),
      ];

main().catch((error: unknown) => {
  console.error(error instanceof ProductError ? error.message : error);
  process.exit(1);
});
