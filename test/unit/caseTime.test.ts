import type { Round } from '../../models/cases';
import { parseCalendar } from '../../services/businessDays';
import { leftInWords, standingOf } from '../../services/caseTime';

const calendar = parseCalendar({
  ...{ weekend: [6, 7], opens: '09:00', closes: '18:00' },
  holidays: { '2026-11-24': 'Guru Nanak' },
});
const IST = '+05:30';
/** Received on Thursday 19 November 2026 in Kolkata; due on Friday 27 November, 18:00. */
const ROUND: Round = {
  promise: {
    ...{ receivedAt: new Date('2026-11-19T04:00:00Z'), dueAt: new Date(`2026-11-27T18:00${IST}`) },
    ...{ calendarHash: 'x', zone: 'Asia/Kolkata', days: 5, rule: '' },
  },
  ...{ answers: [], extensions: [] },
};
const of = (change: Partial<Round> = {}) => ({ rounds: [{ ...ROUND, ...change }] });
const answeredAt = (at: string) => ({
  answers: [{ id: 'a', answeredAt: new Date(at), by: 'x', text: '' }],
});

test.each([
  ['on the day of receipt', '2026-11-19T20:00', '5 business days left'],
  ['before a weekend and a holiday', '2026-11-20T10:00', '4 business days left'],
  ['on the weekend', '2026-11-22T10:00', '4 business days left'],
  ['on the holiday', '2026-11-24T10:00', '3 business days left'],
  ['the day before', '2026-11-26T23:59', '1 business day left'],
  ['on the day, just after midnight', '2026-11-27T00:01', 'due today at 6:00 pm'],
  ['at the very moment', '2026-11-27T18:00', 'due today at 6:00 pm'],
  ['an hour late', '2026-11-27T19:00', 'late since 6:00 pm'],
  ['on the weekend after', '2026-11-29T12:00', 'late since 6:00 pm'],
  ['on the next business day', '2026-11-30T00:01', '1 business day late'],
  ['a week late', '2026-12-04T12:00', '5 business days late'],
])('an open case %s: %s, it says “%s”', (_when, at, words) => {
  expect(leftInWords(of(), calendar, new Date(`${at}${IST}`))).toBe(words);
});

test('an extended case goes by the later date', () => {
  const extensions = [
    { dueAt: new Date(`2026-12-01T18:00${IST}`), at: new Date(0), by: 'x', reason: 'y' },
  ];
  const now = new Date(`2026-11-30T12:00${IST}`);
  expect(standingOf(of({ extensions }), now)).toBe('open');
  expect(leftInWords(of({ extensions }), calendar, now)).toBe('1 business day left');
});

test.each([
  ['answered', answeredAt(`2026-11-27T17:00${IST}`), 'answered in time'],
  ['answered', answeredAt(`2026-11-27T18:01${IST}`), 'answered late'],
  [
    'closed',
    { closing: { as: 'closed', at: new Date(0), by: 'x', reason: 'y' } },
    'closed without an answer',
  ],
] as const)('a case that was %s says so', (standing, change, words) => {
  const now = new Date(`2027-01-01T12:00${IST}`);
  expect(standingOf(of(change), now)).toBe(standing);
  expect(leftInWords(of(change), calendar, now)).toBe(words);
});
