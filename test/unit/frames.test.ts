import { withoutFrame } from '../../services/understanding/frames';

const bare = (text: string): string => withoutFrame(text.split(' ')).join(' ');

describe('what frames a question is left out', () => {
  test.each([
    ['tell me who can see it', 'who can see it'],
    ['first tell me who can see it', 'who can see it'],
    ['can you please tell me what you do with cookies', 'what you do with cookies'],
    ['hi sir i want to know if you sell my data', 'you sell my data'],
    ['do you know whether my card is safe', 'my card is safe'],
    ['i was wondering how long you need', 'how long you need'],
    ['quick question is my number private', 'is my number private'],
  ])('%s', (framed, question) => {
    expect(bare(framed)).toBe(question);
  });
});

describe('what is more than a frame stays', () => {
  test.each([
    'tell me a joke',
    'i want to know',
    'tell me who',
    'do you know my password',
    'who can see it',
    'i need to know the price of a laptop',
    'let me know my case status',
  ])('%s', (text) => {
    expect(bare(text)).toBe(text);
  });
});
