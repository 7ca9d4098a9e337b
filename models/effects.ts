/** Something that must follow from a change, stored in the same write; `body` is the sealed content. */
export interface Effect {
  /** Begins with the id of the record that carries it. */
  readonly id: string;
  readonly kind: 'mail' | 'message' | 'audit' | 'notice' | 'case';
  readonly body: unknown;
  /** How often it failed, and when to try it again; absent until it fails. */
  readonly attempts?: number;
  readonly nextTryAt?: Date;
}

/** A record and what still has to follow from it. */
export interface WithEffects {
  readonly id: string;
  /** Absent when the seal cannot be opened with the keys at hand. */
  readonly content: { readonly effects: readonly Effect[] } | undefined;
}
