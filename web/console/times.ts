const LOCALE = 'en-IN';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SECONDS_UNTIL_MS = 10 * MINUTE_MS;

let zone: string | undefined;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Shows all times in this IANA zone: the company's. */
export function showTimesIn(name: string): void {
  zone = name;
  formats.clear();
}

const SHAPES = {
  time: { hour: 'numeric', minute: '2-digit' },
  date: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  dateTime: { day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit' },
  /** Exact, with the zone, for whoever points at a time. */
  full: { dateStyle: 'full', timeStyle: 'long' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** How a time can be written. */
export type TimeShape = keyof typeof SHAPES;

/** Writes an instant in the company's zone. */
export function written(at: string | Date, shape: TimeShape): string {
  let format = formats.get(shape);
  if (!format) {
    format = new Intl.DateTimeFormat(LOCALE, { ...SHAPES[shape], ...(zone && { timeZone: zone }) });
    formats.set(shape, format);
  }
  return format.format(new Date(at));
}

/** How long ago, short: `0:42`, `12 min`, `1 h 05 min`. */
export function waited(since: string, now: number): string {
  const ms = Math.max(0, now - Date.parse(since));
  if (ms < SECONDS_UNTIL_MS) {
    const seconds = Math.floor(ms / 1000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  }
  const minutes = Math.floor(ms / MINUTE_MS) % 60;
  const hours = Math.floor(ms / HOUR_MS);
  return hours === 0 ? `${minutes} min` : `${hours} h ${String(minutes).padStart(2, '0')} min`;
}

const SURELY_WRONG_MS = 5000;
let aheadMs = 0;

/** Sets the page's clock by the `Date` of an answer: the computer's own may be wrong. */
export function setClock(date: string | null): void {
  if (date === null) return;
  const ahead = Date.parse(date) - Date.now();
  aheadMs = Math.abs(ahead) > SURELY_WRONG_MS ? ahead : 0;
}

/** The time at the desk, in ms since 1970. */
export const nowAtDesk = (): number => Date.now() + aheadMs;

const tickers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** Calls once a second, all at once; until the returned function is called. */
export function everySecond(tick: () => void): () => void {
  tickers.add(tick);
  timer ??= setInterval(() => {
    for (const each of [...tickers]) each();
  }, 1000);
  return () => {
    tickers.delete(tick);
    if (tickers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
