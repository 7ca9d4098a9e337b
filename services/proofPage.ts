import { createHash } from 'node:crypto';
import type { Verification } from './audit';
import { verificationInWords } from './auditWords';
import { escapeHtml } from './escapeHtml';
import type { Proof, ProvedRow, Totals } from './proof';
import { barLabel, barsOf, chartSvg, promisedDays, type Bar } from './proofChart';
import { shortHash } from './proofCsv';
import { PROOF_STYLE } from './proofStyle';
import { dateInWords, FAULT_WORDS, minuteIn, shareInWords, VERDICT_WORDS } from './proofWords';

export { proofCsv } from './proofCsv';

/** The proof as one HTML page that needs nothing else: no script, nothing fetched, nothing of a customer's in it. */
export function proofPage(proof: Proof, audit: Verification): string {
  const { period, madeAt } = proof;
  const title = `Promises of ${dateInWords(period.from)} to ${dateInWords(period.to)}`;
  const styleHash = createHash('sha256').update(PROOF_STYLE).digest('base64');
  return [
    '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'">`,
    '<meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(title)}</title><style>${PROOF_STYLE}</style></head><body><main>`,
    `<h1>${escapeHtml(title)}</h1>`,
    `<p class="soft">By date of receipt in ${escapeHtml(period.zone)}, both days included. Made on ${minuteIn(madeAt, period.zone)}.</p>`,
    headline(proof),
    findings(proof, audit),
    '<h2>Days to the answer</h2>',
    chart(proof),
    '<h2>Totals</h2>',
    totalsTable(proof),
    percentilesTable(proof),
    '<h2>Every promise</h2>',
    promisesTable(proof),
    HOW_IT_IS_COUNTED,
    '</main></body></html>\n',
  ].join('\n');
}

const HOW_IT_IS_COUNTED = `<h2>How this is counted</h2>
<ul>
<li>The date of receipt is not counted, whatever the hour. An answer is due at close of business on the last promised business day after it.</li>
<li>Every due date was computed again from the calendar, zone and number of days that its case pins. Verdicts and totals go by the recomputed due date.</li>
<li>A promise is kept when the answer was received at or before the first promised due date. An extension stands beside it and changes no verdict.</li>
<li>The share kept is that of kept among kept, missed and closed without an answer. A case closed without an answer is never kept. What is still open counts on neither side; spam and what is not about privacy is left out.</li>
<li>Business days used are those begun after the date of receipt, up to the day of the answer: 0 is the day of receipt. An answer after close of business on the due day is missed.</li>
<li>Percentiles are by nearest rank over the answers that count.</li>
<li>A calendar’s version is the first digits of its content hash. Audit entries are places in the audit log.</li>
</ul>`;

function headline({ totals }: Proof): string {
  const { kept, missed, closedUnanswered, keptShare } = totals;
  if (keptShare === undefined)
    return '<p class="headline">No promise of this period has come to its end.</p>';
  return `<p class="headline"><strong>${shareInWords(keptShare)}</strong> kept: ${kept} of ${kept + missed + closedUnanswered}</p>`;
}

function findings({ rows, faulty }: Proof, audit: Verification): string {
  const { sound, words } = verificationInWords(audit);
  const log = `<div class="${sound ? 'finding' : 'finding alarm'}"><p>${escapeHtml(words)}</p></div>`;
  if (faulty === 0)
    return `<div class="finding"><p>Every due date was computed again, and agrees with the stored one and with the audit log where it speaks of it.</p></div>${log}`;
  const items = rows
    .filter(({ faults }) => faults.length > 0)
    .map(
      (row) => `<li>${escapeHtml(row.reference)}, promise ${row.round}: ${faultWords(row)}</li>`,
    );
  return `<div class="finding alarm"><p><strong>${faulty} of ${rows.length} promises do not check out:</strong></p><ul>${items.join('')}</ul></div>${log}`;
}

const faultWords = ({ faults }: ProvedRow): string =>
  escapeHtml(faults.map((fault) => FAULT_WORDS[fault]).join('; '));

function chart({ rows }: Proof): string {
  const bars = barsOf(rows);
  if (bars.length === 0) return '<p>No promise of this period has been answered.</p>';
  const promised = promisedDays(rows);
  const answers = bars.reduce((sum, { kept, missed }) => sum + kept + missed, 0);
  const late = bars.reduce((sum, { missed }) => sum + missed, 0);
  const alternative = `Bar chart of ${answers} answers by business days used, ${late} of them too late; promised within ${promised.join(' or ')}. The numbers are in the table below.`;
  const unanswered = rows.filter(
    ({ verdict, answeredAt }) => verdict === 'missed' && !answeredAt,
  ).length;
  return `<figure>${scrolling('chart-words', chartSvg(bars, promised, alternative))}<figcaption>Filled: kept. Hatched: missed. Dashed line: the promise.${unanswered > 0 ? ` Missed and not answered yet, and so not in the picture: ${unanswered}.` : ''}</figcaption></figure>
${barsTable(bars)}`;
}

function barsTable(bars: readonly Bar[]): string {
  const rows = bars
    .filter(({ kept, missed }) => kept + missed > 0)
    .map((bar) => [barLabel(bar), bar.kept, bar.missed] as const);
  return table('bars', 'Answers by business days used', ['business days', 'kept', 'missed'], rows);
}

function totalsTable({ totals, byKind, extended }: Proof): string {
  const row = (name: string, each: Totals) =>
    [
      ...[name, each.promises, each.kept, each.missed, each.closedUnanswered],
      ...[each.open, each.notCounted, shareInWords(each.keptShare)],
    ] as const;
  const headers = [
    ...['kind', 'promises', 'kept', 'missed', 'closed unanswered'],
    ...['still open', 'not counted', 'share kept'],
  ];
  const rows = [...byKind.map(({ kind, totals: own }) => row(kind, own)), row('all', totals)];
  return table(
    'totals',
    `Promises by kind; extended among those that count: ${extended}`,
    headers,
    rows,
  );
}

function percentilesTable({ percentiles }: Proof): string {
  if (percentiles.length === 0) return '';
  const rows = percentiles.map(
    ({ percent, businessDays }) => [`${percent} %`, businessDays] as const,
  );
  return table(
    'percentiles',
    'So many answers took at most',
    ['of the answers', 'business days'],
    rows,
  );
}

/** A small table of numbers, each row headed by its first cell. */
function table(
  id: string,
  caption: string,
  headers: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const [first = '', ...others] = headers;
  const heads = others.map((text) => `<th scope="col" class="number">${escapeHtml(text)}</th>`);
  const lines = rows.map(
    ([head = '', ...cells]) =>
      `<tr><th scope="row">${escapeHtml(String(head))}</th>${cells.map((cell) => `<td class="number">${escapeHtml(String(cell))}</td>`).join('')}</tr>`,
  );
  return scrolling(
    `${id}-caption`,
    `<table id="${id}"><caption id="${id}-caption">${escapeHtml(caption)}</caption><thead><tr><th scope="col">${escapeHtml(first)}</th>${heads.join('')}</tr></thead><tbody>${lines.join('')}</tbody></table>`,
    'wide narrow',
  );
}

/** What may be wider than the window scrolls by itself, by keyboard too. */
const scrolling = (captionId: string, content: string, classes = 'wide'): string =>
  `<div class="${classes}" role="region" aria-labelledby="${captionId}" tabindex="0">${content}</div>`;

const PROMISE_HEADERS = [
  ...['reference', 'round', 'kind', 'channel', 'received', 'due', 'recomputed due', 'answered'],
  ...['business days used', 'calendar version', 'verdict', 'extended to', 'audit entries'],
];

function promisesTable({ rows, period }: Proof): string {
  if (rows.length === 0) return '<p>No promise was made in this period.</p>';
  const heads = PROMISE_HEADERS.map((text) => `<th scope="col">${text}</th>`).join('');
  const lines = rows.map((row) => promiseLine(row, period.zone)).join('\n');
  return scrolling(
    'every-caption',
    `<table id="every"><caption id="every-caption">Promises in order of receipt; times in ${escapeHtml(period.zone)} unless another zone is named</caption><thead><tr>${heads}</tr></thead><tbody>
${lines}
</tbody></table>`,
  );
}

function promiseLine(row: ProvedRow, zone: string): string {
  const { reference, round, kind, channel, promise, verdict, businessDaysUsed: used } = row;
  const cell = (content: string): string => `<td>${content}</td>`;
  const time = (at: Date | undefined): string =>
    at
      ? `<time datetime="${at.toISOString()}">${minuteIn(at, promise.zone)}</time>${promise.zone === zone ? '' : ` ${escapeHtml(promise.zone)}`}`
      : '';
  const faults = row.faults.length > 0 ? ` <span class="fault">${faultWords(row)}</span>` : '';
  return [
    `<tr><th scope="row">${escapeHtml(reference)}</th>`,
    ...[`<td class="number">${round}</td>`, cell(escapeHtml(kind)), cell(escapeHtml(channel))],
    ...[promise.receivedAt, promise.dueAt, row.recomputedDueAt, row.answeredAt].map((at) =>
      cell(time(at)),
    ),
    `<td class="number">${used ?? ''}</td>`,
    cell(`<code>${escapeHtml(shortHash(promise.calendarHash))}</code>`),
    cell(`<span class="verdict-${verdict}">${VERDICT_WORDS[verdict]}</span>${faults}`),
    ...[cell(time(row.extendedTo)), cell(row.auditSeqs.join(', ')), '</tr>'],
  ].join('');
}
