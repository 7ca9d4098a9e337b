import { Int32 } from 'bson';
import { field, isDocument, setField, type Document } from '../bson';
import { CommandError, unsupported } from '../errors';
import { matcherOf } from '../matcher';
import { add, isNumber, toWhole, type BsonNumber } from '../numbers';
import { MISSING, parsePath, valueAt } from '../paths';
import { sorted } from '../sorting';
import { compare } from '../values';

type Stage = (documents: readonly Document[]) => readonly Document[];

const STAGES = new Map<string, (operand: unknown) => Stage>([
  ['$match', (operand) => matchStage(documentOf('$match', operand))],
  ['$sort', (operand) => (documents) => sorted(documents, documentOf('$sort', operand))],
  ['$skip', (operand) => (documents) => documents.slice(whole('$skip', operand, 0))],
  ['$limit', (operand) => (documents) => documents.slice(0, whole('$limit', operand, 1))],
  ['$group', (operand) => groupStage(documentOf('$group', operand))],
]);

/**
 * Runs a pipeline of `$match`, `$sort`, `$skip`, `$limit` and `$group` by field with `$sum`; refuses everything else.
 * @param find what a first `$match` is left to, so that it can use an index.
 */
export function runPipeline(
  pipeline: readonly Document[],
  find: (query: Document) => Document[],
): Document[] {
  const stages = pipeline.map(stageOf);
  const first = field(pipeline[0] ?? {}, '$match');
  const rest = isDocument(first) ? stages.slice(1) : stages;
  let documents: readonly Document[] = find(isDocument(first) ? first : {});
  for (const stage of rest) documents = stage(documents);
  return [...documents];
}

function stageOf(stage: Document): Stage {
  const [name, ...others] = Object.keys(stage);
  if (name === undefined || others.length > 0)
    throw new CommandError(2, 'A pipeline stage has exactly one field');
  const build = STAGES.get(name);
  if (!build) throw unsupported(`The pipeline stage ${name}`);
  return build(stage[name]);
}

function matchStage(query: Document): Stage {
  const matches = matcherOf(query);
  return (documents) => documents.filter(matches);
}

function documentOf(name: string, operand: unknown): Document {
  if (!isDocument(operand)) throw new CommandError(2, `${name} needs a document`);
  return operand;
}

function whole(name: string, operand: unknown, least: number): number {
  const number = toWhole(operand, name);
  if (number < least) throw new CommandError(2, `${name} must be at least ${least}`);
  return number;
}

interface Group {
  readonly id: unknown;
  readonly sums: BsonNumber[];
}

function groupStage(spec: Document): Stage {
  if (!Object.hasOwn(spec, '_id'))
    throw new CommandError(2, 'a group specification must include an _id');
  const idOf = expressionOf(spec._id);
  const names = Object.keys(spec).filter((name) => name !== '_id');
  const addends = names.map((name) => addendOf(name, spec[name]));
  return (documents) => {
    const groups: Group[] = [];
    for (const document of documents) {
      const id = idOf(document);
      let group = groups.find((one) => compare(one.id, id) === 0);
      if (!group) groups.push((group = { id, sums: names.map(() => new Int32(0)) }));
      for (const [at, addend] of addends.entries())
        group.sums[at] = plus(group.sums[at], addend(document));
    }
    return groups.map(({ id, sums }) => {
      const row: Document = { _id: id };
      for (const [at, name] of names.entries()) setField(row, name, sums[at]);
      return row;
    });
  };
}

function plus(sum: BsonNumber = new Int32(0), value: unknown): BsonNumber {
  return isNumber(value) ? add(sum, value) : sum;
}

function addendOf(name: string, accumulator: unknown): (document: Document) => unknown {
  const operators = isDocument(accumulator) ? Object.keys(accumulator) : [];
  if (
    !isDocument(accumulator) ||
    operators.join() !== '$sum' ||
    name.includes('.') ||
    name.startsWith('$')
  ) {
    throw unsupported(`The group field '${name}' by anything but $sum`);
  }
  return expressionOf(accumulator.$sum);
}

/** A constant, or one field through embedded documents. */
function expressionOf(expression: unknown): (document: Document) => unknown {
  if (typeof expression === 'string' && expression.startsWith('$')) {
    const parts = parsePath(expression.slice(1));
    return (document) => {
      const value = valueAt(document, parts);
      return value === MISSING ? null : value;
    };
  }
  if (typeof expression === 'object' && expression !== null && !isNumber(expression)) {
    throw unsupported('An expression in $group');
  }
  return () => expression;
}
