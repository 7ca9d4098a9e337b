import { useState } from 'preact/hooks';
import type { UpdateDecidedView, UpdateView } from '../../../bot/console/contract';
import { post } from '../api';
import { Button, Notice } from '../ui';
import { FormBox, Radios, TextArea, TextField } from './fields';
import { REASON, useForm } from './form';

interface DecisionProps {
  readonly update: UpdateView;
  readonly decided: (answer: UpdateDecidedView) => void;
}

type Action = 'approve' | 'refuse' | 'vouch' | 'done';

const ACTION_WORDS: Readonly<Record<Action, string>> = {
  approve: 'Approve',
  vouch: 'Vouch for it',
  done: 'It was seen to',
  refuse: 'Refuse',
};

const HINTS: Readonly<Record<Action, string>> = {
  approve: 'How you know that it is right. It is recorded, and not sent to the customer.',
  vouch: 'How you know whose record it is. Whoever approves it reads this.',
  done: 'What was done. It is recorded, and not sent to the customer.',
  refuse: 'The customer is sent this.',
};

const actionsFor = ({ kind, state }: UpdateView): readonly Action[] => {
  if (state === 'second') return ['approve', 'refuse'];
  return kind === 'password' ? ['done', 'refuse'] : ['vouch', 'refuse'];
};

/** The decision about a request, for whoever may make it. */
export function UpdateDecision({ update, decided }: DecisionProps) {
  const actions = actionsFor(update);
  const [action, setAction] = useState<Action | undefined>();
  if (update.mine)
    return (
      <Notice tone="warn">
        You asked for this or stand behind it yourself, so somebody else has to decide: each change
        that the customer could not prove needs two different persons.
      </Notice>
    );
  return (
    <section class="card" aria-label="Your decision">
      <h2>Your decision</h2>
      <div class="button-row deeds">
        {actions.map((each) => (
          <Button
            key={each}
            aria-expanded={action === each}
            onClick={() => {
              setAction(action === each ? undefined : each);
            }}
          >
            {ACTION_WORDS[each]}…
          </Button>
        ))}
      </div>
      {action && actions.includes(action) && (
        <DecisionForm key={action} update={update} action={action} decided={decided} />
      )}
    </section>
  );
}

function DecisionForm({ update, action, decided }: DecisionProps & { action: Action }) {
  const settles = action === 'approve' && update.noticeToSettle;
  const form = useForm({
    start: { reason: '', notice: '', userName: '' },
    checks: {
      notice: (value) =>
        settles && value === '' ? 'Please say whether the old mailbox is told.' : undefined,
      userName: (value) =>
        needsUserName(update, action) && value.trim() === ''
          ? 'Please give the user name of the record.'
          : undefined,
      reason: REASON,
    },
    keep: true,
    send: async ({ reason, notice, userName }) => {
      const answer = await post<UpdateDecidedView>(
        `/updates/${encodeURIComponent(update.id)}/${action}`,
        {
          reason: reason.trim(),
          ...(settles ? { withholdNotice: notice === 'withheld' } : {}),
          ...(action === 'vouch' && userName.trim() !== '' ? { userName: userName.trim() } : {}),
        },
      );
      decided(answer);
    },
  });
  return (
    <FormBox
      form={form}
      send={ACTION_WORDS[action]}
      kind={action === 'refuse' ? 'danger' : 'primary'}
    >
      {action === 'vouch' && (
        <TextField
          form={form}
          name="userName"
          label="User name of the record"
          hint={
            update.claimed === undefined
              ? undefined
              : 'Only where it is another than the one that they gave.'
          }
          control={{ maxLength: 254, autocapitalize: 'none', spellcheck: false }}
        />
      )}
      {settles && (
        <Radios
          form={form}
          name="notice"
          label="The mailbox on file until now"
          hint="Somebody else reads it."
          options={[
            ['given', 'is told which fields were changed'],
            ['withheld', 'is not told'],
          ]}
        />
      )}
      <TextArea
        form={form}
        name="reason"
        label="Reason"
        hint={HINTS[action]}
        control={{ maxLength: 500, required: true }}
      />
    </FormBox>
  );
}

/** Where the customer gave nothing by which a record could be found. */
const needsUserName = ({ claimed, userName }: UpdateView, action: Action): boolean =>
  action === 'vouch' && claimed === undefined && userName === undefined;
