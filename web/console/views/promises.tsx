import type { PromisesView } from '../../../bot/console/contract';
import { get } from '../api';
import { useLoaded } from '../loading';
import { Empty, Heading, Spinner, Table, Trouble } from '../ui';
import { useChanged } from './lists';
import { PromiseChart } from './promiseChart';
import { monthInWords } from './months';

/** How promises of an answer were kept, by the month in which the report was received. */
export function Promises() {
  const loaded = useLoaded(() => get<PromisesView>('/promises'), 'promises');
  useChanged('cases', loaded.reload);
  const months = loaded.value?.months;
  const given = months?.some((month) => countOf(month) > 0) === true;
  return (
    <div class="page">
      <Heading title="Promises" />
      <p class="lead">
        An answer counts as kept or missed by the date that was promised first; months are those in
        which the report was received.
      </p>
      {loaded.error !== undefined && <Trouble words={loaded.error} retry={loaded.reload} />}
      {!months && loaded.loading && <Spinner />}
      {months && !given && <Empty title="No promise was given in these months" />}
      {months && given && (
        <>
          <section class="card" aria-label="Chart">
            <PromiseChart months={months} />
          </section>
          <section class="card" aria-label="Figures">
            <Months months={months} />
          </section>
        </>
      )}
    </div>
  );
}

function Months({ months }: PromisesView) {
  return (
    <Table
      caption="Promises by month"
      captionShown
      columns={['Month', 'Kept', 'Missed', 'Open', 'Closed without an answer', 'Kept in %']}
    >
      {[...months].reverse().map(({ month, kept, missed, open, closedUnanswered }) => (
        <tr key={month}>
          <th scope="row">{monthInWords(month, 'long')}</th>
          <td data-label="Kept">{kept}</td>
          <td data-label="Missed">{missed}</td>
          <td data-label="Open">{open}</td>
          <td data-label="Closed without an answer">{closedUnanswered}</td>
          <td data-label="Kept in %">{shareOf(kept, missed)}</td>
        </tr>
      ))}
    </Table>
  );
}

const countOf = ({
  kept,
  missed,
  open,
  closedUnanswered,
}: PromisesView['months'][number]): number => kept + missed + open + closedUnanswered;

/** Rounded down: 99.9 % is not all. */
const shareOf = (kept: number, missed: number): string =>
  kept + missed === 0 ? '–' : `${Math.floor((100 * kept) / (kept + missed))} %`;
