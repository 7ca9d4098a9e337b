import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Button, Field, Notice } from '../ui';
import type { Form, Texts } from './form';

interface NamedField<Values extends Texts> {
  readonly form: Form<Values>;
  readonly name: keyof Values & string;
  readonly label: string;
  readonly hint?: string | undefined;
}

/** What else is known of what is to be typed. */
interface Typed {
  readonly maxLength?: number;
  readonly required?: boolean;
  readonly spellcheck?: boolean;
  readonly autocapitalize?: 'none';
}

interface Line extends Typed {
  readonly type?: 'text' | 'email' | 'tel' | 'password' | 'date' | 'datetime-local';
  readonly inputMode?: 'numeric';
  readonly autocomplete?: string;
  readonly min?: string;
  readonly max?: string;
}

interface Lines extends Typed {
  readonly rows?: number;
}

/** A field of one line. */
export function TextField<Values extends Texts>(
  props: NamedField<Values> & { readonly control?: Line },
) {
  const { form, name, label, hint, control: attributes } = props;
  return (
    <Field label={label} hint={hint} error={form.faults[name]}>
      {(control) => (
        <input
          autocomplete="off"
          // Each type has attributes of its own, of which none is used here.
          {...({ type: 'text', ...attributes } as Line & { type: 'text' })}
          {...control}
          value={form.values[name]}
          onInput={(event) => {
            form.set(name, event.currentTarget.value);
          }}
        />
      )}
    </Field>
  );
}

/** A field of several lines; Ctrl+Enter sends. */
export function TextArea<Values extends Texts>(
  props: NamedField<Values> & { readonly control?: Lines },
) {
  const { form, name, label, hint, control: attributes } = props;
  return (
    <Field label={label} hint={hint} error={form.faults[name]}>
      {(control) => (
        <textarea
          rows={3}
          {...attributes}
          {...control}
          value={form.values[name]}
          onInput={(event) => {
            form.set(name, event.currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.submit();
          }}
        />
      )}
    </Field>
  );
}

/** What can be chosen: its value and its words. */
export type Option = readonly [value: string, words: string];

/** One of several, in a list that opens. */
export function Choice<Values extends Texts>(
  props: NamedField<Values> & { readonly options: readonly Option[] },
) {
  const { form, name, label, hint, options } = props;
  return (
    <Field label={label} hint={hint} error={form.faults[name]}>
      {(control) => (
        <select
          {...control}
          value={form.values[name]}
          onChange={(event) => {
            form.set(name, event.currentTarget.value);
          }}
        >
          {options.map(([value, words]) => (
            <option key={value} value={value} selected={form.values[name] === value}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** One of a few, all in sight. */
export function Radios<Values extends Texts>(
  props: NamedField<Values> & { readonly options: readonly Option[] },
) {
  const { form, name, label, hint, options } = props;
  const id = useId();
  const fault = form.faults[name];
  const described = [hint && `${id}-hint`, fault && `${id}-error`].filter(Boolean).join(' ');
  return (
    <fieldset
      class="radios"
      role="radiogroup"
      aria-describedby={described || undefined}
      aria-invalid={fault ? 'true' : undefined}
    >
      <legend>{label}</legend>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {options.map(([value, words]) => (
        <label key={value} class="check">
          <input
            type="radio"
            name={id}
            value={value}
            checked={form.values[name] === value}
            onChange={() => {
              form.set(name, value);
            }}
          />
          <span>{words}</span>
        </label>
      ))}
      {fault && (
        <p class="field-error" id={`${id}-error`} role="alert">
          {fault}
        </p>
      )}
    </fieldset>
  );
}

interface FormBoxProps<Values extends Texts> {
  readonly form: Form<Values>;
  /** What the button says that sends it. */
  readonly send: string;
  readonly kind?: 'primary' | 'plain' | 'danger';
  /** Other buttons beside it. */
  readonly beside?: ComponentChildren;
  readonly children?: ComponentChildren;
}

/** A form with its button; what is wrong with the whole stands above the button. */
export function FormBox<Values extends Texts>(props: FormBoxProps<Values>) {
  const { form, send, kind = 'primary', beside, children } = props;
  return (
    <form
      ref={form.element}
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      {children}
      {form.problem !== undefined && (
        <Notice tone="bad" loud>
          {form.problem}
        </Notice>
      )}
      <div class="button-row">
        <Button type="submit" kind={kind} busy={form.busy}>
          {send}
        </Button>
        {beside}
      </div>
    </form>
  );
}
