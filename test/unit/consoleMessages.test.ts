import type { MessageView } from '../../bot/console/contract';
import {
  notYetShown,
  withMessages,
  type Outgoing,
} from '../../web/console/conversations/messageLog';
import { waited } from '../../web/console/times';

const ME = 'Asha Rao';

const message = (sequence: number, text = `m${sequence}`, name?: string): MessageView => ({
  ...{ sequence, text, at: '2026-11-23T06:30:00.000Z', citations: [], choices: [], facts: [] },
  ...(name === undefined ? { from: 'customer' } : { from: 'agent', name }),
});

const outgoing = (state: Outgoing['state'], text: string, after = 3): Outgoing => ({
  ...{ id: `${state} ${text}`, state, text, after },
});

describe('messages that come to the console', () => {
  const known = [message(1), message(3)];
  test.each([
    ['the next one', [message(4)], [1, 3, 4]],
    ['one that is known', [message(3)], [1, 3]],
    ['one from in between', [message(2)], [1, 2, 3]],
    ['a stretch that overlaps', [message(1), message(2), message(5)], [1, 2, 3, 5]],
    ['nothing', [], [1, 3]],
  ])('stand in order and once: %s', (_title, came, expected) => {
    expect(withMessages(known, came).map(({ sequence }) => sequence)).toEqual(expected);
  });
});

describe('messages on their way', () => {
  test.each<[string, Outgoing[], MessageView[], string[]]>([
    [
      'acknowledged, and shown with masked words',
      [outgoing('said', 'card 4111')],
      [message(4, 'card ••••', ME)],
      [],
    ],
    ['acknowledged, and not shown yet', [outgoing('said', 'hello')], [message(4)], ['hello']],
    [
      'shown before the acknowledgement',
      [outgoing('sending', 'hello  there')],
      [message(4, 'hello there', ME)],
      [],
    ],
    [
      'not acknowledged, beside other words of mine from another tab',
      [outgoing('sending', 'hello')],
      [message(4, 'something else', ME)],
      ['hello'],
    ],
    [
      'not sent, beside the same words said before',
      [outgoing('failed', 'yes')],
      [message(3, 'yes', ME)],
      ['yes'],
    ],
    [
      'another agent’s words',
      [outgoing('said', 'hello')],
      [message(4, 'hello', 'Ravi')],
      ['hello'],
    ],
    [
      'the same words twice, of which one is shown',
      [outgoing('said', 'yes'), { ...outgoing('sending', 'yes'), id: 'second' }],
      [message(4, 'yes', ME)],
      ['yes'],
    ],
    [
      'refused, though the same words are shown',
      [outgoing('refused', 'yes')],
      [message(4, 'yes', ME)],
      ['yes'],
    ],
  ])('go when the log shows them: %s', (_title, sent, shown, expected) => {
    expect(notYetShown(sent, shown, ME).map(({ text }) => text)).toEqual(expected);
  });
});

test.each([
  ['2026-11-23T06:30:00Z', '2026-11-23T06:29:00Z', '0:00'],
  ['2026-11-23T06:30:00Z', '2026-11-23T06:30:42Z', '0:42'],
  ['2026-11-23T06:30:00Z', '2026-11-23T06:39:59Z', '9:59'],
  ['2026-11-23T06:30:00Z', '2026-11-23T06:40:00Z', '10 min'],
  ['2026-11-23T06:30:00Z', '2026-11-23T07:35:00Z', '1 h 05 min'],
])('the wait since %s is at %s written %s or so', (since, now, expected) => {
  expect(waited(since, Date.parse(now))).toBe(expected);
});
