import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DateTime } from 'luxon';
import {
  gatherProof,
  readProofRequest,
  writeProof,
  type ProofOffice,
} from '../../bot/commands/proof';
import type { AuditEntry } from '../../services/audit';
import { calendarHash, parseCalendar, type Calendar } from '../../services/businessDays';
import {
  businessDaysUsed,
  proofOf,
  verdictOf,
  type ProofPeriod,
  type ProvedRow,
  type PromiseRow,
} from '../../services/proof';
import { barsOf, chartSvg } from '../../services/proofChart';
import { proofCsv, proofPage } from '../../services/proofPage';
import { promiseRows } from '../../services/proofRows';
import { shareInWords } from '../../services/proofWords';
import { at, CALENDAR, HASH, KOLKATA, madeOf, NOW, promised, row, YEAR } from '../support/proof';

const WHOLE = { outcome: 'whole', entries: 3, head: { seq: 3, hash: 'f'.repeat(64) } } as const;
const onlyRow = (given: PromiseRow) => madeOf([given]).rows[0]!;

describe('the verdict of a promise', () => {
  const due = promised().dueAt;
  const just = (milliseconds: number): Date => new Date(due.getTime() + milliseconds);
  test.each<[string, Partial<PromiseRow>, Date, string]>([
    ['open before it is due', {}, just(-1), 'open'],
    ['open at the very moment', {}, due, 'open'],
    ['missed a moment later', {}, just(1), 'missed'],
    ['kept when answered long before', { answeredAt: at('2026-06-16T10:00') }, just(99), 'kept'],
    ['kept when answered at the very moment', { answeredAt: due }, just(99), 'kept'],
    ['missed when answered a moment later', { answeredAt: just(1) }, just(99), 'missed'],
    [
      'missed when answered in time by an extension only',
      { answeredAt: just(1), extendedTo: just(9) },
      just(99),
      'missed',
    ],
    [
      'missed when it was extended and is due by the first date',
      { extendedTo: just(99) },
      just(1),
      'missed',
    ],
    [
      'kept when extended and answered before the first date',
      { answeredAt: just(-1), extendedTo: just(99) },
      just(99),
      'kept',
    ],
    [
      'closed unanswered, never kept, when closed without an answer',
      { closedAs: 'closed' },
      just(-99),
      'closedUnanswered',
    ],
    [
      'closed unanswered also after it was due',
      { closedAs: 'closed' },
      just(99),
      'closedUnanswered',
    ],
    [
      'kept when answered and then closed',
      { answeredAt: due, closedAs: 'closed' },
      just(99),
      'kept',
    ],
    [
      'missed when answered late and then closed',
      { answeredAt: just(1), closedAs: 'closed' },
      just(99),
      'missed',
    ],
    ['not counted as spam', { closedAs: 'spam' }, just(99), 'notCounted'],
    [
      'missed where it was filed as spam only after it was due',
      { closedAs: 'spam', closedAt: just(1) },
      just(99),
      'missed',
    ],
    [
      'counted though it was filed away after its answer',
      { closedAs: 'notPrivacy', answeredAt: due },
      just(99),
      'kept',
    ],
  ])('is %s', (_what, over, now, verdict) => {
    expect(verdictOf(row(over), now)).toBe(verdict);
  });
});

describe('business days used', () => {
  test.each<[string, string, string, number]>([
    ['none on the day of receipt', '2026-06-15T00:00', '2026-06-15T23:59', 0],
    ['one the next morning', '2026-06-15T23:59', '2026-06-16T00:00', 1],
    ['five on the due day', '2026-06-15T10:00', '2026-06-22T18:00', 5],
    ['five on the due day after closing, too', '2026-06-15T10:00', '2026-06-22T23:59', 5],
    ['six the day after', '2026-06-15T10:00', '2026-06-23T00:00', 6],
    ['none on the weekend after a Friday', '2026-06-19T10:00', '2026-06-21T10:00', 0],
    ['one on the Monday after a weekend', '2026-06-20T10:00', '2026-06-22T10:00', 1],
    ['none on a holiday', '2026-08-14T10:00', '2026-08-15T10:00', 0],
    ['a holiday is passed over', '2026-01-23T10:00', '2026-01-27T10:00', 1],
    ['a weekend that is worked counts', '2026-03-06T10:00', '2026-03-07T10:00', 1],
    ['none when answered before it was received', '2026-06-15T10:00', '2026-06-12T10:00', 0],
    ['over a year', '2026-12-31T10:00', '2027-01-04T10:00', 2],
  ])('are %s', (_what, received, until, used) => {
    expect(businessDaysUsed(at(received), at(until), CALENDAR, KOLKATA)).toBe(used);
  });

  test('go by the date in the zone of the promise, whatever the machine’s', () => {
    const received = new Date('2026-06-15T20:00:00Z');
    const until = new Date('2026-06-16T10:00:00Z');
    expect(businessDaysUsed(received, until, CALENDAR, KOLKATA)).toBe(0);
    expect(businessDaysUsed(received, until, CALENDAR, 'America/New_York')).toBe(1);
  });

  test('are as many as were promised on the due day, from any day of a year', () => {
    for (let day = 0; day < 365; day += 1) {
      const receivedAt = DateTime.fromISO('2026-01-01T15:00', { zone: KOLKATA })
        .plus({ days: day })
        .toJSDate();
      const { dueAt } = promised(receivedAt);
      expect(businessDaysUsed(receivedAt, dueAt, CALENDAR, KOLKATA)).toBe(5);
    }
  });
});

describe('a proof', () => {
  test('counts what was received in its period, first and last day included, in the company’s zone', () => {
    const received = [
      '2025-12-31T23:59:59.999',
      '2026-01-01T00:00',
      '2026-12-31T23:59:59.999',
      '2027-01-01T00:00',
    ];
    const rows = received.map((each, n) =>
      row({ reference: `PD-0000-000${n}`, promise: promised(at(each)) }),
    );
    expect(madeOf([...rows].reverse()).rows.map(({ reference }) => reference)).toEqual([
      'PD-0000-0001',
      'PD-0000-0002',
    ]);
  });

  test('gives totals, the share kept, and how many were extended', () => {
    const late = { answeredAt: at('2026-06-23T10:00') };
    const rows = [
      ...[1, 2, 3].map(() => row({ answeredAt: at('2026-06-16T10:00'), kind: 'question' })),
      row({ ...late, extendedTo: at('2026-06-29T18:00') }),
      row({ closedAs: 'closed' }),
      row({ closedAs: 'spam', extendedTo: at('2026-06-29T18:00') }),
      row({ promise: promised(at('2026-12-31T10:00')) }),
    ];
    const proof = madeOf(rows);
    expect(proof.totals).toEqual({
      ...{ promises: 7, kept: 3, missed: 1, closedUnanswered: 1, open: 1, notCounted: 1 },
      keptShare: 0.6,
    });
    expect(proof.extended).toBe(1);
    expect(
      proof.byKind.map(({ kind, totals }) => [kind, totals.promises, totals.keptShare]),
    ).toEqual([
      ['breach', 4, 0],
      ['question', 3, 1],
    ]);
    expect(proof.faulty).toBe(0);
  });

  test('gives no share and no percentile where nothing has come to its end', () => {
    const proof = madeOf([row({ promise: promised(at('2026-12-31T10:00')) })]);
    expect(proof.totals).not.toHaveProperty('keptShare');
    expect(proof.percentiles).toEqual([]);
    expect(madeOf([]).totals.promises).toBe(0);
  });

  test.each<[string, number[], number[]]>([
    ['one answer', [3], [3, 3, 3, 3]],
    ['two', [1, 4], [1, 4, 4, 4]],
    ['twenty', Array.from({ length: 20 }, (_, n) => Math.floor(n / 4)), [2, 4, 4, 4]],
    ['an outlier among a hundred', [...Array<number>(99).fill(1), 9], [1, 1, 1, 9]],
    ['out of order', [5, 0, 3], [3, 5, 5, 5]],
  ])('gives percentiles by nearest rank: %s', (_what, used, expected) => {
    const rows = used.map((days) => row({ answeredAt: daysAfterReceipt(days) }));
    expect(madeOf(rows).percentiles).toEqual(
      [50, 90, 95, 100].map((percent, n) => ({ percent, businessDays: expected[n] })),
    );
  });

  test('leaves what was filed as spam out of the share', () => {
    const rows = [row({ answeredAt: daysAfterReceipt(1) }), row({ closedAs: 'spam' })];
    expect(madeOf(rows).totals).toMatchObject({ kept: 1, notCounted: 1, keptShare: 1 });
  });

  test('keeps the verdicts of both promises of a case that was reopened', () => {
    const again = promised(at('2026-07-01T10:00'));
    const proof = madeOf([
      row({ round: 2, promise: again, answeredAt: at('2026-07-20T10:00') }),
      row({ answeredAt: at('2026-06-16T10:00') }),
    ]);
    expect(proof.rows.map(({ round, verdict }) => [round, verdict])).toEqual([
      [1, 'kept'],
      [2, 'missed'],
    ]);
  });
});

describe('a proof finds', () => {
  const answered = { answeredAt: at('2026-06-16T10:00') };
  const promise = promised();
  const audited = { receivedAt: promise.receivedAt, dueAt: promise.dueAt, ...answered };
  const later = at('2026-06-29T18:00');

  test.each<[string, Partial<PromiseRow>, string[]]>([
    ['nothing where all agrees', { ...answered, audited }, []],
    ['nothing where the log has no entry', answered, []],
    [
      'a stored due date that was altered',
      { promise: { ...promise, dueAt: later } },
      ['dueDiffers'],
    ],
    [
      'one that was altered by a millisecond',
      { promise: { ...promise, dueAt: new Date(promise.dueAt.getTime() + 1) } },
      ['dueDiffers'],
    ],
    ['a number of days that was altered', { promise: { ...promise, days: 10 } }, ['dueDiffers']],
    ['a zone that was altered', { promise: { ...promise, zone: 'Europe/London' } }, ['dueDiffers']],
    [
      'a zone that there is none',
      { promise: { ...promise, zone: 'Mars/Olympus' } },
      ['calendarUnusable'],
    ],
    [
      'a calendar that is not there',
      { promise: { ...promise, calendarHash: '0'.repeat(64) } },
      ['calendarMissing'],
    ],
    [
      'an answer before its receipt',
      { answeredAt: at('2026-06-14T10:00') },
      ['answeredBeforeReceived'],
    ],
    [
      'a receipt that was moved, due date and all',
      { ...answered, promise: promised(at('2026-06-16T09:00')), audited },
      ['auditReceivedDiffers', 'auditDueDiffers'],
    ],
    [
      'an answer that was moved',
      { answeredAt: at('2026-06-15T11:00'), audited },
      ['auditAnsweredDiffers'],
    ],
    [
      'an answer of which the log knows nothing',
      { ...answered, audited: { receivedAt: promise.receivedAt } },
      ['auditAnsweredDiffers'],
    ],
    ['an answer that is gone', { audited }, ['auditAnsweredDiffers']],
  ])('%s', (_what, over, faults) => {
    expect(onlyRow(row(over)).faults).toEqual(faults);
  });

  test('a calendar whose content was altered under its old name', () => {
    const altered: Calendar = parseCalendar({ ...CALENDAR, holidays: { '2026-06-22': 'Made up' } });
    const given = row({
      promise: { ...promise, dueAt: at('2026-06-23T18:00') },
      answeredAt: at('2026-06-23T10:00'),
    });
    const [proved] = proofOf([given], new Map([[HASH, altered]]), YEAR, NOW).rows;
    expect(proved).toMatchObject({ faults: ['calendarAltered'] });
  });

  test('and judges by the recomputed due date, not by the stored one', () => {
    const given = row({
      promise: { ...promise, dueAt: later },
      answeredAt: at('2026-06-23T10:00'),
    });
    expect(verdictOf(given, NOW)).toBe('kept');
    expect(onlyRow(given)).toMatchObject({ verdict: 'missed', recomputedDueAt: promise.dueAt });
    expect(madeOf([given]).totals.missed).toBe(1);
  });

  test('each old promise by the calendar and days of its own time', () => {
    const old = parseCalendar({ weekend: [5, 6], opens: '08:00', closes: '16:00' });
    const receivedAt = at('2026-06-15T10:00');
    const given = row({
      promise: {
        ...promise,
        calendarHash: calendarHash(old),
        days: 3,
        dueAt: at('2026-06-18T16:00'),
      },
      answeredAt: at('2026-06-18T16:00'),
    });
    const calendars = new Map([
      [HASH, CALENDAR],
      [calendarHash(old), old],
    ]);
    expect(proofOf([given, row()], calendars, YEAR, NOW).rows).toMatchObject([
      { faults: [], verdict: 'kept', businessDaysUsed: 3, promise: { receivedAt } },
      { faults: [] },
    ]);
  });
});

describe('the promises of a case', () => {
  const entry = (
    seq: number,
    action: AuditEntry['action'],
    when: Date,
    facts?: AuditEntry['facts'],
  ) => ({
    ...{ seq, id: `e${seq}`, action, at: when, by: 'desk', hash: '', mac: '' },
    about: { kind: 'case', id: 'c1' } as const,
    ...(facts ? { facts } : {}),
  });
  const first = promised();
  const second = promised(at('2026-07-01T10:00'));
  const begun = ({ receivedAt, dueAt }: typeof first) => ({
    receivedAt: receivedAt.toISOString(),
    dueAt: dueAt.toISOString(),
  });
  const answer = (when: Date) => ({
    id: 'a',
    answeredAt: when,
    by: 'anita@example.com',
    text: 'x',
  });
  const noon = at('2026-06-16T12:00');
  const found = {
    ...({ reference: 'PD-7K3M-9QXA', kind: 'breach', channel: 'chat' } as const),
    rounds: [
      { promise: first, answers: [answer(noon), answer(at('2026-06-17T12:00'))], extensions: [] },
      {
        promise: second,
        answers: [],
        extensions: [
          { dueAt: at('2026-07-10T18:00'), at: noon, by: 'a@example.com', reason: 'x' },
          { dueAt: at('2026-07-20T18:00'), at: noon, by: 'a@example.com', reason: 'x' },
        ],
        closing: { as: 'closed', at: noon, by: 'a@example.com', reason: 'x' } as const,
      },
    ],
  };

  test('are its rounds, each beside what the log says of it', () => {
    const entries = [
      entry(4, 'case.opened', first.receivedAt, begun(first)),
      entry(6, 'case.answered', noon),
      entry(7, 'case.answeredAgain', at('2026-06-17T12:00')),
      entry(9, 'case.reopened', second.receivedAt, begun(second)),
      entry(12, 'case.extended', noon),
    ];
    const shared = { reference: 'PD-7K3M-9QXA', kind: 'breach', channel: 'chat' };
    expect(promiseRows(found, entries)).toEqual([
      {
        ...{ ...shared, round: 1, promise: first, answeredAt: noon, auditSeqs: [4, 6, 7] },
        audited: { receivedAt: first.receivedAt, dueAt: first.dueAt, answeredAt: noon },
      },
      {
        ...{
          ...shared,
          round: 2,
          promise: second,
          closedAs: 'closed',
          closedAt: new Date('2026-06-16T06:30:00Z'),
          auditSeqs: [9, 12],
        },
        extendedTo: at('2026-07-20T18:00'),
        audited: { receivedAt: second.receivedAt, dueAt: second.dueAt },
      },
    ]);
    expect(madeOf(promiseRows(found, entries)).faulty).toBe(0);
  });

  test('say nothing of the log where it does not reach back so far', () => {
    const [one] = promiseRows(found, [entry(3, 'case.answered', noon)]);
    expect(one).not.toHaveProperty('audited');
    expect(one!.auditSeqs).toEqual([3]);
  });

  test('take the answer that was received first, also when it was let through after another', () => {
    const entries = [
      entry(1, 'case.opened', first.receivedAt, begun(first)),
      entry(2, 'case.answered', at('2026-06-17T12:00')),
      entry(3, 'case.answeredAgain', at('2026-06-20T12:00'), { answeredAt: noon.toISOString() }),
    ];
    expect(promiseRows(found, entries)[0]!.audited!.answeredAt).toEqual(noon);
  });

  test('take an answer for the promise that it came for, also when the case was open again by then', () => {
    const entries = [
      entry(1, 'case.opened', first.receivedAt, begun(first)),
      entry(2, 'case.reopened', second.receivedAt, begun(second)),
      entry(3, 'case.answered', noon, { answeredAt: noon.toISOString() }),
      entry(4, 'case.noted', second.receivedAt),
    ];
    const rows = promiseRows(found, entries);
    expect(rows.map(({ auditSeqs }) => auditSeqs)).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(madeOf(rows).faulty).toBe(0);
  });

  describe('are gathered for a period', () => {
    const office = (over: Partial<ProofOffice> = {}): ProofOffice => ({
      audit: {
        entriesAbout: async () => [],
        verify: async () => WHOLE,
      },
      cases: {
        // Two pages and an empty one, each asked for after the last of the one before.
        receivedBetween: async (_from, _to, _limit, after) =>
          (after === '' ? ['a', 'b'] : after === 'b' ? ['c'] : []).map(
            (id) => ({ ...found, id }) as never,
          ),
      },
      calendars: { find: async (hash) => (hash === HASH ? CALENDAR : undefined) },
      ...over,
    });
    let directory: string;
    beforeEach(() => {
      directory = mkdtempSync(path.join(tmpdir(), 'desk-proof-'));
    });
    afterEach(() => {
      rmSync(directory, { recursive: true, force: true });
    });

    test('from all pages, and written for nobody else to read', async () => {
      const out = path.join(directory, 'to', 'auditor');
      const { lines, sound } = await writeProof(await gatherProof(office(), YEAR, NOW), out);
      expect(sound).toBe(true);
      expect(lines).toContain('Promises received from 2026-01-01 to 2026-12-31: 6');
      expect(lines).toContain('Share kept: 50.0 %');
      for (const name of ['proof.html', 'proof.csv']) {
        expect(statSync(path.join(out, name)).mode & 0o777).toBe(0o600);
        expect(readFileSync(path.join(out, name), 'utf8')).not.toMatch(/\w@\w/);
      }
      // A second time in the same place.
      await writeProof(await gatherProof(office(), YEAR, NOW), out);
    });

    test('in the company’s zone', async () => {
      const asked: Date[] = [];
      const receivedBetween = async (from: Date, to: Date) => {
        asked.push(from, to);
        return [];
      };
      await gatherProof(office({ cases: { receivedBetween } }), YEAR, NOW);
      expect(asked).toEqual([at('2026-01-01T00:00'), at('2027-01-01T00:00')]);
    });

    test.each<[string, () => Promise<unknown>]>([
      ['is not there', async () => undefined],
      ['is none', async () => ({ weekend: 'never' })],
      ['cannot be read', async () => JSON.parse('{') as unknown],
    ])('and told to be unsound where a calendar %s', async (_what, find) => {
      const made = await gatherProof(office({ calendars: { find } }), YEAR, NOW);
      expect(made.proof.rows[0]!.faults).toEqual(['calendarMissing']);
      expect(await writeProof(made, directory)).toMatchObject({ sound: false });
    });

    test('and told to be unsound where the log is broken', async () => {
      const broken = { outcome: 'broken', seq: 2, why: 'forged' } as const;
      const audit = { entriesAbout: async () => [], verify: async () => broken };
      const made = await gatherProof(office({ audit }), YEAR, NOW);
      expect(await writeProof(made, directory)).toMatchObject({ sound: false });
      expect(readFileSync(path.join(directory, 'proof.html'), 'utf8')).toContain(
        'The audit log is broken at entry 2',
      );
    });

    test('but not where the store does not answer', async () => {
      const find = async () => Promise.reject(new Error('no connection'));
      await expect(gatherProof(office({ calendars: { find } }), YEAR, NOW)).rejects.toThrow(
        'no connection',
      );
    });
  });
});

describe('the command line of a proof', () => {
  const read = (line: string) => readProofRequest(line.split(' '));
  test('is read', () => {
    expect(read('--from 2026-01-01 --to 2026-01-01 --out there')).toEqual({
      ...{ from: '2026-01-01', to: '2026-01-01', out: 'there' },
    });
  });
  test.each([
    ['--from 2026-01-01 --to 2026-12-31', 'Say --from'],
    ['--from 2026-02-30 --to 2026-12-31 --out x', '"2026-02-30" is not a date'],
    ['--from 2026-1-1 --to 2026-12-31 --out x', '"2026-1-1" is not a date'],
    ['--from 2026-12-31 --to 2026-01-01 --out x', 'ends before it begins'],
    ['--form 2026-12-31', "Unknown option '--form'"],
  ])('is refused in words: %s', (line, words) => {
    expect(() => read(line)).toThrow(words);
  });
});

describe('the CSV of a proof', () => {
  const lines = (rows: PromiseRow[]) => proofCsv(madeOf(rows)).split('\r\n');

  test('has a line for each promise, with instants in the zone of the promise', () => {
    const full = row({
      ...{ answeredAt: at('2026-06-16T10:00:05'), extendedTo: at('2026-06-29T18:00') },
      auditSeqs: [4, 7],
    });
    expect(lines([full, row({ reference: 'PD-OPEN-0000' })])).toEqual([
      'reference,round,kind,channel,received,due,recomputed due,answered,business days used,calendar version,verdict,extended to,audit entries,faults',
      `PD-7K3M-9QXA,1,breach,chat,2026-06-15T10:00:00+05:30,2026-06-22T18:00:00+05:30,2026-06-22T18:00:00+05:30,2026-06-16T10:00:05+05:30,1,${HASH.slice(0, 12)},kept,2026-06-29T18:00:00+05:30,4 7,`,
      `PD-OPEN-0000,1,breach,chat,2026-06-15T10:00:00+05:30,2026-06-22T18:00:00+05:30,2026-06-22T18:00:00+05:30,,,${HASH.slice(0, 12)},missed,,,`,
      '',
    ]);
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@sum', "'@sum"],
    ['\tx', "'\tx"],
    ['a,b', '"a,b"'],
    ['a"b', '"a""b"'],
    ['a\nb', '"a\nb"'],
    ['=a,"b"', `"'=a,""b"""`],
  ])('lets no cell be a formula or break the line: %j', (kind, cell) => {
    expect(proofCsv(madeOf([row({ kind })]))).toContain(`PD-7K3M-9QXA,1,${cell},chat,`);
  });
});

describe('the chart of a proof', () => {
  const chartRows = (used: number[], days = 5) =>
    madeOf(
      used.map((n) => row({ answeredAt: daysAfterReceipt(n), promise: { ...promised(), days } })),
    ).rows;

  test('has a bar for every number of days up to the greatest, late answers apart', () => {
    expect(barsOf(chartRows([0, 1, 1, 5, 7])).map(({ kept, missed }) => [kept, missed])).toEqual([
      ...[
        [1, 0],
        [2, 0],
        [0, 0],
        [0, 0],
        [0, 0],
        [1, 0],
        [0, 0],
        [0, 1],
      ],
    ]);
  });

  test('shows an answer after closing on the due day as late, above those of that day in time', () => {
    const rows = ['2026-06-22T18:00', '2026-06-22T18:01'].map((each) =>
      row({ answeredAt: at(each) }),
    );
    expect(barsOf(madeOf(rows).rows)[5]).toMatchObject({ kept: 1, missed: 1 });
  });

  test('reaches beyond the promise, though all were quicker', () => {
    expect(barsOf(chartRows([0]))).toHaveLength(7);
  });

  test('gathers what took very long in one bar', () => {
    const bars = barsOf(chartRows([1, 20, 21, 60]));
    expect(bars).toHaveLength(21);
    expect(bars.at(-1)).toEqual({ businessDays: 20, orMore: true, kept: 0, missed: 3 });
  });

  test('is left out where nothing was answered', () => {
    expect(barsOf(madeOf([row()]).rows)).toEqual([]);
    expect(barsOf(madeOf([row({ closedAs: 'spam' })]).rows)).toEqual([]);
  });

  test('draws nothing outside its frame, however many and however high the bars', () => {
    const [usual] = chartRows([3], 30);
    for (const used of [[0], [60], [25]]) {
      const rows = [...chartRows(used, 30), ...Array<ProvedRow>(5000).fill(usual!)];
      const svg = chartSvg(barsOf(rows), [5, 30], 'words');
      for (const [, name, value] of svg.matchAll(/ (x|y|x1|x2|y1|y2)="([^"]+)"/g))
        expect([
          name,
          Number(value) >= 0 && Number(value) <= (name!.startsWith('x') ? 720 : 260),
        ]).toEqual([name, true]);
    }
  });
});

describe('the page of a proof', () => {
  const page = (rows: PromiseRow[], period: ProofPeriod = YEAR) =>
    proofPage(proofOf(rows, new Map([[HASH, CALENDAR]]), period, NOW), WHOLE);

  test('names what does not check out, and why', () => {
    const html = page([
      row(),
      row({ reference: 'PD-WRNG-0001', promise: { ...promised(), dueAt: at('2026-06-29T18:00') } }),
    ]);
    expect(html).toContain('1 of 2 promises do not check out');
    expect(html).toContain(
      'PD-WRNG-0001, promise 1: the stored due date is not the one that its calendar gives',
    );
    expect(page([row()])).toContain('Every due date was computed again, and agrees');
  });

  test.each([
    [1, '100.0 %'],
    [2999 / 3000, '99.9 %'],
    [57 / 100, '57.0 %'],
    [2 / 3, '66.6 %'],
    [0.5, '50.0 %'],
    [0, '0.0 %'],
    [undefined, 'none'],
  ])('says 100 %% only of all: %s', (share, words) => {
    expect(shareInWords(share)).toBe(words);
  });

  test('says how many were kept, of how many', () => {
    const rows = [1, 2, 9].map((days) => row({ answeredAt: daysAfterReceipt(days) }));
    expect(page([...rows, row({ closedAs: 'closed' })])).toContain(
      '<strong>50.0 %</strong> kept: 2 of 4',
    );
  });

  test('fetches nothing, runs nothing, and takes what stands in it for text', () => {
    const html = page([row({ kind: '<script>alert(1)</script>', reference: '"><img src=x>' })]);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script|<img|<link|https?:|style="|\son\w+=/);
  });

  test('is whole without a promise', () => {
    const html = page([]);
    expect(html).toContain('No promise of this period has come to its end.');
    expect(html).toContain('No promise was made in this period.');
    expect(html).not.toMatch(/NaN|undefined/);
  });
});

/** The middle of the business day so many after the usual receipt, a Monday. */
function daysAfterReceipt(days: number): Date {
  let when = DateTime.fromISO('2026-06-15T12:00', { zone: KOLKATA });
  for (let left = days; left > 0;) {
    when = when.plus({ days: 1 });
    if (
      businessDaysUsed(when.minus({ days: 1 }).toJSDate(), when.toJSDate(), CALENDAR, KOLKATA) > 0
    )
      left -= 1;
  }
  return when.toJSDate();
}
