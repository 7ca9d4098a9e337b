import { hash, verify } from '@node-rs/argon2';
import { z } from 'zod';
import { comparable } from '../addresses';

/** Fewest and most characters of a password. */
export const PASSWORD_LENGTH = { least: 12, most: 200 } as const;

/** OWASP's least for argon2id, which is what the package makes: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Of random bytes that nobody kept, so that an unknown address costs what a wrong password costs. */
const NOBODYS =
  '$argon2id$v=19$m=19456,t=2,p=1$Qeeqx/libGpyM74zyB4UMA$lIWMr914rbr7vQE30ciqZ11I/7079+1wX5PYR0ITH3w';

const SHAPE = z.string().max(PASSWORD_LENGTH.most);

/** The same password, however a keyboard composes its letters. */
const composed = (password: string): string => password.normalize('NFKC');

/** argon2id, in PHC form. */
export const hashPassword = (password: string): Promise<string> => hash(composed(password), COST);

/** @param kept takes as long where there is none, and is false then. */
export async function isPassword(password: string, kept: string | undefined): Promise<boolean> {
  const right = await verify(kept ?? NOBODYS, composed(password));
  return right && kept !== undefined;
}

/** Why a password may not be chosen, in words; undefined when it may. */
export function whyNotPassword(
  password: string,
  { name, email }: { readonly name: string; readonly email: string },
): string | undefined {
  if (!SHAPE.safeParse(password).success)
    return `A password has at most ${PASSWORD_LENGTH.most} characters.`;
  if (Array.from(composed(password)).length < PASSWORD_LENGTH.least)
    return `A password needs at least ${PASSWORD_LENGTH.least} characters. Several words in a row do well.`;
  const bare = (text: string): string => comparable(composed(text)).replace(/\s/gu, '');
  if ([name, email].some((known) => bare(known) === bare(password)))
    return 'A password must not be your name or your e-mail address.';
  return undefined;
}
