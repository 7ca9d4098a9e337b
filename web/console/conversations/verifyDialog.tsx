import type { CodeSentView } from '../../../bot/console/contract';
import { post } from '../api';
import { Dialog, toast } from '../ui';
import { FormBox, TextField } from '../views/fields';
import { ofLength, useForm } from '../views/form';
import { NOT_HELD } from './words';

/** Has a code sent to the mailbox on file; the customer types it into the chat. */
export function VerifyDialog({ id, close }: { id: string; close: () => void }) {
  const form = useForm({
    start: { claimed: '' },
    checks: { claimed: ofLength(1, 254, 'Please type what the customer gave.') },
    send: async ({ claimed }) => {
      const { outcome } = await post<CodeSentView>(`/handoffs/${id}/verify`, {
        claimed: claimed.trim(),
      });
      if (outcome === 'throttled')
        return { problem: 'Too many codes were asked for. Please wait a while.' };
      if (outcome === 'notHeld') return { problem: NOT_HELD };
      toast(
        'If there is such a record, a code is on its way. The customer types it into the chat.',
      );
      close();
      return undefined;
    },
  });
  return (
    <Dialog title="Ask for a code" onClose={close}>
      <p>
        The desk mails a code to the address on file. The customer types it into the chat; you never
        see it. Whether there is a record stays unsaid.
      </p>
      <FormBox form={form} send="Send the code">
        <TextField
          form={form}
          name="claimed"
          label="E-mail address or user name that the customer gave"
          control={{ maxLength: 254 }}
        />
      </FormBox>
    </Dialog>
  );
}
