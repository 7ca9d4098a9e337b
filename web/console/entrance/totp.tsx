import type { TotpView } from '../../../bot/console/contract';
import { Field } from '../ui';

interface TotpSetUpProps {
  readonly totp: TotpView;
  readonly code: string;
  readonly onCode: (code: string) => void;
  readonly required: boolean;
  readonly error?: string | undefined;
}

/** Shows a second factor to be set up, as a picture and as text, and asks for its first code. */
export function TotpSetUp({ totp, code, onCode, required, error }: TotpSetUpProps) {
  return (
    <div class="totp">
      <img class="totp-picture" src={totp.picture} alt="" width="200" height="200" />
      <div class="totp-words">
        <p>
          Scan the picture with an authenticator app, or type this key into the app. It is shown
          this once.
        </p>
        <p>
          <code class="secret">{totp.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
        </p>
        <p>
          <a href={totp.uri}>Open in an app on this device</a>
        </p>
      </div>
      <Field label="Code" hint="The six digits that the app shows now." error={error}>
        {(control) => (
          <input
            {...control}
            inputMode="numeric"
            autocomplete="one-time-code"
            required={required}
            maxLength={10}
            value={code}
            onInput={(event) => {
              onCode(event.currentTarget.value);
            }}
          />
        )}
      </Field>
    </div>
  );
}
