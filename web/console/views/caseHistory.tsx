import type { CaseEntryView } from '../../../bot/console/contract';
import { Badge, Time, type Tone } from '../ui';
import { Files } from './files';

const KINDS: Readonly<Record<CaseEntryView['kind'], readonly [string, Tone]>> = {
  report: ['Report', 'info'],
  followUp: ['From the customer', 'info'],
  answer: ['Answer', 'good'],
  note: ['Note for staff', 'neutral'],
  extension: ['Extension', 'warn'],
  closing: ['Closed', 'neutral'],
  reopened: ['Reopened', 'warn'],
};

/** All that was said and done about a case, in order. */
export function CaseHistory({ entries }: { entries: readonly CaseEntryView[] }) {
  return (
    <section class="card" aria-label="History">
      <h2>History</h2>
      <ol class="case-history">
        {entries.map((entry, index) => (
          // They are never taken away nor put between others.
          <li key={index} class={entry.kind}>
            <Entry entry={entry} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Entry({ entry: { at, kind, title, by, text, files } }: { entry: CaseEntryView }) {
  const [words, tone] = KINDS[kind];
  return (
    <article>
      <header>
        <h3 class="foreign">
          <Badge tone={tone}>{words}</Badge> {title}
        </h3>
        <p class="soft foreign">
          <Time at={at} /> · {by}
        </p>
      </header>
      {text !== '' && <p class="foreign words">{text}</p>}
      <Files files={files} />
    </article>
  );
}
