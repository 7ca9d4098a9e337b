import { isArray, isDocument, setField, type Document } from './bson';
import { CommandError } from './errors';

/** Stands for "there is no such field", which MongoDB tells apart from null in $exists. */
export const MISSING = Symbol('missing');

const INDEX = /^(0|[1-9][0-9]{0,5})$/;

/** Splits a dotted path. Throws CommandError 9 on empty parts and on positional operators. */
export function parsePath(path: string): string[] {
  const parts = path.split('.');
  for (const part of parts) {
    if (part === '') throw new CommandError(9, `The path '${path}' has an empty part`);
    if (part.startsWith('$')) {
      throw new CommandError(9, `'${part}' in '${path}' is not supported by the embedded store`);
    }
  }
  return parts;
}

/**
 * All values that a dotted path reaches, going through arrays as queries do; MISSING where a document on the way lacks
 * the field. An array at the end is one value.
 */
export function reach(document: Document, parts: readonly string[]): unknown[] {
  const found: unknown[] = [];
  collect(document, parts, 0, found);
  return found;
}

function collect(value: unknown, parts: readonly string[], at: number, found: unknown[]): void {
  const part = parts[at];
  if (part === undefined) {
    found.push(value);
  } else if (isArray(value)) {
    if (INDEX.test(part) && Number(part) < value.length)
      collect(value[Number(part)], parts, at + 1, found);
    for (const item of value) if (isDocument(item)) collect(item, parts, at, found);
  } else if (isDocument(value) && Object.hasOwn(value, part)) {
    collect(value[part], parts, at + 1, found);
  } else {
    found.push(MISSING);
  }
}

/** The value at a path as updates see it: array elements by number only; MISSING when there is none. */
export function valueAt(document: Document, parts: readonly string[]): unknown {
  let value: unknown = document;
  for (const part of parts) {
    if (isArray(value))
      value = INDEX.test(part) && Number(part) < value.length ? value[Number(part)] : MISSING;
    else value = isDocument(value) && Object.hasOwn(value, part) ? value[part] : MISSING;
    if (value === MISSING) return MISSING;
  }
  return value;
}

/** Sets the value at a path, making the documents on the way. Throws CommandError 28 where a plain value is in the way. */
export function setAt(document: Document, parts: readonly string[], value: unknown): void {
  let holder: Document | unknown[] = document;
  for (const [at, part] of parts.entries()) {
    if (at === parts.length - 1) put(holder, part, value, parts);
    else {
      let next = own(holder, part);
      if (next === MISSING || (isArray(holder) && next === undefined)) {
        next = {};
        put(holder, part, next, parts);
      }
      if (!isArray(next) && !isDocument(next)) throw notViable(parts, at + 1);
      holder = next;
    }
  }
}

/** Removes the field at a path; an array element becomes null, as in MongoDB. */
export function unsetAt(document: Document, parts: readonly string[]): void {
  const holder = parts.length === 1 ? document : valueAt(document, parts.slice(0, -1));
  const last = parts.at(-1) ?? '';
  if (isArray(holder)) {
    if (INDEX.test(last) && Number(last) < holder.length) holder[Number(last)] = null;
  } else if (isDocument(holder) && Object.hasOwn(holder, last)) {
    Reflect.deleteProperty(holder, last);
  }
}

function own(holder: Document | unknown[], part: string): unknown {
  if (isArray(holder))
    return INDEX.test(part) && Number(part) < holder.length ? holder[Number(part)] : MISSING;
  return Object.hasOwn(holder, part) ? holder[part] : MISSING;
}

function put(
  holder: Document | unknown[],
  part: string,
  value: unknown,
  parts: readonly string[],
): void {
  if (!isArray(holder)) {
    setField(holder, part, value);
    return;
  }
  if (!INDEX.test(part)) throw notViable(parts, parts.indexOf(part));
  while (holder.length < Number(part)) holder.push(null);
  holder[Number(part)] = value;
}

function notViable(parts: readonly string[], at: number): CommandError {
  return new CommandError(
    28,
    `Cannot create field '${parts[at] ?? ''}' in '${parts.slice(0, at).join('.')}', which is not a document`,
  );
}
