import { useEffect, useState } from 'preact/hooks';
import { go } from '../router';
import { Field } from '../ui';
import type { Option } from './fields';

const STATES: readonly Option[] = [
  ['', 'Open and late'],
  ['answered', 'Answered'],
  ['closed', 'Closed'],
  ['all', 'All'],
];
const KINDS: readonly Option[] = [
  ['', 'Every kind'],
  ['breach', 'Suspected breach'],
  ['misuse', 'Misuse of an account'],
  ['complaint', 'Privacy complaint'],
  ['question', 'Privacy question'],
];
const URGENCIES: readonly Option[] = [
  ['', 'Every urgency'],
  ['now', 'Now'],
  ['high', 'High'],
  ['normal', 'Normal'],
];

const NAMES = ['state', 'kind', 'urgency', 'text'] as const;
type Name = (typeof NAMES)[number];
const TYPED_MS = 300;

/** What the board is to show, as the desk and the address have it. */
export function askedOf(query: URLSearchParams): string {
  const asked = new URLSearchParams();
  for (const name of NAMES) {
    const value = query.get(name)?.trim();
    if (value) asked.set(name, value);
  }
  return asked.toString();
}

/** Filters of the board; they are kept in the address. */
export function CaseFilters({ query }: { query: URLSearchParams }) {
  const set = (name: Name, value: string): void => {
    const next = new URLSearchParams(query);
    next.set(name, value);
    const asked = askedOf(next);
    go(asked === '' ? '/cases' : `/cases?${asked}`, { replace: true });
  };
  return (
    <form
      class="filters"
      role="search"
      aria-label="Cases"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <Filter label="State" name="state" options={STATES} query={query} set={set} />
      <Filter label="Kind" name="kind" options={KINDS} query={query} set={set} />
      <Filter label="Urgency" name="urgency" options={URGENCIES} query={query} set={set} />
      <TextFilter text={query.get('text') ?? ''} set={set} />
    </form>
  );
}

interface FilterProps {
  readonly label: string;
  readonly name: Name;
  readonly options: readonly Option[];
  readonly query: URLSearchParams;
  readonly set: (name: Name, value: string) => void;
}

function Filter({ label, name, options, query, set }: FilterProps) {
  const chosen = query.get(name) ?? '';
  return (
    <Field label={label}>
      {(control) => (
        <select
          {...control}
          value={chosen}
          onChange={(event) => {
            set(name, event.currentTarget.value);
          }}
        >
          {options.map(([value, words]) => (
            <option key={value} value={value} selected={value === chosen}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function TextFilter({ text, set }: { text: string; set: (name: Name, value: string) => void }) {
  const [typed, setTyped] = useState(text);
  useEffect(() => {
    setTyped((now) => (now.trim() === text ? now : text));
  }, [text]);
  useEffect(() => {
    if (typed.trim() === text) return undefined;
    const timer = setTimeout(() => {
      set('text', typed.trim());
    }, TYPED_MS);
    return () => {
      clearTimeout(timer);
    };
    // `set` is new at each rendering; what was typed decides.
  }, [typed, text]);
  return (
    <Field label="Reference or words">
      {(control) => (
        <input
          {...control}
          type="search"
          autocomplete="off"
          maxLength={100}
          value={typed}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
          }}
        />
      )}
    </Field>
  );
}
