import {
  asWish,
  askedAfter,
  bent,
  bidsIt,
  corrected,
  dependence,
  halfness,
  inManner,
  pullOf,
} from '../../services/understanding/context';
import { evaluateContexts } from '../../services/understanding/contextsEvaluation';
import { normalise } from '../../services/understanding/normalise';
import type { Asked, Understanding, Understood } from '../../services/understanding/types';
import { SMALL_POLICY, understandingOfSmallWorld } from '../support/smallWorld';

let small: Understanding;

beforeAll(async () => {
  small = await understandingOfSmallWorld();
});

const asked = (plain: string, ...passages: string[]): Asked => ({ plain, passages, intent: 'faq' });
const SELLING = asked('do you sell my data', 'share.no_sell');

describe('how much a message is half of one', () => {
  test.each([
    'and who else?',
    'why',
    'for how long?',
    'what about my card?',
    'even then?',
    'who puts them there',
    'and if he says yes',
    'is that also true for e-mails',
  ])('%s: half', (text) => {
    expect(halfness(normalise(text))).toBeGreaterThanOrEqual(0.5);
  });

  test.each([
    'do you sell my personal data to advertisers',
    'somebody has hacked my account and ordered things',
    'please change my telephone number to 98300 12345',
    'which cookies does comantra use on the website',
  ])('%s: whole', (text) => {
    expect(halfness(normalise(text))).toBe(0);
  });

  test('being sure counts only where the words carry some matter', () => {
    const sure = new Map([['share.no_sell', 0.95]]);
    const unsure = new Map([['share.no_sell', 0.3]]);
    const depends = (text: string, alone: Map<string, number>): number =>
      dependence(normalise(text), alone);
    const said = 'and sell account details then';
    expect(depends(said, sure)).toBeLessThan(depends(said, unsure));
    expect(depends('and when?', sure)).toBe(depends('and when?', unsure));
  });
});

describe('bending', () => {
  const even = new Map(
    ['share.no_sell', 'share.legal', 'cookies.what', 'yes', 'out_of_scope', 'child_user'].map(
      (label) => [label, 1 / 6],
    ),
  );
  const pull = pullOf(SELLING, { asks: true, corrects: false }, SMALL_POLICY);
  const best = (of: ReadonlyMap<string, number>, ...labels: string[]): string[] =>
    labels.sort((a, b) => (of.get(b) ?? 0) - (of.get(a) ?? 0));

  test('a message that does not depend stays as it is', () => {
    expect(bent(even, new Map([['share.legal', 1]]), 0, pull)).toEqual(even);
  });

  test('draws to the section that was shown, and away from what lies outside', () => {
    const whole = bent(even, even, 1, pull);
    expect(best(whole, 'out_of_scope', 'cookies.what', 'share.legal')).toEqual([
      'share.legal',
      'cookies.what',
      'out_of_scope',
    ]);
  });

  test('a question is no answer', () => {
    expect(inManner(even, { asks: true, corrects: false }).get('yes')).toBe(0);
    expect(inManner(even, { asks: false, corrects: false })).toEqual(even);
  });

  test('sums to one', () => {
    const sum = [...bent(even, even, 0.6, pull).values()].reduce((a, b) => a + b, 0);
    expect(sum).toBeCloseTo(1);
  });

  test('what was shown and set right is less likely', () => {
    const right = pullOf(SELLING, { asks: true, corrects: true }, SMALL_POLICY);
    const whole = bent(even, even, 1, right);
    expect(best(whole, 'share.no_sell', 'share.legal')[0]).toBe('share.legal');
  });
});

describe('corrections', () => {
  test.each([
    ['not the newsletter, I meant the cookies policy', 'the cookies policy'],
    ['no no, I asked what IS a cookie', 'what IS a cookie'],
    ['Not contractors. I was asking about courts and judges', 'courts and judges'],
    ['sorry, I mean who puts them there', 'who puts them there'],
  ])('%s', (text, rest) => {
    expect(corrected(text)).toBe(rest);
  });

  test.each(['do you sell my data', 'no', 'nothing of that, thanks', 'I want it changed'])(
    'none: %s',
    (text) => {
      expect(corrected(text)).toBeUndefined();
    },
  );
});

describe('bidding', () => {
  test.each([
    'ok then do it please',
    'do that',
    'go ahead',
    'please do it for me',
    'yes do it now',
  ])('%s', (text) => {
    expect(bidsIt(normalise(text))).toBe(true);
  });

  test.each(['do you sell it', 'do it yourself you fools', 'get me a person', 'what do I do'])(
    'none: %s',
    (text) => {
      expect(bidsIt(normalise(text))).toBe(false);
    },
  );

  test.each([
    ['how do i stop the newsletter', 'please stop the newsletter now'],
    ['can i leave the list whenever i want', 'please leave the list now'],
    ['is there a way to change my address', 'please change my address now'],
  ])('the wish behind: %s', (plain, wish) => {
    expect(asWish(asked(plain))).toBe(wish);
  });
});

describe('what is remembered', () => {
  const understood = (changes: Partial<Understood>): Understood => ({
    ...{ intent: 'faq', bestIntent: 'faq', score: 1, passages: [], offered: [] },
    ...{ openQuestion: false, ...changes },
  });
  const after = (text: string, changes: Partial<Understood>): Asked | undefined =>
    askedAfter(SELLING, normalise(text), understood(changes));

  test('a question with what was shown', () => {
    expect(after('What is a cookie?', { offered: ['cookies.what'] })).toEqual(
      asked('what is a cookie', 'cookies.what'),
    );
  });

  test('a sequel together with what it went on with', () => {
    expect(after('and rent it?', { offered: ['share.no_sell'], inContext: true })?.plain).toBe(
      'do you sell my data and rent it',
    );
  });

  test.each(['thanks', 'greeting', 'yes', 'no'] as const)('%s leaves it', (intent) => {
    expect(after('…', { intent })).toBe(SELLING);
  });

  test.each(['goodbye', 'cancel', 'child_user'] as const)('%s ends it', (intent) => {
    expect(after('…', { intent })).toBeUndefined();
  });

  test('of two things the second', () => {
    const alsoAsked = understood({ offered: ['secure.ssl'] });
    expect(after('both', { offered: ['cookies.what'], alsoAsked })?.passages).toEqual([
      'secure.ssl',
    ]);
  });

  test('never more than 200 characters', () => {
    expect(after('cookie '.repeat(100), {})?.plain.length).toBeLessThanOrEqual(200);
  });
});

describe('a small world', () => {
  test.each([
    [SELLING, 'and rent them?', 'share.no_sell'],
    [
      asked('who do you share my data with', 'share.third_parties'),
      'and with a court?',
      'share.legal',
    ],
    [asked('what is a cookie', 'cookies.what'), 'and who puts them there?', 'cookies.third_party'],
    [SELLING, 'no, I meant what is a cookie', 'cookies.what'],
    [SELLING, 'what is a cookie', 'cookies.what'],
    [asked('what is a cookie', 'cookies.what'), 'do you sell my data', 'share.no_sell'],
  ])('after %j: %s is %s', async (before, text, passage) => {
    const { intent, offered } = await small.understand(text, before);
    expect([intent, offered[0]]).toEqual(['faq', passage]);
  });

  test.each([
    [
      asked('can i stop the newsletter later', 'newsletter.optout'),
      'ok then do it please',
      'unsubscribe',
    ],
    [SELLING, 'somebody hacked my account', 'report_security'],
    [SELLING, 'go ahead', 'yes'],
    [SELLING, 'thanks', 'thanks'],
    [SELLING, 'my printer does not print', 'out_of_scope'],
    [SELLING, 'i am 11', 'child_user'],
  ])('after %j: %s is %s', async (before, text, intent) => {
    expect((await small.understand(text, before)).intent).toBe(intent);
  });

  test('a message that stands on its own is read as if nothing had been before', async () => {
    for (const text of [
      'is your website encrypted with ssl encryption',
      'someone hacked my account and took money today',
    ])
      expect(await small.understand(text, SELLING)).toEqual(await small.understand(text));
  });

  test('“why not?” after an answer is a question, and an agreement where nothing was asked', async () => {
    expect((await small.understand('why not?')).intent).toBe('yes');
    expect((await small.understand('why not?', SELLING)).intent).not.toBe('yes');
  });
});

describe('measuring conversations', () => {
  const line = (turns: string[], expect: unknown[]): string => JSON.stringify({ turns, expect });
  const faq = (passage: string): object => ({ intent: 'faq', passage });
  const ids = new Set(SMALL_POLICY.keys());

  test('each turn is read in the light of the last, and counts by itself', async () => {
    const file = [
      line(
        ['what is a cookie', 'and who puts them there?'],
        [faq('cookies.what'), faq('cookies.third_party')],
      ),
      line(['is your website encrypted'], [faq('cookies.what')]),
      line(
        ['what is a cookie? and do you sell my data?'],
        [[faq('share.no_sell'), faq('cookies.what')]],
      ),
    ].join('\n');
    const { lines, measures } = await evaluateContexts(file, ids, small);
    expect(measures).toEqual({ turns: 4, rightTurns: 3, turnAccuracy: 0.75 });
    expect(lines).toEqual(['cookies.what as secure.ssl: is your website encrypted']);
  });

  test('one thing too many, or too few, is wrong', async () => {
    const file = [
      line(['what is a cookie? and do you sell my data?'], [faq('cookies.what')]),
      line(['what is a cookie'], [[faq('cookies.what'), faq('share.no_sell')]]),
    ].join('\n');
    expect((await evaluateContexts(file, ids, small)).measures.rightTurns).toBe(0);
  });

  test.each([
    ['no JSON', '{'],
    ['lists of two lengths', line(['one', 'two'], [faq('cookies.what')])],
    ['a passage that is none', line(['one'], [faq('cookies.taste')])],
  ])('names the line of a fault: %s', async (_what, bad) => {
    const good = line(['what is a cookie'], [faq('cookies.what')]);
    await expect(evaluateContexts(`${good}\n${bad}`, ids, small)).rejects.toThrow(/^Line 2: /);
  });
});
