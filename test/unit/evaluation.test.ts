import {
  confusions,
  measure,
  parseLabelledMessage,
  type EvaluatedMessage,
  type LabelledMessage,
} from '../../services/understanding/evaluation';
import type { Understood } from '../../services/understanding/types';

const PASSAGES = new Set(['share.no_sell', 'share.third_parties', 'cookies.what']);

function evaluated(
  message: Partial<LabelledMessage> & Pick<LabelledMessage, 'intent'>,
  understood: Partial<Understood> & Pick<Understood, 'intent'>,
  ranked: readonly string[] = [],
  ms = 1,
): EvaluatedMessage {
  return {
    message: { text: 'as typed', ...message },
    understood: {
      bestIntent: understood.intent === 'out_of_scope' ? 'faq' : understood.intent,
      score: 0.5,
      passages: ranked.map((id, at) => ({ id, score: 1 / (at + 2) })),
      offered: [],
      openQuestion: false,
      ...understood,
    },
    ms,
  };
}

const sell = { intent: 'faq', passage: 'share.no_sell', also: ['share.third_parties'] } as const;
const cookie = { intent: 'faq', passage: 'cookies.what' } as const;

/** Ten messages whose measures can be counted by hand. */
const TEN: EvaluatedMessage[] = [
  // Four faq: right; right by `also`; third in rank and not offered; rejected.
  evaluated(sell, { intent: 'faq', offered: ['share.no_sell'] }, ['share.no_sell'], 1),
  evaluated(sell, { intent: 'faq', offered: ['share.third_parties'] }, ['share.third_parties'], 2),
  evaluated(
    cookie,
    { intent: 'faq', offered: ['share.no_sell', 'share.third_parties'] },
    ['share.no_sell', 'share.third_parties', 'cookies.what'],
    3,
  ),
  evaluated(cookie, { intent: 'out_of_scope' }, ['cookies.what'], 4),
  // Three others in scope: right; taken for another; rejected, though the best intent was right.
  evaluated({ intent: 'yes' }, { intent: 'yes' }, [], 5),
  evaluated({ intent: 'update_data' }, { intent: 'unsubscribe' }, [], 6),
  evaluated({ intent: 'no' }, { intent: 'out_of_scope', bestIntent: 'no' }, [], 7),
  // Three out of scope: rejected; answered with a passage; taken for an intent.
  evaluated({ intent: 'out_of_scope' }, { intent: 'out_of_scope' }, [], 8),
  evaluated({ intent: 'out_of_scope' }, { intent: 'faq', offered: ['cookies.what'] }, [], 9),
  evaluated({ intent: 'out_of_scope' }, { intent: 'unsubscribe' }, [], 10),
];

describe('measures', () => {
  test.each([
    ['n', 10],
    ['intentAccuracy', 6 / 7],
    ['overallAccuracy', 5 / 10],
    ['passageTop1', 3 / 4],
    ['passageTop3', 4 / 4],
    ['wrongPassageRate', 1 / 4],
    ['oosRecall', 1 / 3],
    ['oosPrecision', 1 / 3],
    ['falseRejectRate', 2 / 7],
    ['oosAnsweredRate', 1 / 3],
    ['p50Ms', 5],
    ['p99Ms', 10],
  ] as const)('%s is %d', (name, value) => {
    expect(measure(TEN)[name]).toBeCloseTo(value, 12);
  });

  test('are 0 where nothing can be counted', () => {
    expect(new Set(Object.values(measure([])))).toEqual(new Set([0]));
  });

  test('one right passage among the offered is not wrong', () => {
    const choice = evaluated(sell, {
      intent: 'faq',
      offered: ['cookies.what', 'share.third_parties'],
    });
    expect(measure([choice]).wrongPassageRate).toBe(0);
  });

  test('confusions are counted, most frequent first', () => {
    const twice = [...TEN, evaluated({ intent: 'update_data' }, { intent: 'unsubscribe' })];
    expect(confusions(twice)[0]).toEqual({
      expected: 'update_data',
      understood: 'unsubscribe',
      count: 2,
    });
    expect(confusions(twice)).toHaveLength(5);
  });
});

describe('lines of an evaluation file', () => {
  test('a line with all fields', () => {
    const line = JSON.stringify({ text: 'u sell data?', ...sell });
    expect(parseLabelledMessage(line, PASSAGES)).toEqual({ text: 'u sell data?', ...sell });
  });

  test.each([
    ['{"text": "hi"', /not JSON/],
    ['["hi"]', /not a JSON object/],
    ['null', /not a JSON object/],
    ['{"intent": "yes"}', /"text"/],
    ['{"text": 5, "intent": "yes"}', /"text"/],
    ['{"text": "hi", "intent": "hello"}', /intent "hello" is unknown/],
    ['{"text": "hi"}', /intent undefined is unknown/],
    ['{"text": "hi", "intent": "open_question"}', /intent "open_question" is unknown/],
    ['{"text": "hi", "intent": "faq"}', /needs a "passage"/],
    ['{"text": "hi", "intent": "faq", "passage": "share.all"}', /passage "share.all" is unknown/],
    ['{"text": "hi", "intent": "faq", "passage": 7}', /passage 7 is unknown/],
    ['{"text": "hi", "intent": "faq", "passage": "cookies.what", "also": "x"}', /"also"/],
    ['{"text": "hi", "intent": "faq", "passage": "cookies.what", "also": ["x"]}', /"x" is unknown/],
  ])('%s is refused', (line, reason) => {
    expect(() => parseLabelledMessage(line, PASSAGES)).toThrow(reason);
  });
});
