import { isArray, isDocument, setField, type Document } from './bson';
import { CommandError, unsupported } from './errors';
import { isNumber, toNumber } from './numbers';
import { parsePath } from './paths';

/** Fields to keep or drop: a leaf is `true`. */
interface Tree {
  [name: string]: Tree | true;
}

/** Compiles a projection of inclusions or exclusions; what computes values is refused. */
export function projectionOf(spec: Document): (document: Document) => Document {
  const names = Object.keys(spec).filter((name) => name !== '_id');
  const wanted = names.map((name) => truth(name, spec[name]));
  const including = wanted[0] ?? (Object.hasOwn(spec, '_id') && truth('_id', spec._id));
  if (wanted.some((one) => one !== including)) {
    throw new CommandError(2, 'Cannot mix inclusion and exclusion in a projection');
  }
  if (names.length === 0 && !Object.hasOwn(spec, '_id')) return (document) => document;
  const tree = treeOf(names);
  const id = Object.hasOwn(spec, '_id') ? truth('_id', spec._id) : true;
  if (id === including) tree._id = true;
  return (document) => (including ? keep(document, tree) : drop(document, tree));
}

function truth(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (isNumber(value)) return toNumber(value) !== 0;
  throw unsupported(`The projection of '${name}' by an expression`);
}

function treeOf(names: readonly string[]): Tree {
  const tree = Object.create(null) as Tree;
  for (const name of names) {
    const parts = parsePath(name);
    let node = tree;
    for (const [at, part] of parts.entries()) {
      const last = at === parts.length - 1;
      const next = node[part];
      if (next === true || (last && next !== undefined))
        throw new CommandError(2, `Path collision at ${name}`);
      if (last) node[part] = true;
      else node = next ?? (node[part] = Object.create(null) as Tree);
    }
  }
  return tree;
}

function keep(document: Document, tree: Tree): Document {
  const kept: Document = {};
  for (const name of Object.keys(document)) {
    const node = tree[name];
    if (node === true) setField(kept, name, document[name]);
    else if (node) {
      const inner = keepInner(document[name], node);
      if (inner !== undefined) setField(kept, name, inner);
    }
  }
  return kept;
}

function keepInner(value: unknown, tree: Tree): unknown {
  if (isArray(value))
    return value.map((item) => keepInner(item, tree)).filter((item) => item !== undefined);
  return isDocument(value) ? keep(value, tree) : undefined;
}

function drop(document: Document, tree: Tree): Document {
  const left: Document = {};
  for (const name of Object.keys(document)) {
    const node = tree[name];
    if (node === true) continue;
    setField(left, name, node ? dropInner(document[name], node) : document[name]);
  }
  return left;
}

function dropInner(value: unknown, tree: Tree): unknown {
  if (isArray(value)) return value.map((item) => dropInner(item, tree));
  return isDocument(value) ? drop(value, tree) : value;
}
