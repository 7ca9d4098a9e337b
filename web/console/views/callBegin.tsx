import type { CallBegunView } from '../../../bot/console/contract';
import { post } from '../api';
import { go } from '../router';
import { useSession } from '../session';
import { Heading, Notice } from '../ui';
import { runningCall } from './calls';
import { FormBox, Radios, TextField } from './fields';
import { useForm } from './form';
import { clockTime, instantAt } from './zonedTime';

const DAY_MS = 24 * 60 * 60 * 1000;
const LONGEST_AGO_DAYS = 31;

/** Begins to take down a call, or to call somebody back. */
export function CallBegin({ handoffId }: { handoffId: string | undefined }) {
  const running = runningCall();
  return (
    <div class="page narrow">
      <Heading title={handoffId === undefined ? 'Telephone' : 'Call back'} />
      {running !== undefined && (
        <Notice tone="warn">
          <p>
            You have a call that was not ended: <a href={`#/call/${running}`}>go back to it</a>.
          </p>
        </Notice>
      )}
      <section class="card">
        <p>
          {handoffId === undefined
            ? 'Take down a call from a customer: answer a question, change data, or open a case.'
            : 'The number and what the customer wrote are shown when you begin.'}
        </p>
        <BeginForm handoffId={handoffId} />
      </section>
    </div>
  );
}

function BeginForm({ handoffId }: { handoffId: string | undefined }) {
  const { zone } = useSession();
  const form = useForm({
    start: { when: 'now', at: '' },
    checks: { at: (at, { when }) => (when === 'earlier' ? timeFault(at, zone) : undefined) },
    keep: true,
    send: async ({ when, at }, id) => {
      const earlier = when === 'earlier' ? instantAt(at, zone) : undefined;
      const startedAt = earlier ?? new Date();
      const call = await post<CallBegunView>('/calls', {
        ...{ id, startedAt: startedAt.toISOString() },
        ...(handoffId === undefined ? {} : { handoffId }),
      });
      if ('outcome' in call) return { problem: `${call.by} is calling them back.` };
      go(`/call/${encodeURIComponent(call.id)}`);
      return undefined;
    },
  });
  return (
    <FormBox form={form} send={handoffId === undefined ? 'Begin' : 'Begin the call-back'}>
      {handoffId === undefined && (
        <Radios
          form={form}
          name="when"
          label="The customer is calling"
          options={[
            ['now', 'now'],
            ['earlier', 'no: I take down a call that was earlier'],
          ]}
        />
      )}
      {form.values.when === 'earlier' && (
        <TextField
          form={form}
          name="at"
          label="Time of the call"
          hint={`On the clock of ${zone}. A case counts from it.`}
          control={{
            ...{ type: 'datetime-local', required: true },
            min: clockTime(new Date(Date.now() - LONGEST_AGO_DAYS * DAY_MS), zone),
            max: clockTime(new Date(), zone),
          }}
        />
      )}
    </FormBox>
  );
}

function timeFault(clock: string, zone: string): string | undefined {
  const at = clock === '' ? undefined : instantAt(clock, zone);
  if (!at) return 'Please give the day and the time of the call.';
  const ago = Date.now() - at.getTime();
  if (ago < 0) return 'That time is yet to come.';
  return ago > LONGEST_AGO_DAYS * DAY_MS
    ? `A call is taken down within ${LONGEST_AGO_DAYS} days.`
    : undefined;
}
