import type { EffectDocument } from './pendingEffects';

/** What of a mongoose model a change needs. */
interface Changeable {
  updateOne(
    filter: object,
    update: object,
    options: { readonly runValidators: true },
  ): PromiseLike<{ readonly matchedCount: number }>;
}

/** What becomes of a record. */
interface Change {
  readonly id: string;
  /** The one that it was read with. */
  readonly revision: number;
  readonly fields: object;
  /** Fields that go where `fields` has nothing for them; others stay as they were. */
  readonly optional?: readonly string[];
  /** What follows from it, in the same write. */
  readonly effects: readonly EffectDocument[];
  /** What else must hold of the record. */
  readonly onlyIf?: object;
  /** Further operators of the update. */
  readonly with?: object;
}

/**
 * Changes a record in one atomic write, if nobody has since it was read.
 * @returns false, and changes nothing, when somebody has.
 */
export async function changeRevision(model: Changeable, change: Change): Promise<boolean> {
  const { id, revision, optional = [], effects } = change;
  const fields = new Map(Object.entries(change.fields));
  const gone = optional.filter((name) => fields.get(name) === undefined);
  for (const name of gone) fields.delete(name);
  const { matchedCount } = await model.updateOne(
    { _id: id, revision, ...change.onlyIf },
    {
      $set: { ...Object.fromEntries(fields), revision: revision + 1 },
      ...(gone.length > 0 ? { $unset: Object.fromEntries(gone.map((name) => [name, 1])) } : {}),
      $push: { effects: { $each: effects } },
      ...change.with,
    },
    { runValidators: true },
  );
  return matchedCount === 1;
}
