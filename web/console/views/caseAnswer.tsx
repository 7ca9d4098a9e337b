import { useState } from 'preact/hooks';
import type { CaseDoneView, CaseView } from '../../../bot/console/contract';
import { post } from '../api';
import { Button, Dialog, Notice } from '../ui';
import type { CaseFormProps } from './caseDeeds';
import { useDeed } from './deed';
import { FormBox, TextArea } from './fields';
import { ofLength, useForm } from './form';

const MOST = 4000;

interface Draft {
  readonly id: string;
  readonly text: string;
}

/** An answer to the customer: it goes out only after a look at it. */
export function AnswerForm({ shown, done }: CaseFormProps) {
  const [draft, setDraft] = useState<Draft | undefined>();
  const form = useForm({
    start: { text: '' },
    checks: { text: ofLength(1, MOST, 'Please write the answer.') },
    keep: true,
    send: async ({ text }, id) => {
      setDraft({ id, text: text.trim() });
    },
  });
  return (
    <>
      <FormBox form={form} send="Preview…">
        <TextArea
          form={form}
          name="text"
          label="Answer to the customer"
          hint="Plain text. You see what goes out before it does."
          control={{ rows: 8, maxLength: MOST, required: true }}
        />
      </FormBox>
      {draft && (
        <Preview
          shown={shown}
          draft={draft}
          done={done}
          close={() => {
            setDraft(undefined);
          }}
        />
      )}
    </>
  );
}

function Preview(props: CaseFormProps & { readonly draft: Draft; readonly close: () => void }) {
  const { shown, draft, done, close } = props;
  const deed = useDeed();
  const send = async (): Promise<void> => {
    const path = `/cases/${encodeURIComponent(shown.reference)}/answer`;
    const answer = await post<CaseDoneView>(path, draft);
    close();
    done(answer);
  };
  return (
    <Dialog title="This goes out" onClose={close} wide>
      <p>{whereItGoes(shown)}</p>
      <div class="preview">
        <p>This is the answer to your case {shown.reference}.</p>
        <blockquote class="foreign words">{draft.text}</blockquote>
        <p>If this does not settle it, reply to this mail.</p>
      </div>
      <Notice tone={shown.state === 'late' ? 'warn' : 'info'}>{whatItDoes(shown)}</Notice>
      <div class="button-row end">
        <Button onClick={close}>Go on writing</Button>
        <Button
          kind="primary"
          busy={deed.busy}
          onClick={() => {
            deed.run(send);
          }}
        >
          Send the answer
        </Button>
      </div>
    </Dialog>
  );
}

function whereItGoes({ email, unconfirmed, channel }: CaseView): string {
  const chat = channel === 'chat' ? ' It is told in the chat as well.' : '';
  if (email === undefined || unconfirmed)
    return `The customer has no confirmed address: they read it in the chat, with the reference and the PIN.${chat}`;
  return `By mail to ${email}, with the reference in the subject.${chat}`;
}

function whatItDoes({ state }: CaseView): string {
  switch (state) {
    case 'open':
      return 'Sending it stops the clock: the promise is kept.';
    case 'late':
      return 'Sending it stops the clock. The answer is late; the mail says so, and that we are sorry.';
    case 'answered':
    case 'closed':
      return 'The clock was stopped by the first answer; this one is added to it.';
  }
}
