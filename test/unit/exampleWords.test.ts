import { exampleWords, holdsValues, LONGEST_EXAMPLE } from '../../services/exampleWords';

describe('what of a question may be an example', () => {
  test.each([
    ['a plain question, as it is', 'do you sell my data?', 'do you sell my data?'],
    ['a question in lines, in one', ' who sees\n my  files\r\n', 'who sees my files'],
    ['no card', 'is 4111 1111 1111 1111 safe with you', 'is … safe with you'],
    ['no mask of a card', 'is •••• •••• •••• 1111 safe with you', 'is … safe with you'],
    ['no telephone number', 'who has my no. +91 98300-12345 now', 'who has my no. +… now'],
    ['no digits of another script', 'who has ९८३००१२३४५ now', 'who has … now'],
    ['no digits with nothing between them', 'who has 98\u200b300123\u200b45 now', 'who has … now'],
    ['no PIN', 'does anybody else know 4321', 'does anybody else know …'],
    ['small numbers', 'do you keep it for 10 days or 24/7', 'do you keep it for 10 days or 24/7'],
    ['no mailbox', 'who reads priya.sen@example.org then', 'who reads … then'],
    ['no broken mailbox either', 'who reads priya@localhost then', 'who reads … then'],
    ['no link', 'is https://x.example/?u=7 yours', 'is … yours'],
    ['no case reference', 'who reads PD-7KQ4-M2XA there', 'who reads there'],
    ['no name', 'this is Priya Sen, who reads my chat', 'this is …, who reads my chat'],
    [
      'no address',
      'I live at 14 Park Street, Kolkata 700016, do couriers know',
      'I live at …, do couriers know',
    ],
    [
      'no address in lines',
      'my new address is 8 Lake Terrace\nKolkata 700029. who can see it?',
      'my new address is …. who can see it?',
    ],
    ['no comment', '# who sees it', 'who sees it'],
    ['no gap at its beginning', '98300 12345, who has it', 'who has it'],
  ])('%s', (_what, text, expected) => {
    expect(exampleWords(text)).toBe(expected);
  });

  test.each([
    ['nothing', ''],
    ['a number and no more', '98300 12345'],
    ['one word', 'cookies?'],
    ['a story', 'and then '.repeat(LONGEST_EXAMPLE / 9 + 1)],
    ['a mailbox told in words', 'who reads ravi at gmail dot com then'],
  ])('is none of %s', (_what, text) => {
    expect(exampleWords(text)).toBeUndefined();
  });

  test.each([
    ['six digits', 'my code 123456', true],
    ['six digits in groups', 'my code 12 34 56', true],
    ['six digits of another script', 'my code १२३४५६', true],
    ['a mailbox', 'write to a@b', true],
    ['an address', 'I live at 14 Park Street, Kolkata', true],
    ['a year', 'since 2019', false],
    ['nothing of the sort', 'do you sell my data', false],
  ])('words with %s', (_what, words, expected) => {
    expect(holdsValues(words)).toBe(expected);
  });
});
