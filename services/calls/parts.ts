import type { CallRecords } from '../../models/calls';
import type { Cases } from '../cases';
import type { DeskNews } from '../deskNews';
import type { Guidance } from '../guidance';
import type { Policy } from '../policy';
import type { Clock, Log } from '../ports';
import type { PromiseTerms } from '../promise';
import type { Customers } from '../records/customers';
import type { Understanding } from '../understanding/types';
import type { Updates } from '../updates';
import type { Verifications } from '../verification';

/** What telephone calls are dealt with by. */
export interface CallParts {
  readonly records: CallRecords;
  readonly verifications: Pick<Verifications, 'startCall' | 'checkCall' | 'callProof' | 'stopCall'>;
  readonly updates: Pick<Updates, 'request'>;
  readonly customers: Pick<Customers, 'byId'>;
  readonly cases: Pick<Cases, 'open'>;
  readonly understanding: Understanding;
  readonly policy: Pick<Policy, 'passages'>;
  readonly guidance: Guidance;
  readonly news: DeskNews;
  /** The zone in which callers name dates. */
  readonly terms: Pick<PromiseTerms, 'zone'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when a call has new effects, so that they are carried out at once. */
  readonly onEffects: () => void;
}
