import type { ConsentAskedView } from '../../../bot/console/contract';
import { post } from '../api';
import { Dialog, toast } from '../ui';
import { Choice, FormBox, TextField } from '../views/fields';
import { ofLength, useForm } from '../views/form';
import { NOT_HELD } from './words';

const OUTCOMES = {
  askedBefore: 'The customer is being asked already, or has agreed already.',
  notHeld: NOT_HELD,
  none: 'There is nobody to ask.',
  ended: 'The consent is over.',
} as const;

/** Asks the customer, in the policy's words, for consent to remote help. */
export function ConsentDialog({ id, close }: { id: string; close: () => void }) {
  const form = useForm({
    start: { scope: '', minutes: '30' },
    checks: { scope: ofLength(3, 300, 'Please say what you want to do.') },
    send: async ({ scope, minutes }) => {
      const answer = await post<ConsentAskedView>(`/handoffs/${id}/consent`, {
        scope: scope.trim(),
        minutes: Number(minutes),
      });
      if (answer.outcome !== 'asked') return { problem: OUTCOMES[answer.outcome] };
      toast('The customer is being asked in the chat.');
      close();
      return undefined;
    },
  });
  return (
    <Dialog title="Ask for consent to remote help" onClose={close}>
      <p>
        The customer reads the policy’s words and what you write here, and can take the consent back
        at any time. Begin only after they have agreed.
      </p>
      <FormBox form={form} send="Ask">
        <TextField
          form={form}
          name="scope"
          label="What you want to do on their computer"
          hint="Such as “look at the privacy settings of your browser”; the customer reads it."
          control={{ maxLength: 300 }}
        />
        <Choice
          form={form}
          name="minutes"
          label="For how long"
          options={[
            ['15', '15 minutes'],
            ['30', '30 minutes'],
            ['60', '1 hour'],
            ['120', '2 hours'],
          ]}
        />
      </FormBox>
    </Dialog>
  );
}
