const MINUTE_MS = 60_000;
const CLOCK_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;

/** How an instant stands on the clock of a zone, as `YYYY-MM-DDTHH:MM`: the form of a `datetime-local` field. */
export function clockTime(at: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit' },
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/** The instant at which the clock of a zone shows a time; undefined where it is no time. */
export function instantAt(clock: string, zone: string): Date | undefined {
  if (!CLOCK_TIME.test(clock)) return undefined;
  const wanted = Date.parse(`${clock}:00Z`);
  if (Number.isNaN(wanted)) return undefined;
  let guess = wanted;
  // Twice, as the first guess can lie on the other side of a change of the clocks.
  for (let round = 0; round < 2; round += 1)
    guess += wanted - Date.parse(`${clockTime(new Date(guess), zone)}:00Z`);
  return new Date(Math.floor(guess / MINUTE_MS) * MINUTE_MS);
}
