import { useState } from 'preact/hooks';
import type { AccountChangedView, AccountView } from '../../../bot/console/contract';
import { get, post } from '../api';
import { useLoaded } from '../loading';
import { useSession } from '../session';
import { Badge, Button, Heading, Spinner, Table, toast, Trouble, type Tone } from '../ui';
import { ConfirmDialog, InviteDialog, RolesDialog, type Confirmed } from './accountDialogs';
import { useDeed } from './deed';
import { rolesInWords } from './roles';

type Asked =
  | { readonly what: 'invite' }
  | { readonly what: 'roles' | Confirmed; readonly account: AccountView };

const CHANGED_WORDS: Readonly<Record<AccountChangedView['outcome'], string>> = {
  changed: 'The roles are changed. Whoever has the account signs in anew.',
  disabled: 'The account is disabled, and signed out everywhere.',
  enabled: 'The account is enabled again.',
  invited: 'A new invitation is on its way; the one before is void.',
  lastAdministrator: 'There has to be an administrator left: nothing was changed.',
  invalid: 'Please choose at least one role.',
};

/** The accounts of staff. */
export function Accounts() {
  const loaded = useLoaded(() => get<readonly AccountView[]>('/accounts'), 'accounts');
  const [asked, setAsked] = useState<Asked | undefined>();
  const close = (): void => {
    setAsked(undefined);
  };
  const changed = (answer: AccountChangedView, disabling = false): void => {
    const good = answer.outcome !== 'lastAdministrator' && answer.outcome !== 'invalid';
    const refused = answer.outcome === 'disabled' && !disabling;
    const words = refused ? 'Enable the account first.' : CHANGED_WORDS[answer.outcome];
    toast(words, good && !refused ? 'good' : 'bad');
    close();
    loaded.reload();
  };
  return (
    <div class="page">
      <Heading title="Accounts" />
      <div class="button-row deeds">
        <Button
          kind="primary"
          onClick={() => {
            setAsked({ what: 'invite' });
          }}
        >
          Invite somebody…
        </Button>
      </div>
      {loaded.error !== undefined && <Trouble words={loaded.error} retry={loaded.reload} />}
      {!loaded.value && loaded.loading && <Spinner />}
      {loaded.value && <Lines accounts={loaded.value} ask={setAsked} changed={changed} />}
      {asked?.what === 'invite' && (
        <InviteDialog
          close={close}
          invited={() => {
            toast('The invitation is on its way.');
            close();
            loaded.reload();
          }}
        />
      )}
      {asked?.what === 'roles' && (
        <RolesDialog account={asked.account} close={close} changed={changed} />
      )}
      {(asked?.what === 'disable' || asked?.what === 'invite-again') && (
        <ConfirmDialog
          account={asked.account}
          what={asked.what}
          close={close}
          changed={(answer) => {
            changed(answer, asked.what === 'disable');
          }}
        />
      )}
    </div>
  );
}

interface LinesProps {
  readonly accounts: readonly AccountView[];
  readonly ask: (asked: Asked) => void;
  readonly changed: (answer: AccountChangedView) => void;
}

function Lines({ accounts, ask, changed }: LinesProps) {
  return (
    <Table
      caption="Accounts of staff"
      columns={['Name', 'E-mail', 'Roles', 'State', 'Second factor', 'What to do']}
    >
      {accounts.map((account) => (
        <tr key={account.id}>
          <th scope="row" class="foreign">
            {account.name === '' ? 'First administrator' : account.name}
          </th>
          <td data-label="E-mail" class="foreign">
            {account.email === '' ? 'not given yet' : account.email}
          </td>
          <td data-label="Roles">{rolesInWords(account.roles)}</td>
          <td data-label="State">
            <State account={account} />
          </td>
          <td data-label="Second factor">{account.hasTotp ? 'set up' : 'none'}</td>
          <td>
            <Deeds account={account} ask={ask} changed={changed} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

const STATES: Readonly<Record<AccountView['state'], readonly [string, Tone]>> = {
  invited: ['Invited', 'info'],
  active: ['Active', 'good'],
  disabled: ['Disabled', 'bad'],
};

function State({ account: { id, state } }: { account: AccountView }) {
  const { me } = useSession();
  const [words, tone] = STATES[state];
  return (
    <>
      <Badge tone={tone}>{words}</Badge> {id === me.id && '(you)'}
    </>
  );
}

function Deeds({ account, ask, changed }: Omit<LinesProps, 'accounts'> & { account: AccountView }) {
  const deed = useDeed();
  const { id, state, name } = account;
  const enable = async (): Promise<void> => {
    changed(await post<AccountChangedView>(`/accounts/${encodeURIComponent(id)}/enable`));
  };
  const about = <span class="visually-hidden"> ({name})</span>;
  return (
    <div class="button-row">
      <Button
        small
        onClick={() => {
          ask({ what: 'roles', account });
        }}
      >
        Roles…{about}
      </Button>
      {state !== 'disabled' && (
        <Button
          small
          onClick={() => {
            ask({ what: 'invite-again', account });
          }}
        >
          Invite again…{about}
        </Button>
      )}
      {state === 'disabled' ? (
        <Button
          small
          busy={deed.busy}
          onClick={() => {
            deed.run(enable);
          }}
        >
          Enable{about}
        </Button>
      ) : (
        <Button
          small
          kind="danger"
          onClick={() => {
            ask({ what: 'disable', account });
          }}
        >
          Disable…{about}
        </Button>
      )}
    </div>
  );
}
