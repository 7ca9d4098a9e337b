import type { HandoffDoneView, PeopleView } from '../../../bot/console/contract';
import { get, post } from '../api';
import { useLive } from '../live';
import { useLoaded } from '../loading';
import { go } from '../router';
import { Dialog, Empty, Spinner, toast, Trouble } from '../ui';
import { FormBox, Radios } from '../views/fields';
import { useForm } from '../views/form';
import { DISPOSITIONS, NOT_HELD } from './words';

interface EndingProps {
  readonly id: string;
  /** The turn of the conversation for which it was asked. */
  readonly since: number;
  readonly close: () => void;
}

/** Does what takes a conversation out of one's hands, and goes back to the queue. */
async function letGo(
  { id, since }: EndingProps,
  deed: 'transfer' | 'return' | 'close',
  body: object,
  words: string,
): Promise<{ problem: string } | undefined> {
  const { outcome } = await post<HandoffDoneView>(`/handoffs/${id}/${deed}`, { ...body, since });
  if (outcome === 'notHeld') return { problem: NOT_HELD };
  toast(words);
  go('/queue');
  return undefined;
}

const BACK_TO_QUEUE = '';

/** Passes a conversation to somebody who is at the console, or back into the queue. */
export function TransferDialog(props: EndingProps) {
  const { id, close } = props;
  const { value: people, error, reload } = useLoaded(() => get<PeopleView>('/people'), id);
  useLive((event) => {
    if (event.kind === 'changed' && event.what === 'people') reload();
  });
  const form = useForm({
    start: { to: BACK_TO_QUEUE },
    send: ({ to }) =>
      letGo(
        props,
        'transfer',
        to === BACK_TO_QUEUE ? {} : { to },
        to === BACK_TO_QUEUE ? 'It is back in the queue.' : 'It was passed on.',
      ),
  });
  return (
    <Dialog title="Pass on" onClose={close}>
      {error && <Trouble words={error} retry={reload} />}
      {!people && !error && <Spinner />}
      {people && (
        <FormBox form={form} send="Pass on">
          <Radios
            form={form}
            name="to"
            label="To whom"
            hint="The customer is told, and keeps their place in the queue."
            options={[
              [BACK_TO_QUEUE, 'Back to the queue, to whoever is free'],
              ...people.map(({ accountId, name }) => [accountId, name] as const),
            ]}
          />
          {people.length === 0 && <Empty title="Nobody else is at the console now." />}
        </FormBox>
      )}
    </Dialog>
  );
}

/** Closes a conversation, and says how it ended. */
export function CloseDialog(props: EndingProps) {
  const form = useForm({
    start: { disposition: 'solved' },
    send: ({ disposition }) =>
      letGo(props, 'close', { disposition }, 'The conversation is closed.'),
  });
  return (
    <Dialog title="Close the conversation" onClose={props.close}>
      <FormBox form={form} send="Close it">
        <Radios form={form} name="disposition" label="How did it end?" options={DISPOSITIONS} />
      </FormBox>
    </Dialog>
  );
}

/** Gives the customer back to the bot, after asking. */
export function ReturnDialog(props: EndingProps) {
  const form = useForm({
    start: {},
    send: () => letGo(props, 'return', {}, 'The bot goes on with the customer.'),
  });
  return (
    <Dialog title="Return to the bot" onClose={props.close}>
      <p>The customer is told, and the bot answers from now on.</p>
      <FormBox form={form} send="Return" />
    </Dialog>
  );
}
