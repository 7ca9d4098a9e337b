import { compose } from '../../bot/compose';
import { parseConfig } from '../../bot/config';
import { understandsNothing } from './mailDesk';

/** A process that runs the product as its settings say, without the seconds that learning takes. */
async function main(): Promise<void> {
  const product = await compose(parseConfig(), { understanding: understandsNothing });
  await product.start();
}

main().catch(() => process.exit(1));
