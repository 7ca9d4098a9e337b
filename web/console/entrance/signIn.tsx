import { useEffect, useRef, useState } from 'preact/hooks';
import type { SessionView, SignInView } from '../../../bot/console/contract';
import { post, wordsOf } from '../api';
import { Button, Field, Notice } from '../ui';
import { Entrance } from './frame';

const WRONG =
  'This e-mail address, password and code do not belong together. Look at each of them and try again.';
const THROTTLED = 'Too many attempts. Please wait 15 minutes, or ask an administrator.';

/** Asks for the e-mail address and password, and for the code where there is a second factor. */
export function SignIn({ enter }: { enter: (session: SessionView) => void }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState<string | undefined>();
  const [problem, setProblem] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const codeField = useRef<HTMLInputElement>(null);
  const asksCode = code !== undefined;

  useEffect(() => {
    if (asksCode) codeField.current?.focus();
  }, [asksCode]);

  const submit = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const answer = await post<SignInView>('/sign-in', {
        email: email.trim(),
        password,
        ...(code !== undefined && { code: code.replace(/\s/g, '') }),
      });
      if ('signedIn' in answer) enter(answer);
      else if (answer.outcome === 'codeNeeded') setCode('');
      else {
        setProblem(answer.outcome === 'wrong' ? WRONG : THROTTLED);
        if (asksCode) setCode('');
      }
    } catch (error) {
      setProblem(wordsOf(error));
    }
    setBusy(false);
  };

  return (
    <Entrance title="Sign in to the console">
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {problem && (
          <Notice tone="bad" loud>
            {problem}
          </Notice>
        )}
        <Field label="E-mail address">
          {(control) => (
            <input
              {...control}
              type="email"
              autocomplete="username"
              required
              maxLength={254}
              value={email}
              onInput={(event) => {
                setEmail(event.currentTarget.value);
              }}
            />
          )}
        </Field>
        <Field label="Password">
          {(control) => (
            <input
              {...control}
              type="password"
              autocomplete="current-password"
              required
              maxLength={200}
              value={password}
              onInput={(event) => {
                setPassword(event.currentTarget.value);
              }}
            />
          )}
        </Field>
        {asksCode && (
          <Field label="Code" hint="The six digits that your authenticator app shows now.">
            {(control) => (
              <input
                {...control}
                ref={codeField}
                inputMode="numeric"
                autocomplete="one-time-code"
                required
                maxLength={10}
                value={code}
                onInput={(event) => {
                  setCode(event.currentTarget.value);
                }}
              />
            )}
          </Field>
        )}
        <Button type="submit" kind="primary" busy={busy}>
          Sign in
        </Button>
      </form>
    </Entrance>
  );
}
