import type { Customer, Freeze } from '../models/customerContent';
import type { CustomerRecords } from '../models/customers';
import type { StaffDeed } from '../models/updateContent';
import { keptHeld, liftedHold } from './freezeMails';
import { isFrozen } from './freezes';
import type { Clock, Log } from './ports';
import { changeRecord, type RecordChange } from './recordChange';
import { auditEventEffect } from './recordEffects';
import type { Staff } from './staff';

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
  /** It has no end already. */
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

/** Staff decide whether a record stays held still. */
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

  /** Somebody of staff stands behind a freeze: it ends no more by itself. */
  keep(userName: string, deed: StaffDeed): Promise<Decided> {
    return this.decide(userName, deed, ({ lapsesAt, ...freeze }) =>
      lapsesAt ? { ...freeze, by: 'staff' } : 'kept',
    );
  }

  /** Lets a record go. */
  lift(userName: string, deed: StaffDeed): Promise<Decided> {
    return this.decide(userName, deed, () => 'lifted');
  }

  private async decide(
    userName: string,
    deed: StaffDeed,
    become: (freeze: Freeze) => Freeze | 'kept' | 'lifted',
  ): Promise<Decided> {
    const { log, onEffects, records, staff } = this.parts;
    if (!(await staff.isStaff(deed.by))) return { outcome: 'notStaff' };
    const found = await records.byUserName(userName);
    if (!found) return { outcome: 'unknown' };
    let refused: 'notFrozen' | 'kept' = 'notFrozen';
    const done = await changeRecord(records, found, (of) => {
      refused = 'notFrozen';
      if (!of.freeze || !isFrozen(of, deed.at)) return undefined;
      const next = become(of.freeze);
      if (next !== 'kept') return this.decided(of, of.freeze, next, deed);
      refused = 'kept';
      return undefined;
    });
    if (!done) return { outcome: refused };
    log.info('freeze.decided');
    onEffects();
    return { outcome: 'done' };
  }

  private decided(
    of: Customer,
    was: Freeze,
    next: Freeze | 'lifted',
    deed: StaffDeed,
  ): RecordChange {
    const { privacyMailbox } = this.parts;
    const lifted = next === 'lifted';
    const { freeze, ...without } = of;
    const mark = `${lifted ? 'unfrozen' : 'kept'}-${of.revision + 1}`;
    return {
      changed: lifted ? without : { ...without, freeze: next },
      effects: [
        auditEventEffect(of.id, mark, {
          action: lifted ? 'record.unfrozen' : 'record.freezeConfirmed',
          ...{ at: deed.at, by: deed.by, about: { kind: 'record', id: of.id } },
          facts: { was: was.by, ...(was.caseId ? { caseId: was.caseId } : {}) },
        }),
        ...(lifted ? liftedHold : keptHeld)(of, mark, deed, privacyMailbox),
      ],
    };
  }
}
