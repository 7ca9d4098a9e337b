import { ProductError } from '../../services/errors';

/**
 * The sequence that a watermark stands for; absent and empty mean the beginning, as DirectLineJS sends it.
 * @throws ProductError `BadArgument`.
 */
export function watermarkOf(text: string | null | undefined): number {
  if (text === null || text === undefined || text === '') return 0;
  if (!/^\d{1,7}$/.test(text))
    throw new ProductError('BadArgument', 'watermark is a number that was given here.');
  return Number(text);
}
