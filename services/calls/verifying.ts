import type { Call, CallPurpose } from '../../models/callContent';
import { withPlainDigits } from '../digits';
import { ProductError } from '../errors';
import type { StaffMember } from '../staffMember';
import type { CallVerified, NotRight, Proof } from '../verification';
import { callAudit, changeCall, ownCall, withDeed } from './changing';
import type { CallParts } from './parts';

/** What a code is wanted for. */
export interface CodeWanted {
  /** The e-mail address or user name that the caller gave. */
  readonly claimed: string;
  readonly purpose: CallPurpose;
}

/** Whether a code is on its way, as far as anybody but the owner of the mailbox may know. */
export type CodeSent = 'sent' | 'throttled' | 'stopped' | 'ended';

/** What came of a code that was read out. */
export type CodeChecked =
  | CallVerified
  | Exclude<NotRight, { outcome: 'throttled' }>
  | { readonly outcome: 'throttled' }
  | { readonly outcome: 'stopped' };

/** Has a code sent to the mailbox on file: the same whether or not there is a record. */
export async function sendCode(
  parts: CallParts,
  id: string,
  agent: StaffMember,
  { claimed, purpose }: CodeWanted,
): Promise<CodeSent> {
  const call = await ownCall(parts, id, agent);
  const over = overAs(call);
  if (over) return over;
  const asker = { ...askerOf(id, agent), agentName: firstNameOf(agent), purpose };
  const { outcome } = await parts.verifications.startCall(asker, claimed);
  if (outcome === 'throttled') return outcome;
  const now = await changeCall(parts, id, (found) => {
    if (overAs(found)) return undefined;
    const at = parts.clock.now();
    return {
      changed: withDeed(found, { at, what: 'codeSent', detail: purpose }),
      effects: [callAudit(found, 'call.codeSent', at, agent, { purpose })],
    };
  });
  // Stopped or ended while the code was made.
  const since = now && overAs(now);
  if (since) await parts.verifications.stopCall(id);
  return since ?? outcome;
}

/** Looks at the code that the caller read out. */
export async function check(
  parts: CallParts,
  id: string,
  agent: StaffMember,
  typed: string,
): Promise<CodeChecked> {
  const code = codeIn(typed);
  const call = await ownCall(parts, id, agent);
  const over = overAs(call);
  if (over) return { outcome: over === 'stopped' ? over : 'none' };
  const checked = await parts.verifications.checkCall(askerOf(id, agent), code);
  if (checked.outcome === 'throttled') return { outcome: 'throttled' };
  if (checked.outcome !== 'verified') return checked;
  const { customerId, purpose } = checked;
  const now = await changeCall(parts, id, (found) => {
    if (overAs(found)) return undefined;
    const at = parts.clock.now();
    return {
      changed: {
        ...withDeed(found, { at, what: 'verified', detail: purpose }),
        verified: { customerId, at, purpose },
      },
      effects: [callAudit(found, 'call.verified', at, agent, { recordId: customerId, purpose })],
    };
  });
  const since = now && overAs(now);
  if (!since) return checked;
  await parts.verifications.stopCall(id);
  return { outcome: since === 'stopped' ? since : 'none' };
}

/** Who was proved in the call, if that still holds. */
export async function provedIn(
  { verifications }: CallParts,
  { id, verified, stoppedAt, endedAt }: Call,
): Promise<Proof | undefined> {
  if (!verified || stoppedAt || endedAt) return undefined;
  const proof = await verifications.callProof(id);
  return proof?.customerId === verified.customerId ? proof : undefined;
}

/** Why nothing more is done in a call; undefined: it goes on. */
export function overAs({ stoppedAt, endedAt }: Call): 'stopped' | 'ended' | undefined {
  if (stoppedAt) return 'stopped';
  return endedAt ? 'ended' : undefined;
}

/** The limits of a network are those of the agent here: who cannot flood mailboxes, or guess, through the desk either. */
const askerOf = (callId: string, { accountId }: StaffMember) => ({
  ...{ callId, agentId: accountId, origin: `agent/${accountId}` },
});

/** A mailbox that may be anybody's is told no more of somebody's name. */
const firstNameOf = ({ name }: StaffMember): string => name.trim().split(/\s+/)[0] ?? '';

const CODE = /^\d{6}$/;

/** @throws ProductError `BadArgument` */
function codeIn(typed: string): string {
  const code = withPlainDigits(typed.normalize('NFKC')).replace(/[\s._\p{Pd}]/gu, '');
  if (!CODE.test(code)) throw new ProductError('BadArgument', 'A code has six digits.');
  return code;
}
