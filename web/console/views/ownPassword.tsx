import type { PasswordView, SessionView } from '../../../bot/console/contract';
import { post } from '../api';
import { useSession } from '../session';
import { FormBox, TextField } from './fields';
import { ofLength, useForm, type Refused } from './form';

/** Changes one's own password. */
export function OwnPassword({ came }: { came: (words: string) => void }) {
  const { enter, me } = useSession();
  const form = useForm({
    start: { old: '', fresh: '', again: '' },
    checks: {
      old: ofLength(1, 200, 'Please give your password of now.'),
      fresh: ofLength(12, 200, 'Please give a new password.'),
      again: (again, { fresh }) =>
        again === fresh ? undefined : 'This is not the same as the new password.',
    },
    send: async ({ old, fresh }) => {
      const answer = await post<PasswordView>('/me/password', { old, new: fresh });
      if ('outcome' in answer) return refusedBy(answer);
      came('Your password is changed. Other sessions of yours were ended.');
      enter(answer);
      return undefined;
    },
  });
  return (
    <section class="card" aria-label="Password">
      <h2>Password</h2>
      <FormBox form={form} send="Change the password">
        {/* Password keepers look for it. */}
        <input type="hidden" autocomplete="username" value={me.email} />
        <TextField
          form={form}
          name="old"
          label="Password now"
          control={{ type: 'password', autocomplete: 'current-password', required: true }}
        />
        <TextField
          form={form}
          name="fresh"
          label="New password"
          hint="At least 12 characters; several words are easily remembered."
          control={{ type: 'password', autocomplete: 'new-password', required: true }}
        />
        <TextField
          form={form}
          name="again"
          label="New password once more"
          control={{ type: 'password', autocomplete: 'new-password', required: true }}
        />
      </FormBox>
    </section>
  );
}

type Passwords = Readonly<Record<'old' | 'fresh' | 'again', string>>;

function refusedBy(answer: Exclude<PasswordView, SessionView>): Refused<Passwords> {
  switch (answer.outcome) {
    case 'wrong':
      return { field: 'old', why: 'That is not your password.' };
    case 'throttled':
      return { problem: 'Too many attempts. Please wait 15 minutes.' };
    case 'invalid':
      return { field: 'fresh', why: answer.why };
  }
}
