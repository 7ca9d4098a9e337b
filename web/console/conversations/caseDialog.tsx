import { useState } from 'preact/hooks';
import type { CaseOpenedView, MessageView } from '../../../bot/console/contract';
import { post } from '../api';
import { Button, Dialog, Notice } from '../ui';
import { Choice, FormBox, Radios, TextArea, TextField } from '../views/fields';
import { ofLength, useForm } from '../views/form';
import { know } from './known';
import { excerpt } from './words';

interface CaseDialogProps {
  readonly id: string;
  /** The mailbox on file was proved: the answer goes there. */
  readonly verified: boolean;
  /** The customer's. */
  readonly told: readonly MessageView[];
  readonly close: () => void;
}

/** Opens a case from the conversation: received when the customer first told it. */
export function CaseDialog({ id, verified, told, close }: CaseDialogProps) {
  const [opened, setOpened] = useState<(CaseOpenedView & { withPin: boolean }) | undefined>();
  const [first] = told;
  const form = useForm({
    start: {
      ...{ kind: 'complaint', urgency: 'normal', aboutStaff: '', email: '' },
      sequence: String(first?.sequence ?? ''),
      words: first?.text.slice(0, 4000) ?? '',
    },
    checks: {
      aboutStaff: (value) =>
        value === '' ? 'Please say whether it is about someone who works here.' : undefined,
      words: ofLength(3, 4000, 'Please say what it is about.'),
      sequence: (value) =>
        value === '' ? 'The customer has to have said something first.' : undefined,
    },
    keep: true,
    send: async ({ kind, urgency, aboutStaff, email, sequence, words }, deedId) => {
      const answer = await post<CaseOpenedView>(`/handoffs/${id}/case`, {
        ...{ id: deedId, kind, urgency, aboutStaff, words: words.trim() },
        sequence: Number(sequence),
        ...(email.trim() !== '' && { email: email.trim() }),
      });
      know(id, { reference: answer.reference, due: answer.due });
      setOpened({ ...answer, withPin: !verified && email.trim() === '' });
    },
  });
  if (opened) return <Opened opened={opened} close={close} />;
  return (
    <Dialog title="Open a case" onClose={close} wide>
      <FormBox form={form} send="Open the case">
        <Choice
          form={form}
          name="sequence"
          label="The message that first told it"
          hint="The five business days count from it."
          options={told.map((message) => [String(message.sequence), excerpt(message)])}
        />
        <div class="field-grid">
          <Radios
            form={form}
            name="kind"
            label="Kind"
            options={[
              ['breach', 'Breach: data got out'],
              ['misuse', 'Misuse of data or of an account'],
              ['complaint', 'Complaint'],
              ['question', 'Question'],
            ]}
          />
          <Radios
            form={form}
            name="urgency"
            label="Urgency"
            options={[
              ['now', 'Now: it is going on'],
              ['high', 'High'],
              ['normal', 'Normal'],
            ]}
          />
        </div>
        <TextArea
          form={form}
          name="words"
          label="What it is about"
          hint="In the customer’s words where that can be."
          control={{ rows: 5, maxLength: 4000 }}
        />
        <Radios
          form={form}
          name="aboutStaff"
          label="Is it about someone who works here?"
          hint="Whoever it is about neither sees the case nor hears of it."
          options={[
            ['no', 'No'],
            ['staff', 'Yes'],
            ['privacy_manager', 'Yes, the privacy manager'],
          ]}
        />
        <TextField
          form={form}
          name="email"
          label="E-mail address for the answer (may be left out)"
          hint={
            verified
              ? 'Without one, the answer goes to the mailbox on file.'
              : 'Without one, the customer is shown a PIN in the chat, and reads the answer with it.'
          }
          control={{ type: 'email', maxLength: 254 }}
        />
      </FormBox>
    </Dialog>
  );
}

interface OpenedProps {
  readonly opened: CaseOpenedView & { readonly withPin: boolean };
  readonly close: () => void;
}

function Opened({ opened, close }: OpenedProps) {
  return (
    <Dialog title="The case is open" onClose={close}>
      <p class="large">{opened.reference}</p>
      <p>The answer is due {opened.due}. The customer has been told in the chat.</p>
      {opened.withPin && (
        <Notice>
          The customer is shown a PIN in the chat, for them alone: with the reference it shows them
          how the case stands. Ask them to write both down.
        </Notice>
      )}
      <div class="button-row end">
        <Button kind="primary" onClick={close}>
          Done
        </Button>
      </div>
    </Dialog>
  );
}
