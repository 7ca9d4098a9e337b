import type { Call, CallDeed, CallPurpose } from '../../models/callContent';
import type { Effect } from '../../models/effects';
import { dueInWords } from '../businessDays';
import type { LinkPurpose } from '../links';
import { facts, list, paragraph } from '../mailText';
import { noticeEffect } from '../recordEffects';
import { callAudit, changeCall, withDeed } from './changing';
import type { CallParts } from './parts';

type Stopping = Extract<LinkPurpose, { kind: 'stopCall' }>;

/** The owner of a mailbox says that they did not call: once, however often it is said. */
export async function stop(parts: CallParts, { callId, customerId }: Stopping): Promise<void> {
  const at = parts.clock.now();
  // First: a code that is being checked at this moment finds the call stopped.
  await changeCall(parts, callId, (found) =>
    found.stoppedAt
      ? undefined
      : {
          changed: withoutProof({ ...withDeed(found, { at, what: 'stopped' }), stoppedAt: at }),
          effects: [
            callAudit(found, 'call.stopped', at, 'customer', { recordId: customerId }),
            noticeOf(found, at, customerId, parts.terms.zone),
          ],
        },
  );
  // Also where it was stopped before: a crash may have come between.
  await parts.verifications.stopCall(callId);
  parts.log.warn('call.stopped');
}

/** The call, in which nobody is proved any more. */
export function withoutProof({ verified: _verified, ...rest }: Call): Call {
  return rest;
}

const FOR: Readonly<Record<string, string | undefined>> = {
  change: 'to change data',
  report: 'to report something',
  question: 'to ask about data',
} satisfies Readonly<Record<CallPurpose, string>>;

/** What was done in a call, for staff. */
export function deedInWords({ what, detail }: CallDeed): string {
  switch (what) {
    case 'question':
      return 'A question about the policy';
    case 'codeSent':
      return `A code was asked for, ${FOR[detail ?? ''] ?? 'to prove a mailbox'}`;
    case 'verified':
      return 'The caller read out the right code';
    case 'stopped':
      return 'The owner of the mailbox said that they did not call';
    case 'changed':
      return 'The record was changed';
    case 'proposed':
      return 'A change waits for a second person';
    case 'reported':
      return `The case ${detail ?? ''} was opened`;
  }
}

function noticeOf(call: Call, at: Date, customerId: string, zone: string): Effect {
  const { id, agent, startedAt, deeds } = call;
  const done = deeds.filter(({ what }) => what !== 'question');
  return noticeEffect(
    id,
    'stopped',
    { staff: 'managers' },
    {
      kind: 'record.callStopped',
      subject: 'Somebody says that they did not call',
      blocks: [
        paragraph(
          'The owner of a mailbox had a code that was to be read out on the telephone, and pressed “I did not call”. What was being done in that call has been stopped: its code and its proof are void. What was changed before stays changed until a person looks at it; the mailbox was told of it by mail, with a link that holds the record still.',
        ),
        facts(
          ['Call', id],
          ['Taken by', agent.name],
          ['Time of the call', dueInWords(startedAt, zone)],
          ['Stopped', dueInWords(at, zone)],
          ['Record', customerId],
        ),
        ...(done.length > 0
          ? [
              paragraph('What was done in it before:'),
              list(done.map((deed) => `${dueInWords(deed.at, zone)}: ${deedInWords(deed)}`)),
            ]
          : []),
        paragraph(
          'Please find out with whom the agent spoke. An agent can also have typed the address of somebody else by mistake.',
        ),
      ],
    },
  );
}
