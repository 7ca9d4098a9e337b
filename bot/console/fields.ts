import { z } from 'zod';
import { ProductError } from '../../services/errors';

/**
 * What was posted, checked.
 * @throws ProductError `BadRequest`, which names the field and repeats nothing of it.
 */
export function fieldsOf<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body ?? {});
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const field = issue?.path.join('.') ?? '';
  throw new ProductError(
    'BadRequest',
    `${field === '' ? 'What was sent' : `“${field}”`} is missing or is not as it has to be.`,
  );
}

const LONGEST_TEXT = 4000;
const LONGEST_LINE = 320;

/** By which a deed that is sent again is known. */
export const uuid = z.uuid();
/** Words of staff. */
export const words = z.string().trim().min(1).max(LONGEST_TEXT);
/** One line, such as a name or an address. */
export const line = z.string().trim().min(1).max(LONGEST_LINE);

export const CASE_KINDS = z.enum(['breach', 'misuse', 'complaint', 'question']);
export const CASE_URGENCIES = z.enum(['now', 'high', 'normal']);
/** Whether it is about somebody who works here. */
export const CASE_STAFF = z.enum(['no', 'staff', 'privacy_manager']);

/** A whole number of a query, from 1; undefined where it is not given. @throws ProductError `BadRequest`. */
export function countIn(query: URLSearchParams, name: string): number | undefined {
  const given = query.get(name);
  if (given === null) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(given))
    throw new ProductError('BadRequest', `“${name}” has to be a whole number.`);
  return Number(given);
}

/** The path parameter of a route that declares it. */
export const param = (
  { params }: { readonly params: Readonly<Record<string, string>> },
  name: string,
): string => params[name] ?? '';
