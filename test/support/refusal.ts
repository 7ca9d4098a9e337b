import { ProductError } from '../../services/errors';

/** The ProductError that an act is refused with; any other outcome fails the test. */
export function refusal(act: () => unknown): ProductError {
  try {
    act();
  } catch (error) {
    if (error instanceof ProductError) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}
