import type { Effect, WithEffects } from '../models/effects';
import type { Clock, Log } from './ports';

/** Where effects wait: the records of one collection. */
export interface EffectSource<Waiting extends WithEffects> {
  withEffects(limit: number, after?: string): Promise<Waiting[]>;
  removeEffect(ownerId: string, effectId: string): Promise<void>;
  deferEffect(ownerId: string, effectId: string, attempts: number, nextTryAt: Date): Promise<void>;
}

const BATCH = 50;
const FIRST_DELAY_MS = 5_000;
const LONGEST_DELAY_MS = 60 * 60 * 1000;
/** Ten delays that double and 71 of an hour: three days of trying, those on which the desk stood still not counted. */
const MOST_ATTEMPTS = 81;

/** Carries out what follows from a change: the effects were stored with it, and are removed once done. */
export class EffectSweep<Waiting extends WithEffects> {
  /** Owners that cannot be opened, so that each is logged once and not at every sweep. */
  private readonly broken = new Set<string>();

  /** @param done carries one effect out; false when it has to wait for a setting. It must do no harm twice. */
  constructor(
    private readonly source: EffectSource<Waiting>,
    private readonly done: (
      owner: NonNullable<Waiting['content']>,
      effect: Effect,
      ownerId: string,
    ) => Promise<boolean>,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Carries out what waits; several sweeps at once do no harm. Returns how many effects were done. */
  async sweep(): Promise<number> {
    let done = 0;
    let after = '';
    // Page by page through all owners, so that those which have to wait do not stand in the way of others.
    for (;;) {
      const page = await this.source.withEffects(BATCH, after);
      for (const waiting of page) done += await this.ofOwner(waiting);
      if (page.length < BATCH) return done;
      after = page.at(-1)?.id ?? after;
    }
  }

  private async ofOwner({ id, content }: Waiting): Promise<number> {
    if (!content) {
      if (!this.broken.has(id)) this.log.error('effect.failed', { caseId: id, code: 'SealBroken' });
      this.broken.add(id);
      return 0;
    }
    const now = this.clock.now();
    let done = 0;
    for (const effect of content.effects) {
      if (effect.nextTryAt && effect.nextTryAt > now) continue;
      if (await this.carriedOut(id, content, effect)) done += 1;
    }
    return done;
  }

  private async carriedOut(
    ownerId: string,
    content: NonNullable<Waiting['content']>,
    effect: Effect,
  ): Promise<boolean> {
    try {
      if (!(await this.done(content, effect, ownerId))) return false;
    } catch (error) {
      await this.failed(ownerId, effect, error);
      return false;
    }
    await this.source.removeEffect(ownerId, effect.id);
    return true;
  }

  /** Puts an effect off, longer each time; a message to a conversation that cannot be reached is given up at last. */
  private async failed(ownerId: string, effect: Effect, error: unknown): Promise<void> {
    const { id, kind } = effect;
    const attempts = (effect.attempts ?? 0) + 1;
    if (kind === 'message' && attempts >= MOST_ATTEMPTS) {
      this.log.error('effect.abandoned', { caseId: ownerId, kind, attempts, error });
      await this.source.removeEffect(ownerId, id);
      return;
    }
    this.log.error('effect.failed', { caseId: ownerId, kind, attempts, error });
    const delay = Math.min(FIRST_DELAY_MS * 2 ** (attempts - 1), LONGEST_DELAY_MS);
    const nextTryAt = new Date(this.clock.now().getTime() + delay);
    await this.source.deferEffect(ownerId, id, attempts, nextTryAt);
  }
}
