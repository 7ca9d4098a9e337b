import { BSONRegExp, MaxKey, MinKey } from 'bson';
import { field, isArray, isDocument, type Document } from './bson';
import { comparePrefix, type Index, type Stored } from './indexes';
import { isOperators, matcherOf, type Matcher } from './matcher';
import { rank, RANK, same } from './values';

/** What a query demands of one field, as far as an index can use it. */
interface Demand {
  /** The values of which the field must have one. */
  equal?: readonly unknown[];
  low?: unknown;
  high?: unknown;
}

/** A way to reach every document that can answer a query: the leading values to look up, then perhaps a range. */
interface Plan {
  readonly index: Index;
  readonly prefixes: readonly (readonly unknown[])[];
  readonly range?: Demand;
}

const MAX_LOOKUPS = 500;

/** The documents of an index that may answer a query, or undefined when no index helps. */
export function candidates(
  query: Document,
  indexes: Iterable<Index>,
): Iterable<Stored> | undefined {
  const demands = new Map<string, Demand>();
  const conditions = new Map<string, unknown[]>();
  gather(query, demands, conditions);
  let best: { plan: Plan; worth: number } | undefined;
  for (const index of indexes) {
    const plan = planOf(index, demands, conditions);
    if (!plan) continue;
    const worth = worthOf(plan);
    if (worth > (best?.worth ?? 0)) best = { plan, worth };
  }
  return best && read(best.plan);
}

/** A whole unique key is best, for it leads to one document; then the more fields the better. */
function worthOf({ index, prefixes, range }: Plan): number {
  const equal = prefixes[0]?.length ?? 0;
  if (index.spec.unique && equal === index.fields.length) return Infinity;
  return 2 * equal + (range ? 1 : 0);
}

function gather(
  query: Document,
  demands: Map<string, Demand>,
  conditions: Map<string, unknown[]>,
): void {
  for (const name of Object.keys(query)) {
    const operand = query[name];
    if (name === '$and' && isArray(operand)) {
      for (const part of operand) if (isDocument(part)) gather(part, demands, conditions);
    } else if (!name.startsWith('$')) {
      conditions.set(name, [...(conditions.get(name) ?? []), operand]);
      demands.set(name, { ...demands.get(name), ...demandOf(operand) });
    }
  }
}

function demandOf(operand: unknown): Demand {
  if (!isOperators(operand)) return indexable(operand) ? { equal: [operand] } : {};
  const choices = field(operand, '$in');
  if (isArray(choices) && choices.every(indexable)) return { equal: choices };
  const exact = field(operand, '$eq');
  if (Object.hasOwn(operand, '$eq') && indexable(exact)) return { equal: [exact] };
  const demand: Demand = {};
  for (const name of ['$gt', '$gte']) if (bounds(operand, name)) demand.low = operand[name];
  for (const name of ['$lt', '$lte']) if (bounds(operand, name)) demand.high = operand[name];
  return demand;
}

function bounds(operand: Document, name: string): boolean {
  return (
    Object.hasOwn(operand, name) && indexable(operand[name]) && rank(operand[name]) !== RANK.null
  );
}

/** Arrays are indexed by element, and MinKey and MaxKey compare with every type: the index does not answer for them. */
function indexable(value: unknown): boolean {
  return (
    !isArray(value) &&
    !(value instanceof BSONRegExp || value instanceof MinKey || value instanceof MaxKey)
  );
}

function planOf(
  index: Index,
  demands: Map<string, Demand>,
  conditions: Map<string, unknown[]>,
): Plan | undefined {
  if (!holdsAll(index, demands, conditions)) return undefined;
  let prefixes: unknown[][] = [[]];
  for (const { path } of index.fields) {
    const demand = demands.get(path);
    const { equal } = demand ?? {};
    if (equal && prefixes.length * equal.length <= MAX_LOOKUPS) {
      prefixes = prefixes.flatMap((prefix) => equal.map((value) => [...prefix, value]));
    } else {
      const ranged = demand !== undefined && ('low' in demand || 'high' in demand);
      return { index, prefixes, range: ranged ? demand : undefined };
    }
  }
  return { index, prefixes };
}

/** Whether every document that answers the query has an entry: sparse and partial indexes leave documents out. */
function holdsAll(
  index: Index,
  demands: Map<string, Demand>,
  conditions: Map<string, unknown[]>,
): boolean {
  const { sparse, partialFilterExpression: partial = {} } = index.spec;
  if (sparse && !index.fields.some(({ path }) => demandsPresence(demands.get(path)))) return false;
  return Object.keys(partial).every((path) => {
    const condition = partial[path];
    const demand = demands.get(path);
    if ((conditions.get(path) ?? []).some((other) => same(other, condition))) return true;
    if (isOnlyExists(condition) && demandsPresence(demand)) return true;
    return !path.includes('.') && implies(demand, matcherOf({ [path]: condition }), path);
  });
}

/** Whether the values that a field must have are enough for a partial index; null may stand for a missing field. */
function implies(demand: Demand | undefined, matches: Matcher, path: string): boolean {
  return (
    demand?.equal?.every((value) => rank(value) !== RANK.null && matches({ [path]: value })) ??
    false
  );
}

function isOnlyExists(condition: unknown): boolean {
  return (
    isDocument(condition) &&
    Object.keys(condition).length === 1 &&
    field(condition, '$exists') === true
  );
}

function demandsPresence(demand: Demand | undefined): boolean {
  if (demand?.equal) return demand.equal.every((value) => rank(value) !== RANK.null);
  return demand !== undefined && ('low' in demand || 'high' in demand);
}

/** Each document once, also where several of its entries are met. */
function* read(plan: Plan): Generator<Stored, void> {
  const seen = new Set<Stored>();
  for (const prefix of plan.prefixes) {
    for (const stored of entriesOf(plan, prefix)) {
      if (seen.has(stored)) continue;
      seen.add(stored);
      yield stored;
    }
  }
}

function* entriesOf({ index, range }: Plan, prefix: readonly unknown[]): Generator<Stored, void> {
  // Where a document has several entries, one may meet the low bound and another the high one: use one bound only.
  const low = range && 'low' in range ? range.low : undefined;
  const high =
    range && 'high' in range && !(index.multikey && low !== undefined) ? range.high : undefined;
  const start = low === undefined ? prefix : [...prefix, low];
  for (const { key, stored } of index.startingAt(start)) {
    if (comparePrefix(key, prefix) !== 0) return;
    const value = key[prefix.length];
    if (high !== undefined && comparePrefix([value], [high]) > 0) return;
    if (low !== undefined && rank(value) !== rank(low)) return;
    yield stored;
  }
}
