import { deedInWords, type Call } from '../../services/calls';
import type { Handoffs } from '../../services/handoffs';
import type { Clock } from '../../services/ports';
import { isFrozen } from '../../services/records/freezes';
import type { Customer, Customers } from '../../services/records/customers';
import {
  FIELD_WORDS,
  isChoice,
  masked,
  type RecordField,
} from '../../services/records/recordFields';
import { riskOf } from '../../services/updates';
import type { CallView, RecordView } from './contract';
import { capitalised } from './words';

/** What a call is shown from. */
export interface CallViewParts {
  readonly customers: Pick<Customers, 'byId'>;
  readonly handoffs: Pick<Handoffs, 'byId'>;
}

/** A call as its agent sees it. */
export async function callView(
  { customers, handoffs }: CallViewParts,
  call: Call,
): Promise<CallView> {
  const { id, agent, startedAt, endedAt, deeds, verified, stoppedAt, handoffId } = call;
  const record = verified && (await customers.byId(verified.customerId));
  const answered = handoffId === undefined ? undefined : await handoffs.byId(handoffId);
  // Once they were called, or somebody else calls them, nobody needs the number.
  const calls = answered?.state === 'callBack' && answered.takenBy?.accountId === agent.accountId;
  return {
    ...{ id, startedAt: startedAt.toISOString() },
    ended: endedAt !== undefined,
    ...(record ? { verified: record.userName } : {}),
    stopped: stoppedAt !== undefined,
    codeSent: deeds.some(({ what }) => what === 'codeSent'),
    deeds: deeds.map((deed) => ({ at: deed.at.toISOString(), words: deedInWords(deed) })),
    ...(calls && answered.callBack ? { callBack: answered.callBack } : {}),
  };
}

/** A record whose owner is proved, as an agent sees it: partly hidden. */
export function recordView(record: Customer, clock: Clock): RecordView {
  // The names of the fields are the keys of their words.
  const fields = Object.keys(FIELD_WORDS) as RecordField[];
  return {
    userName: record.userName,
    frozen: isFrozen(record, clock.now()),
    fields: fields.map((field) => ({
      ...{ field, label: capitalised(FIELD_WORDS[field]), choice: isChoice(field) },
      value: masked(field, record[field]),
      secondPerson: riskOf(field) === 'secondPerson',
    })),
  };
}
