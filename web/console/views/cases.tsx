import { useRef } from 'preact/hooks';
import type { CasesView } from '../../../bot/console/contract';
import { get } from '../api';
import { useLoaded } from '../loading';
import { Empty, Heading, Notice, Spinner, Trouble } from '../ui';
import type { ViewProps } from '../views';
import { CaseBoard } from './caseBoard';
import { askedOf, CaseFilters } from './caseFilters';
import { OneCase } from './oneCase';
import { useChanged, useLineKeys } from './lists';

let boardAddress = '#/cases';

/** The cases: a board by due date, or one of them. */
export function Cases({ params: { reference }, query }: ViewProps) {
  if (reference !== undefined)
    return <OneCase key={reference} reference={reference} board={boardAddress} />;
  const asked = askedOf(query);
  boardAddress = asked === '' ? '#/cases' : `#/cases?${asked}`;
  return <Board query={query} asked={asked} />;
}

function Board({ query, asked }: { query: URLSearchParams; asked: string }) {
  const loaded = useLoaded(() => get<CasesView>(asked ? `/cases?${asked}` : '/cases'), asked);
  // What was there stays while another filter is asked for: nothing jumps.
  const last = useRef<CasesView | undefined>(undefined);
  if (loaded.value) last.current = loaded.value;
  const shown = loaded.value ?? last.current;
  useChanged('cases', loaded.reload);
  const lines = useRef<HTMLDivElement>(null);
  useLineKeys(lines);
  return (
    <div class="page" ref={lines}>
      <Heading title="Cases" />
      <CaseFilters query={query} />
      <p class="soft" role="status">
        {shown ? countOf(shown.cases.length) : ''}
      </p>
      {loaded.error !== undefined && <Trouble words={loaded.error} retry={loaded.reload} />}
      {!shown && loaded.loading && <Spinner />}
      {shown?.cases.length === 0 && (
        <Empty title="No case here">
          {asked === '' ? 'Nothing waits for an answer.' : 'No case fits these filters.'}
        </Empty>
      )}
      {shown && shown.cases.length > 0 && <CaseBoard cases={shown.cases} />}
      {shown?.more && (
        <Notice>There are more cases than were looked at: filter to see others.</Notice>
      )}
    </div>
  );
}

const countOf = (count: number): string => (count === 1 ? '1 case' : `${count} cases`);
