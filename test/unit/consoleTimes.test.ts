import { freshId } from '../../web/console/freshId';
import { spelled } from '../../web/console/views/spelled';
import { clockTime, instantAt } from '../../web/console/views/zonedTime';

test.each([
  ['Kolkata', 'Asia/Kolkata', '2026-11-23T10:00', '2026-11-23T04:30:00.000Z'],
  ['the day before in UTC', 'Asia/Kolkata', '2026-11-23T00:10', '2026-11-22T18:40:00.000Z'],
  ['London in summer', 'Europe/London', '2026-07-01T09:00', '2026-07-01T08:00:00.000Z'],
  ['after the clocks went back', 'Europe/London', '2026-10-25T03:00', '2026-10-25T03:00:00.000Z'],
  ['after the clocks went on', 'Europe/London', '2026-03-29T02:30', '2026-03-29T01:30:00.000Z'],
  ['west of Greenwich', 'America/New_York', '2026-12-31T23:59', '2027-01-01T04:59:00.000Z'],
])('a time on the clock is an instant: %s', (_, zone, clock, instant) => {
  expect(instantAt(clock, zone)?.toISOString()).toBe(instant);
  expect(clockTime(new Date(instant), zone)).toBe(clock);
});

test.each(['', 'soon', '2026-13-01T10:00'])('what is no time is no instant: "%s"', (clock) => {
  expect(instantAt(clock, 'Asia/Kolkata')).toBeUndefined();
});

test('a reference is read out letter by letter', () => {
  expect(spelled('PD-7K2M-9QXR')).toBe('Papa Delta – 7 Kilo 2 Mike – 9 Quebec X-ray Romeo');
});

test('every id is a UUID of its own', () => {
  const ids = Array.from({ length: 100 }, freshId);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(ids).size).toBe(100);
});
