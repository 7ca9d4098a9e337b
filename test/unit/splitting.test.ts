import { piecesOf, withoutLead } from '../../services/understanding/splitting';
import type { Understanding } from '../../services/understanding/types';
import { understandingOfSmallWorld } from '../support/smallWorld';

let small: Understanding;

beforeAll(async () => {
  small = await understandingOfSmallWorld();
});

describe('pieces', () => {
  test.each([
    ['What is a cookie? Do you sell my data?', ['What is a cookie?', 'Do you sell my data?']],
    ['do you sell data and is it safe', ['do you sell data', 'and is it safe']],
    ['I was hacked, by the way how fast are you', ['I was hacked', 'by the way how fast are you']],
    ['stop the calls and tell me why', ['stop the calls', 'and tell me why']],
    ['what is it - who does it', ['what is it', 'who does it']],
    ['first line\nsecond line', ['first line', 'second line']],
    ['is it safe plus is it free', ['is it safe', 'plus is it free']],
    ['Would you tell e.g. the police?', ['Would you tell e.g. the police?']],
    ['my data and my photos and files', ['my data and my photos and files']],
    ['If we move, can I change it myself?', ['If we move, can I change it myself?']],
    ['When you pass it on, do they sign?', ['When you pass it on, do they sign?']],
    ['Hypothetically, if it leaks, who pays?', ['Hypothetically, if it leaks, who pays?']],
    ['When do you delete it, and who does it?', ['When do you delete it', 'and who does it?']],
    ['If only. What is a cookie?', ['If only.', 'What is a cookie?']],
    ['?!', []],
  ])('%j', (text, pieces) => {
    expect(piecesOf(text)).toEqual(pieces);
  });

  test('are never more than six, and none of the words is lost', () => {
    const text = 'Is it so? '.repeat(20).trim();
    const pieces = piecesOf(text);
    expect(pieces).toHaveLength(6);
    expect(pieces.join(' ')).toBe(text);
  });

  test.each([
    ['and also who does it', 'who does it'],
    ['By the way, how fast are you', 'how fast are you'],
    ['also', 'also'],
  ])('what leads to a question is left out: %s', (piece, bare) => {
    expect(withoutLead(piece)).toBe(bare);
  });
});

describe('two things in one message', () => {
  test.each([
    ['What is a cookie? Do you sell my data?', 'cookies.what', 'share.no_sell'],
    ['do you sell my data and is your website encrypted', 'share.no_sell', 'secure.ssl'],
    ['is your website encrypted - what is a cookie', 'secure.ssl', 'cookies.what'],
    ['Hello! What is a cookie? Also, do you sell my data? Thanks', 'cookies.what', 'share.no_sell'],
  ])('%s', async (text, first, second) => {
    const { intent, offered, alsoAsked } = await small.understand(text);
    expect([intent, offered[0], alsoAsked?.offered[0]]).toEqual(['faq', first, second]);
  });

  test.each([
    [
      'Somebody got into my account last night. Do you sell my data?',
      'report_security',
      'share.no_sell',
    ],
    ['Is your website encrypted? Somebody hacked my account.', 'report_security', 'secure.ssl'],
    ['take me off the newsletter and tell me what is a cookie', 'unsubscribe', 'cookies.what'],
    [
      'I want to talk to a person. By the way, is your website encrypted?',
      'talk_to_agent',
      'secure.ssl',
    ],
  ])('what is bid comes first: %s', async (text, intent, second) => {
    const understood = await small.understand(text);
    expect([understood.intent, understood.alsoAsked?.offered[0]]).toEqual([intent, second]);
  });
});

describe('one thing', () => {
  test.each([
    [
      'a report in sentences',
      'A stranger called me. He had my card number. Money was taken from my card last night.',
      'report_security',
    ],
    [
      'a report with reproaches',
      'Someone hacked my account! How can you let a stranger on my computer? Money was taken from my card.',
      'report_security',
    ],
    [
      'an address with full stops',
      'I moved to a new house. Please update my address to Flat 4, B.K. Road. Thanks.',
      'update_data',
    ],
    ['civilities', 'Hello. What is a cookie? Thank you', 'faq'],
    ['the same twice', 'Do you sell my data? Is my information sold?', 'faq'],
    ['what lies outside beside a question', 'I bought a laptop here. Do you sell my data?', 'faq'],
    ['words joined', 'do you sell my data and my details', 'faq'],
  ])('%s', async (_what, text, intent) => {
    const understood = await small.understand(text);
    expect(understood.intent).toBe(intent);
    expect(understood.alsoAsked).toBeUndefined();
  });
});

test('a long message of questions takes no longer than six of them', async () => {
  let judged = 0;
  const text = 'Is it so that you do it like that? '.repeat(300);
  for (const piece of piecesOf(text)) judged += piece.length;
  expect(judged).toBeLessThanOrEqual(1000);
  expect((await small.understand(text)).alsoAsked).toBeUndefined();
});
