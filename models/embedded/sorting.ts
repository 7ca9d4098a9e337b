import { isArray, type Document } from './bson';
import { CommandError, unsupported } from './errors';
import { isNumber, toNumber } from './numbers';
import { MISSING, parsePath, reach } from './paths';
import { compare } from './values';

/** One field of a sort or index key. */
export interface KeyField {
  readonly path: string;
  readonly parts: readonly string[];
  readonly direction: 1 | -1;
}

/** Reads `{ field: 1, other: -1 }`. Throws CommandError 2 for other directions, 9 for `$meta` and the like. */
export function keyFieldsOf(spec: Document): KeyField[] {
  return Object.keys(spec).map((path) => {
    const value = spec[path];
    if (!isNumber(value)) throw unsupported(`The order of '${path}' by an expression`);
    const direction = toNumber(value);
    if (direction !== 1 && direction !== -1)
      throw new CommandError(2, `The order of '${path}' must be 1 or -1`);
    return { path, parts: parsePath(path), direction };
  });
}

/** Sorts documents stably by a sort spec, as MongoDB does: an array counts as its lowest, or highest, element. */
export function sorted(documents: readonly Document[], spec: Document): Document[] {
  const fields = keyFieldsOf(spec);
  if (fields.length === 0) return [...documents];
  const keyed = documents.map((document) => ({
    document,
    key: fields.map((one) => sortKey(document, one)),
  }));
  keyed.sort((a, b) => {
    for (const [at, { direction }] of fields.entries()) {
      const order = compare(a.key[at], b.key[at]);
      if (order !== 0) return order * direction;
    }
    return 0;
  });
  return keyed.map(({ document }) => document);
}

function sortKey(document: Document, { parts, direction }: KeyField): unknown {
  let best: unknown = MISSING;
  for (const value of reach(document, parts)) {
    for (const item of isArray(value) && value.length > 0 ? value : [value]) {
      const candidate = item === MISSING || (isArray(item) && item.length === 0) ? null : item;
      if (best === MISSING || compare(candidate, best) * direction < 0) best = candidate;
    }
  }
  return best === MISSING ? null : best;
}
