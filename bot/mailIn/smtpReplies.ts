import { ProductError } from '../../services/errors';
import { TooManyRequests } from '../directLine/limits';

/** How smtp-server is told what to reply. */
export type Done = (error?: Error | null, message?: string) => void;

/** An SMTP reply that refuses something; the enhanced status code is put before the message. */
export const refusal = (responseCode: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode });

/** Replies with what comes of some work; never rejects. */
export async function answer(work: Promise<void>, done: Done): Promise<void> {
  try {
    await work;
    done(null, 'Kept');
  } catch (error) {
    done(refusalFor(error));
  }
}

/** Whatever is not known to be final is worth another try: 4xx. */
export function refusalFor(error: unknown): Error {
  if (error instanceof TooManyRequests)
    return refusal(450, 'Too many mails from your address, try again in a moment');
  if (error instanceof ProductError && error.code === 'TooLarge')
    return refusal(552, 'The mail is too large');
  if (error instanceof Error && 'responseCode' in error) return error;
  return FULL.includes(faultOf(error))
    ? refusal(452, 'There is no room for the mail now, try again later')
    : refusal(451, 'The mail cannot be taken now, try again later');
}

/** What lies behind a fault, by a code for the log: that of the disk or the store, where it is known. */
export function faultOf(error: unknown): string {
  const { cause, code, name } = error as NodeJS.ErrnoException;
  return (cause as NodeJS.ErrnoException | undefined)?.code?.toString() ?? code ?? name;
}

const FULL = ['ENOSPC', 'EDQUOT'];
