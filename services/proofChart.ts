import type { ProvedRow } from './proof';

/** The answers that took so many business days. */
export interface Bar {
  readonly businessDays: number;
  /** It stands for this number of days and every greater one. */
  readonly orMore: boolean;
  readonly kept: number;
  readonly missed: number;
}

/** How a bar's number of days is written, such as `5` or `20+`. */
export const barLabel = ({ businessDays, orMore }: Bar): string =>
  `${businessDays}${orMore ? '+' : ''}`;

const FEWEST_BARS = 20;
const WIDTH = 720;
const HEIGHT = 260;
const TOP = 44;
const BOTTOM = 216;
const LEFT = 20;
const RIGHT = 700;
const WIDEST_BAR = 44;
/** How far to the side of its line a label stands. */
const ASIDE = 6;

/** The counted answers by business days used; no number of days is left out between 0 and the greatest. */
export function barsOf(rows: readonly ProvedRow[]): Bar[] {
  const answered = rows.filter(({ verdict }) => verdict === 'kept' || verdict === 'missed');
  const used = answered.flatMap(({ businessDaysUsed: days, verdict }) =>
    days === undefined ? [] : [{ days, verdict }],
  );
  if (used.length === 0) return [];
  const promised = promisedDays(rows);
  const cap = Math.max(FEWEST_BARS, ...promised.map((days) => days + 1));
  // One beyond the promise, so that its line stands between two bars.
  const greatest = Math.max(...used.map(({ days }) => days), ...promised.map((days) => days + 1));
  return Array.from({ length: Math.min(greatest, cap) + 1 }, (_, businessDays) => {
    const orMore = businessDays === cap && greatest > cap;
    const own = used.filter(({ days }) => Math.min(days, cap) === businessDays);
    const count = (verdict: 'kept' | 'missed'): number =>
      own.filter((each) => each.verdict === verdict).length;
    return { businessDays, orMore, kept: count('kept'), missed: count('missed') };
  });
}

/** The numbers of business days that were promised, ascending. */
export const promisedDays = (rows: readonly ProvedRow[]): number[] =>
  [...new Set(rows.map(({ promise }) => promise.days))].sort((a, b) => a - b);

/**
 * The bars as SVG, with a line after the last promised day. Missed answers are hatched and stand on top of the kept ones
 * of the same day, as on the due day after close of business.
 * @param alternative what the picture says, in words.
 */
export function chartSvg(
  bars: readonly Bar[],
  promised: readonly number[],
  alternative: string,
): string {
  const slot = (RIGHT - LEFT) / bars.length;
  const most = Math.max(1, ...bars.map(({ kept, missed }) => kept + missed));
  const scale = (BOTTOM - TOP) / most;
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="chart-words">`,
    `<title id="chart-words">${alternative}</title>`,
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/><rect class="hatch-line" width="3" height="6"/></pattern></defs>',
    ...bars.map((bar, index) => barSvg(bar, LEFT + slot * (index + 0.5), slot, scale)),
    `<line class="axis" x1="${LEFT}" y1="${BOTTOM}" x2="${RIGHT}" y2="${BOTTOM}"/>`,
    ...promised.map((days) => promiseSvg(days, LEFT + slot * (days + 1), days > bars.length / 2)),
    `<text class="axis-title" x="${WIDTH / 2}" y="${HEIGHT - 6}">business days from receipt to answer</text>`,
    '</svg>',
  ].join('');
}

function barSvg(bar: Bar, middle: number, slot: number, scale: number): string {
  const width = Math.min(WIDEST_BAR, slot * 0.7);
  const x = rounded(middle - width / 2);
  const [kept, missed] = [bar.kept * scale, bar.missed * scale];
  const part = (name: string, y: number, height: number): string =>
    height > 0
      ? `<rect class="${name}" x="${x}" y="${rounded(y)}" width="${rounded(width)}" height="${rounded(height)}"/>`
      : '';
  const count = bar.kept + bar.missed;
  return [
    part('bar-kept', BOTTOM - kept, kept),
    part('bar-missed', BOTTOM - kept - missed, missed),
    count > 0
      ? `<text class="count" x="${rounded(middle)}" y="${rounded(BOTTOM - kept - missed - 5)}">${count}</text>`
      : '',
    `<text class="tick" x="${rounded(middle)}" y="${BOTTOM + 18}">${barLabel(bar)}</text>`,
  ].join('');
}

/** @param leftwards so that the label of a line far to the right stays in the picture. */
function promiseSvg(days: number, x: number, leftwards: boolean): string {
  return [
    `<line class="promise" x1="${rounded(x)}" y1="8" x2="${rounded(x)}" y2="${BOTTOM}"/>`,
    `<text class="${leftwards ? 'promise-label leftwards' : 'promise-label'}" x="${rounded(x + (leftwards ? -ASIDE : ASIDE))}" y="20">promised: ${days}</text>`,
  ].join('');
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
