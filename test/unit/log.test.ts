import { createLog } from '../../bot/log';
import type { LogFields } from '../../services/ports';

const CONVERSATION = '6f0c2f0a-1b1f-4a52-9d5e-3a1b0c9d8e7f';

/** Everything that a log wrote. */
function written(level = 'info') {
  const lines: string[] = [];
  const counted: string[] = [];
  const log = createLog(level, (event) => counted.push(event), {
    write: (line: string) => {
      lines.push(line);
    },
  });
  return {
    log,
    lines,
    counted,
    last: () => JSON.parse(lines.at(-1) ?? '') as Record<string, unknown>,
  };
}

test('a line is the event, its level and time, and the allowed fields', () => {
  const { log, last } = written();
  log.info('case.opened', { caseId: CONVERSATION, kind: 'breach', count: 3 });
  expect(last()).toEqual({
    level: 30,
    time: expect.any(Number) as number,
    event: 'case.opened',
    caseId: CONVERSATION,
    kind: 'breach',
    count: 3,
  });
});

test('fields that are not on the list are dropped, also when they are nested in one that is', () => {
  const { log, lines, last } = written();
  const fields = {
    text: 'my neighbour reads my mail',
    email: 'rina@example.org',
    kind: { text: 'my neighbour' },
    state: ['my neighbour'],
    route: undefined,
  } as unknown as LogFields;
  log.warn('turn.failed', fields);
  expect(Object.keys(last()).sort()).toEqual(['event', 'level', 'time']);
  expect(lines.join()).not.toMatch(/neighbour|rina/);
});

describe('in an allowed field, what looks personal is cut out', () => {
  test.each([
    ['an address', 'rina@example.org'],
    ['an address among words', 'sent to rina.sen+x@example.co.in now'],
    ['an address without a dot', 'rina@localhost'],
    ['a card number', '4111 1111 1111 1111'],
    ['a card number with dashes', '4111-1111-1111-1111'],
    ['a telephone number', '+91 98300 12345'],
    ['a telephone number in brackets', '(033) 4000-1234'],
    ['an Aadhaar number in Devanagari digits', '२३४१ २३४१ २३४६'],
    ['fullwidth digits', '４１１１１１１１１１１１１１１１'],
  ])('%s', (_what, value) => {
    const { log, last } = written();
    log.info('case.opened', { kind: value });
    expect(last().kind).toBe('[redacted]');
  });

  test('and what is long is cut off', () => {
    const { log, last } = written();
    log.info('case.opened', { kind: 'word '.repeat(10_000) });
    expect(String(last().kind)).toHaveLength(200);
  });
});

describe('the product’s own ids survive', () => {
  test.each<[keyof LogFields, string]>([
    ['conversationId', CONVERSATION],
    ['activityId', `${CONVERSATION}|0000012`],
    ['caseId', '01234567-8901-4234-8567-890123456789'],
    ['mailId', `${CONVERSATION}-case.notification-1`],
    ['route', '/v3/directline/conversations/:conversationId/activities'],
    ['passage', 'share.no_sell'],
    ['code', 'ECONNREFUSED'],
  ])('%s', (field, value) => {
    const { log, last } = written();
    log.info('turn.failed', { [field]: value });
    expect(last()[field]).toBe(value);
  });
});

describe('an error', () => {
  const logged = (error: unknown) => {
    const { log, lines, last } = written();
    log.error('turn.failed', { error });
    return {
      all: lines.join(),
      error: last().error as { name: string; code?: string; at: string[] },
    };
  };

  test('is its class, its code and the places of its stack', () => {
    const { error } = logged(Object.assign(new RangeError('too far'), { code: 'ERR_FAR' }));
    expect(error).toMatchObject({ name: 'RangeError', code: 'ERR_FAR' });
    expect(error.at[0]).toMatch(/^at .*log\.test\.ts:\d+:\d+\)?$/);
  });

  test('never tells its message, nor those of its causes', () => {
    const cause = new Error('rina@example.org');
    const { all } = logged(new Error('my neighbour reads my mail', { cause }));
    expect(all).not.toMatch(/neighbour|rina/);
  });

  test('whose message runs over lines that look like places tells none of them', () => {
    const message =
      'first\n    at my neighbour (/home/rina:1:1)\n    at /home/rina/letters.txt:2:2\nlast';
    const { all, error } = logged(new Error(message));
    expect(all).not.toMatch(/neighbour|rina/);
    expect(error.at.length).toBeGreaterThan(0);
  });

  test('whose message was changed after it was made tells nothing of either', () => {
    const error = new Error('first\n    at my neighbour (/home/rina:1:1)');
    error.message = 'my other neighbour';
    expect(logged(error).all).not.toMatch(/neighbour|rina/);
  });

  test('whose name or code is a sentence tells neither', () => {
    const error = Object.assign(new Error('x'), { name: 'Rina Sen', code: 'wrote to us' });
    expect(logged(error).all).not.toMatch(/Rina|wrote/);
  });

  test('that is no error tells its type alone', () => {
    expect(logged('my neighbour').error).toEqual({ name: 'string', at: [] });
  });
});

test('the level decides what is written, and every event is counted all the same', () => {
  const { log, lines, counted } = written('warn');
  log.info('case.opened');
  log.warn('mail.deferred');
  expect(lines).toHaveLength(1);
  expect(counted).toEqual(['case.opened', 'mail.deferred']);
});
