import type { ComponentChildren, JSX } from 'preact';

/** What a colour means; every tone is said in words as well. */
export type Tone = 'neutral' | 'good' | 'info' | 'warn' | 'bad';

type ButtonProps = Omit<JSX.IntrinsicElements['button'], 'class' | 'className'> & {
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  /** What it began is under way: it stays in place and cannot be pressed again. */
  readonly busy?: boolean;
  readonly small?: boolean;
};

/** A button; `type` is `button` unless it says otherwise. */
export function Button({ kind = 'plain', busy, small, children, ...rest }: ButtonProps) {
  const classes = ['button', kind, small ? 'small' : '', busy ? 'busy' : ''];
  return (
    <button
      type="button"
      {...rest}
      class={classes.filter(Boolean).join(' ')}
      aria-busy={busy ? 'true' : undefined}
      disabled={rest.disabled ?? busy}
    >
      {children}
    </button>
  );
}

/** A short word about a thing, such as "verified". */
export function Badge({
  tone = 'neutral',
  children,
}: {
  tone?: Tone;
  children: ComponentChildren;
}) {
  return <span class={`badge ${tone}`}>{children}</span>;
}

/** What is shown where there is nothing. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children && <p>{children}</p>}
    </div>
  );
}

/** Something to know, in its place on the page; `loud` is read out at once. */
export function Notice(props: { tone?: Tone; loud?: boolean; children: ComponentChildren }) {
  const { tone = 'info', loud = false, children } = props;
  return (
    <div class={`notice ${tone}`} role={loud ? 'alert' : undefined}>
      {children}
    </div>
  );
}

/** Says that something is being loaded. */
export function Spinner({ label = 'Loading…' }: { label?: string }) {
  return (
    <p class="spinner" role="status">
      {label}
    </p>
  );
}

/** Says that something could not be loaded, and lets the person try again. */
export function Trouble({ words, retry }: { words: string; retry?: () => void }) {
  return (
    <Notice tone="bad" loud>
      <p>{words}</p>
      {retry && (
        <Button small onClick={retry}>
          Try again
        </Button>
      )}
    </Notice>
  );
}
