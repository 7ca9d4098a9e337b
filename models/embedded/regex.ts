import { BSONRegExp } from 'bson';
import { CommandError } from './errors';

/**
 * The JavaScript expression for a BSON one.
 * @param options of `$options`, which win over those of the expression; `i`, `m` and `s` are known.
 */
export function regexOf(operand: unknown, options: string): RegExp {
  const pattern = operand instanceof BSONRegExp ? operand.pattern : operand;
  if (typeof pattern !== 'string') throw new CommandError(2, '$regex has to be a string');
  const flags = options || (operand instanceof BSONRegExp ? operand.options : '');
  if (!/^[imsu]*$/.test(flags)) {
    throw new CommandError(2, `The regular expression options '${flags}' are not supported`);
  }
  try {
    return new RegExp(pattern, [...new Set(flags.replaceAll('u', ''))].join(''));
  } catch {
    throw new CommandError(2, 'Regular expression is invalid');
  }
}
