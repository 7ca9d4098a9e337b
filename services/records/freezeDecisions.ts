import type { Customer, Freeze } from '../../models/customerContent';
import type { CustomerRecords } from '../../models/customers';
import type { StaffDeed } from '../../models/updateContent';
import { heldByStaff, keptHeld, liftedHold } from './freezeMails';
import { isFrozen } from './freezes';
import type { Clock, Log } from '../ports';
import { changeRecord, type RecordChange } from './recordChange';
import { auditEventEffect } from '../recordEffects';
import type { Staff } from '../staff';

/** A record that is held still, for those who decide about it. */
export interface Held extends Freeze {
  readonly customerId: string;
  readonly userName: string;
}

/** What came of a decision about a freeze. */
export type Decided =
  | { readonly outcome: 'done' }
  /** There is no such record. */
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'notFrozen' }
  /** It is held without an end already. */
  | { readonly outcome: 'kept' }
  /** Not one of those who may decide today. */
  | { readonly outcome: 'notStaff' };

/** What decisions about freezes are made with. */
export interface FreezeDecisionParts {
  readonly records: CustomerRecords;
  readonly staff: Staff;
  readonly clock: Clock;
  readonly log: Log;
  readonly privacyMailbox: string;
  /** Called when a record has new effects, so that they are carried out at once. */
  readonly onEffects: () => void;
}

/** What a decision makes of a freeze that holds, or of none. */
type Become = (held: Freeze | undefined) => Freeze | 'lifted' | 'kept' | 'notFrozen';

const withoutEnd = ({ lapsesAt: _ends, ...freeze }: Freeze): Freeze => ({ ...freeze, by: 'staff' });

/** Staff decide whether a record is held still. */
export class FreezeDecisions {
  constructor(private readonly parts: FreezeDecisionParts) {}

  /** The records that are held still now, the longest first. */
  async list(): Promise<Held[]> {
    const { clock, records } = this.parts;
    const now = clock.now();
    const frozen = (await records.frozen()).filter((each) => isFrozen(each, now));
    return frozen
      .flatMap(({ id: customerId, userName, freeze }) =>
        freeze ? [{ customerId, userName, ...freeze }] : [],
      )
      .sort((one, other) => one.at.getTime() - other.at.getTime());
  }

  /** Holds a record that nobody has to have asked about; one that would lapse does not lapse any more. */
  hold(named: string, deed: StaffDeed): Promise<Decided> {
    return this.decide(named, deed, (held) =>
      held && !held.lapsesAt ? 'kept' : withoutEnd(held ?? { at: deed.at, by: 'staff' }),
    );
  }

  /** Somebody of staff stands behind a freeze: it ends no more by itself. */
  keep(named: string, deed: StaffDeed): Promise<Decided> {
    return this.decide(named, deed, (held) => {
      if (!held) return 'notFrozen';
      return held.lapsesAt ? withoutEnd(held) : 'kept';
    });
  }

  /** Lets a record go. */
  lift(named: string, deed: StaffDeed): Promise<Decided> {
    return this.decide(named, deed, (held) => (held ? 'lifted' : 'notFrozen'));
  }

  /** @param named a user name, or the id of a record as mails to staff give it. */
  private async decide(named: string, deed: StaffDeed, become: Become): Promise<Decided> {
    const { log, onEffects, records, staff } = this.parts;
    if (!(await staff.isStaff(deed.by))) return { outcome: 'notStaff' };
    const found = (await records.byUserName(named)) ?? (await records.byId(named));
    let refused: 'notFrozen' | 'kept' | 'unknown' = 'unknown';
    const done = await changeRecord(records, found, (of) => {
      const next = become(isFrozen(of, deed.at) ? of.freeze : undefined);
      if (next !== 'kept' && next !== 'notFrozen') return this.decided(of, next, deed);
      refused = next;
      return undefined;
    });
    if (done !== 'changed') return { outcome: refused };
    log.info('freeze.decided');
    onEffects();
    return { outcome: 'done' };
  }

  private decided(of: Customer, next: Freeze | 'lifted', deed: StaffDeed): RecordChange {
    const { privacyMailbox } = this.parts;
    const { freeze, ...without } = of;
    const was = freeze && isFrozen(of, deed.at) ? freeze : undefined;
    const [action, name, mails] = next === 'lifted' ? LIFTED : was ? KEPT : HELD;
    const mark = `${name}-${of.revision + 1}`;
    return {
      changed: next === 'lifted' ? without : { ...without, freeze: next },
      effects: [
        auditEventEffect(of.id, mark, {
          ...{ action, at: deed.at, by: deed.by, about: { kind: 'record', id: of.id } },
          facts: {
            ...(was ? { was: was.by } : { by: 'staff' }),
            ...(was?.caseId ? { caseId: was.caseId } : {}),
          },
        }),
        ...mails(of, mark, deed, privacyMailbox),
      ],
    };
  }
}

const LIFTED = ['record.unfrozen', 'unfrozen', liftedHold] as const;
const KEPT = ['record.freezeConfirmed', 'kept', keptHeld] as const;
const HELD = ['record.frozen', 'held', heldByStaff] as const;
