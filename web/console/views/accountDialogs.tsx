import type { AccountChangedView, AccountView, InvitedView } from '../../../bot/console/contract';
import { post } from '../api';
import { Button, Dialog } from '../ui';
import { useDeed } from './deed';
import { FormBox, TextField } from './fields';
import { ofLength, useForm, type Form, type Refused } from './form';
import { ROLE_WORDS } from './roles';

type Chosen = Record<string, string>;

const rolesIn = (values: Chosen): string[] =>
  ROLE_WORDS.map(([role]) => role).filter((role) => values[role] === 'yes');

const NO_ROLE = 'Please choose at least one role.';

/** One box for each role. */
function RoleBoxes({ form }: { form: Form<Chosen> }) {
  const fault = form.faults.roles;
  return (
    <fieldset
      role="group"
      aria-describedby={fault ? 'roles-error' : undefined}
      data-faulty={fault ? '' : undefined}
    >
      <legend>Roles</legend>
      {ROLE_WORDS.map(([role, name, what]) => (
        <label key={role} class="check">
          <input
            type="checkbox"
            checked={form.values[role] === 'yes'}
            aria-invalid={fault ? 'true' : undefined}
            onChange={(event) => {
              form.set(role, event.currentTarget.checked ? 'yes' : '');
            }}
          />
          <span>
            {name} <span class="soft">– {what}</span>
          </span>
        </label>
      ))}
      {fault && (
        <p class="field-error" id="roles-error" role="alert">
          {fault}
        </p>
      )}
    </fieldset>
  );
}

const checkRoles = (_: string, values: Chosen): string | undefined =>
  rolesIn(values).length === 0 ? NO_ROLE : undefined;

interface InviteProps {
  readonly close: () => void;
  readonly invited: () => void;
}

/** Asks whom to invite. */
export function InviteDialog({ close, invited }: InviteProps) {
  const form = useForm<Chosen>({
    start: { email: '', name: '' },
    checks: {
      email: ofLength(3, 254, 'Please give the e-mail address.'),
      name: ofLength(1, 80, 'Please give the name, as customers see it.'),
      roles: checkRoles,
    },
    keep: true,
    send: async (values) => {
      const answer = await post<InvitedView>('/accounts/invite', {
        ...{ email: values.email?.trim(), name: values.name?.trim(), roles: rolesIn(values) },
      });
      if (answer.outcome === 'invited') invited();
      return refusedBy(answer);
    },
  });
  return (
    <Dialog title="Invite somebody" onClose={close}>
      <FormBox
        form={form}
        send="Send the invitation"
        beside={<Button onClick={close}>Cancel</Button>}
      >
        <TextField
          form={form}
          name="email"
          label="E-mail address"
          control={{ type: 'email', maxLength: 254, required: true }}
        />
        <TextField
          form={form}
          name="name"
          label="Name"
          hint="As customers see it when they talk to a person."
          control={{ maxLength: 80, required: true }}
        />
        <RoleBoxes form={form} />
      </FormBox>
    </Dialog>
  );
}

function refusedBy(answer: InvitedView): Refused<Chosen> | undefined {
  switch (answer.outcome) {
    case 'invited':
      return undefined;
    case 'emailTaken':
      return { field: 'email', why: 'There is an account with that address.' };
    case 'invalid':
      return { field: answer.field, why: answer.why };
  }
}

interface AccountDialogProps {
  readonly account: AccountView;
  readonly close: () => void;
  readonly changed: (answer: AccountChangedView) => void;
}

/** Asks for the roles of an account. */
export function RolesDialog({ account, close, changed }: AccountDialogProps) {
  const form = useForm<Chosen>({
    start: Object.fromEntries(account.roles.map((role) => [role, 'yes'])),
    checks: { roles: checkRoles },
    keep: true,
    send: async (values) => {
      changed(
        await post<AccountChangedView>(`/accounts/${encodeURIComponent(account.id)}/roles`, {
          roles: rolesIn(values),
        }),
      );
    },
  });
  return (
    <Dialog title={`Roles of ${account.name}`} onClose={close}>
      <FormBox form={form} send="Save the roles" beside={<Button onClick={close}>Cancel</Button>}>
        <p class="hint">
          Every role but the agent’s needs a second factor: it is asked for at the next sign-in.
        </p>
        <RoleBoxes form={form} />
      </FormBox>
    </Dialog>
  );
}

/** What is asked once more before it is done. */
export type Confirmed = 'disable' | 'invite-again';

const CONFIRM: Readonly<Record<Confirmed, { title: string; words: string; button: string }>> = {
  disable: {
    title: 'Disable the account of',
    words: 'They are signed out everywhere at once, and cannot sign in until it is enabled again.',
    button: 'Disable',
  },
  'invite-again': {
    title: 'Invite again:',
    words:
      'They are sent a new link, and set their password and second factor anew. Until then they cannot sign in; what they had is void.',
    button: 'Send a new invitation',
  },
};

/** Asks once more before somebody is shut out. */
export function ConfirmDialog(props: AccountDialogProps & { readonly what: Confirmed }) {
  const { account, what, close, changed } = props;
  const deed = useDeed();
  const { title, words, button } = CONFIRM[what];
  return (
    <Dialog title={`${title} ${account.name}?`} onClose={close}>
      <p>{words}</p>
      <div class="button-row end">
        <Button onClick={close}>Leave it as it is</Button>
        <Button
          kind="danger"
          busy={deed.busy}
          onClick={() => {
            deed.run(async () => {
              const path = `/accounts/${encodeURIComponent(account.id)}/${what}`;
              changed(await post<AccountChangedView>(path));
            });
          }}
        >
          {button}
        </Button>
      </div>
    </Dialog>
  );
}
