import { useEffect, useRef, useState } from 'preact/hooks';
import type { PromisesView } from '../../../bot/console/contract';
import { monthInWords } from './months';

const HEIGHT = 240;
const TOP = 24;
const BOTTOM = 28;
const LEFT = 36;
const RIGHT = 8;
const NARROW = 480;
const WIDEST_BAR = 44;
const FIRST_WIDTH = 640;

type Month = PromisesView['months'][number];

/** Bars of kept and missed promises by month; the table beside it says the same. */
export function PromiseChart({ months }: PromisesView) {
  const [width, element] = useWidth();
  const highest = Math.max(1, ...months.map(({ kept, missed }) => kept + missed));
  const top = roundedUp(highest);
  const y = (count: number): number => HEIGHT - BOTTOM - (count / top) * (HEIGHT - TOP - BOTTOM);
  const step = (width - LEFT - RIGHT) / months.length;
  const bar = Math.min(WIDEST_BAR, step * 0.6);
  return (
    <figure class="chart" ref={element}>
      <figcaption>
        <span class="legend kept">Kept</span> <span class="legend missed">Missed</span>
      </figcaption>
      <svg
        width={width}
        height={HEIGHT}
        role="img"
        aria-label="Promises kept and missed by month; the table below has the figures"
      >
        <defs>
          <pattern
            id="missed-hatch"
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect class="hatch-ground" width="6" height="6" />
            <line class="hatch-line" x1="0" y1="0" x2="0" y2="6" />
          </pattern>
        </defs>
        {[0, top / 2, top].map((count) => (
          <g key={count}>
            <line class="grid" x1={LEFT} x2={width - RIGHT} y1={y(count)} y2={y(count)} />
            <text class="scale" x={LEFT - 6} y={y(count) + 4}>
              {count}
            </text>
          </g>
        ))}
        {months.map((month, index) => (
          <Bar
            key={month.month}
            month={month}
            x={LEFT + step * index + (step - bar) / 2}
            width={bar}
            y={y}
            narrow={width < NARROW}
          />
        ))}
      </svg>
    </figure>
  );
}

interface BarProps {
  readonly month: Month;
  readonly x: number;
  readonly width: number;
  readonly y: (count: number) => number;
  readonly narrow: boolean;
}

function Bar({ month: { month, kept, missed }, x, width, y, narrow }: BarProps) {
  const ofKept = y(kept);
  const ofAll = y(kept + missed);
  return (
    <g>
      {kept > 0 && <rect class="kept" x={x} y={ofKept} width={width} height={y(0) - ofKept} />}
      {missed > 0 && <rect class="missed" x={x} y={ofAll} width={width} height={ofKept - ofAll} />}
      {kept + missed > 0 && (
        <text class="total" x={x + width / 2} y={ofAll - 6}>
          {missed === 0 ? kept : `${kept}+${missed}`}
        </text>
      )}
      <text class="month" x={x + width / 2} y={HEIGHT - 8}>
        {monthInWords(month, narrow ? 'narrow' : 'short')}
      </text>
    </g>
  );
}

/** The next number that can be halved and is easily read. */
function roundedUp(count: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(count));
  const steps = [2, 4, 6, 8, 10].map((factor) => factor * magnitude);
  return steps.find((each) => each >= count) ?? count;
}

/** The width that an element has; so that letters in a picture keep their size. */
function useWidth() {
  const [width, setWidth] = useState(FIRST_WIDTH);
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    const { current } = element;
    if (!current) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.max(1, Math.floor(entry.contentRect.width)));
    });
    observer.observe(current);
    return () => {
      observer.disconnect();
    };
  }, []);
  return [width, element] as const;
}
