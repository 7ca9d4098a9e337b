import type { CallView, RecordView } from '../../../bot/console/contract';

/** What the page knows of a call beside what the desk shows of it; gone when the call is over or the page is left. */
interface Known {
  readonly id: string;
  readonly record?: RecordView;
}

let known: Known | undefined;

/** The call that was looked at last and is not over. */
export const runningCall = (): string | undefined => known?.id;

/** The record of a call whose mailbox was proved while the page was there. */
export const recordOf = (callId: string): RecordView | undefined =>
  known?.id === callId ? known.record : undefined;

/** Keeps the record that the proof brought. */
export function keepRecord(callId: string, record: RecordView): void {
  known = { id: callId, record };
}

/** Follows a call: nothing of its record is kept when nobody is proved in it. */
export function followCall(call: CallView): void {
  const { id } = call;
  if (call.ended || call.stopped) {
    if (known?.id === id) known = undefined;
  } else if (known?.id !== id || call.verified === undefined) known = { id };
}
