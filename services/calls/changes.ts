import type { Call } from '../../models/callContent';
import type { Customer } from '../../models/customerContent';
import type { FieldChange } from '../../models/updateContent';
import { FIELD_WORDS } from '../records/recordFields';
import { redact } from '../redact';
import type { StaffMember } from '../staffMember';
import { readChanges, type TypedChanges } from '../updates';
import { changeCall, ownCall, withDeed } from './changing';
import type { CallParts } from './parts';
import { provedIn } from './verifying';

/** A change that the caller wants. */
export interface CallChanges {
  /** UUID given by the page: the same change twice is made once. */
  readonly id: string;
  readonly changes: TypedChanges;
}

/** What came of it; `applied` and `waiting` name fields in words. */
export type CallChanged =
  | {
      readonly outcome: 'done';
      readonly applied: readonly string[];
      /** A second person has to agree to these. */
      readonly waiting: readonly string[];
    }
  | {
      readonly outcome:
        /** Nobody is proved in this call, or not for a change. */
        | 'notVerified'
        | 'stopped'
        | 'frozen'
        | 'emailTaken'
        /** A new e-mail address needs a code of its own, which the chat sends. */
        | 'mailboxUnproved'
        | 'conflict'
        | 'nothing';
    }
  | { readonly outcome: 'invalid'; readonly field: string; readonly why: string };

/** Changes the record of the caller who proved its mailbox for that: what needs a second person waits for one. */
export async function change(
  parts: CallParts,
  id: string,
  agent: StaffMember,
  wanted: CallChanges,
): Promise<CallChanged> {
  const call = await ownCall(parts, id, agent);
  if (call.stoppedAt) return { outcome: 'stopped' };
  const customer = await provedForChange(parts, call);
  if (!customer) return { outcome: 'notVerified' };
  const [masked] = Object.entries(wanted.changes).filter(([, text]) => redact(text).masked.length);
  if (masked)
    return { outcome: 'invalid', field: masked[0], why: 'Please leave out the card number.' };
  const read = readChanges(customer, wanted.changes);
  if (read.outcome === 'noField') return { ...read, outcome: 'invalid', why: NO_FIELD };
  if (read.outcome === 'invalid') return read;
  const requested = await parts.updates.request({
    ...{ id: wanted.id, customerId: customer.id, changes: read.changes, door: 'phone' },
    ...{ conversationReference: undefined, newMailboxProved: false },
  });
  if (requested.outcome !== 'done') return { outcome: requested.outcome };
  const { applied, waiting } = requested;
  if (applied.length + waiting.length === 0) return { outcome: 'nothing' };
  await noted(parts, id, wanted.id, { changed: applied.length > 0, proposed: waiting.length > 0 });
  if (waiting.length > 0) parts.news.tell({ kind: 'changed', what: 'updates' });
  return { outcome: 'done', applied: inWords(applied), waiting: inWords(waiting) };
}

const NO_FIELD = 'There is no such field.';

async function provedForChange(parts: CallParts, call: Call): Promise<Customer | undefined> {
  if (call.verified?.purpose !== 'change') return undefined;
  const proof = await provedIn(parts, call);
  return proof && parts.customers.byId(proof.customerId);
}

/** Notes in the call what was done, once for each change. */
async function noted(
  parts: CallParts,
  id: string,
  updateId: string,
  done: Readonly<Record<'changed' | 'proposed', boolean>>,
): Promise<void> {
  const at = parts.clock.now();
  const deeds = (['changed', 'proposed'] as const).filter((what) => done[what]);
  await changeCall(parts, id, (found) => {
    if (found.deeds.some(({ detail }) => detail === updateId)) return undefined;
    return {
      changed: deeds.reduce((call, what) => withDeed(call, { at, what, detail: updateId }), found),
    };
  });
}

const inWords = (changes: readonly FieldChange[]): string[] =>
  changes.map(({ field }) => FIELD_WORDS[field]);
