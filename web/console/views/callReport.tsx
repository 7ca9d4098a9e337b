import { useState } from 'preact/hooks';
import type { CallView, CaseOpenedView } from '../../../bot/console/contract';
import { post } from '../api';
import { Button } from '../ui';
import { Choice, FormBox, Radios, TextArea, TextField, type Option } from './fields';
import { ofLength, useForm } from './form';
import { pathOf } from './oneCall';
import { Outcome } from './outcome';
import { spelled } from './spelled';

const KINDS: readonly Option[] = [
  ['', 'Choose…'],
  ['breach', 'Suspected breach'],
  ['misuse', 'Misuse of an account'],
  ['complaint', 'Privacy complaint'],
  ['question', 'Privacy question'],
];
const URGENCIES: readonly Option[] = [
  ['normal', 'Normal'],
  ['high', 'High: someone got in, or data got out'],
  ['now', 'Now: harm is being done this minute'],
];
const ABOUT_STAFF: readonly Option[] = [
  ['no', 'No'],
  ['staff', 'Yes'],
  ['privacy_manager', 'Yes, the privacy manager'],
];
const MOST = 4000;
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

interface ReportProps {
  readonly call: CallView;
  readonly reload: () => void;
}

/** Takes down a report, and shows what is to be read out of the case. */
export function CallReport({ call, reload }: ReportProps) {
  const [opened, setOpened] = useState<CaseOpenedView | undefined>();
  return (
    <section class="card" aria-label="Report">
      <h2>Report to the privacy manager</h2>
      {opened ? (
        <Opened
          opened={opened}
          another={() => {
            setOpened(undefined);
          }}
        />
      ) : (
        <ReportForm
          call={call}
          opened={(answer) => {
            setOpened(answer);
            reload();
          }}
        />
      )}
    </section>
  );
}

function ReportForm(props: {
  readonly call: CallView;
  readonly opened: (answer: CaseOpenedView) => void;
}) {
  const { call, opened } = props;
  const form = useForm({
    start: {
      ...{ kind: '', urgency: 'normal', aboutStaff: 'no', whatHappened: '', noticed: '' },
      ...{ reach: 'mail', email: '', name: call.callBack?.name ?? '' },
      phone: call.callBack?.phone ?? '',
    },
    checks: {
      kind: (kind) => (kind === '' ? 'Please choose what it is.' : undefined),
      whatHappened: ofLength(1, MOST, 'Please take down what happened.'),
      email: (email, { reach }) =>
        reach === 'mail' && !ADDRESS.test(email.trim())
          ? 'Please give the e-mail address for the answer, or choose that there is none.'
          : undefined,
    },
    send: async ({ reach, email, ...told }, id) => {
      const texts = { ...told, email: reach === 'mail' ? email : '' };
      const filled = Object.entries(texts)
        .map(([name, text]) => [name, text.trim()] as const)
        .filter(([, text]) => text !== '');
      opened(
        await post<CaseOpenedView>(`${pathOf(call)}/report`, {
          id,
          ...Object.fromEntries(filled),
        }),
      );
    },
  });
  return (
    <FormBox form={form} send="Open the case">
      <div class="pair">
        <Choice form={form} name="kind" label="What it is" options={KINDS} />
        <Choice form={form} name="urgency" label="How urgent it is" options={URGENCIES} />
      </div>
      <TextArea
        form={form}
        name="whatHappened"
        label="What happened"
        hint="In the caller’s words. No card numbers or passwords."
        control={{ rows: 5, maxLength: MOST, required: true }}
      />
      <TextField
        form={form}
        name="noticed"
        label="When they noticed (optional)"
        hint="As they say it, such as “last Friday”."
        control={{ maxLength: 200 }}
      />
      <Radios
        form={form}
        name="aboutStaff"
        label="Is it about somebody who works at Comantra?"
        options={ABOUT_STAFF}
      />
      <Radios
        form={form}
        name="reach"
        label="How the answer reaches them"
        options={[
          ['mail', 'By mail'],
          ['pin', 'They give no address: a PIN opens it in the chat'],
        ]}
      />
      {form.values.reach === 'mail' && (
        <TextField
          form={form}
          name="email"
          label="E-mail address"
          hint="Read it back to the caller."
          control={{ type: 'email', maxLength: 254, required: true }}
        />
      )}
      <div class="pair">
        <TextField form={form} name="name" label="Name (optional)" control={{ maxLength: 80 }} />
        <TextField
          form={form}
          name="phone"
          label="Telephone (optional)"
          control={{ type: 'tel', maxLength: 30 }}
        />
      </div>
    </FormBox>
  );
}

function Opened(props: { readonly opened: CaseOpenedView; readonly another: () => void }) {
  const { reference, due, pin } = props.opened;
  return (
    <>
      <Outcome tone="good">The case is open. Read this out:</Outcome>
      <dl class="read-out labelled">
        <div>
          <dt>Your reference</dt>
          <dd class="aloud">
            <strong>{reference}</strong>
            <br />
            <span class="spelled">{spelled(reference)}</span>
          </dd>
        </div>
        <div>
          <dt>You will have an answer by</dt>
          <dd class="aloud">{due}</dd>
        </div>
        {pin !== undefined && (
          <div>
            <dt>Your PIN; please write it down, it is shown only now</dt>
            <dd class="aloud">
              <strong>{Array.from(pin).join(' ')}</strong>
            </dd>
          </div>
        )}
      </dl>
      <Button onClick={props.another}>Take down another report</Button>
    </>
  );
}
