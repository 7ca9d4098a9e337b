import type { ComponentChild } from 'preact';

type Fact = readonly [label: string, value: ComponentChild];

/** Labels and values; what has no value is left out. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl class="labelled">
      {facts
        .filter(([, value]) => value !== undefined && value !== '')
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd class="foreign">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
