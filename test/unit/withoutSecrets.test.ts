import { withoutSecrets, type Speaker } from '../../services/handoffs/secrets';

const H = '••••••';
const shown = (text: string, codeIsOut = false, speaker: Speaker = 'customer') =>
  withoutSecrets(text, speaker, codeIsOut);

describe('what is hidden of a customer’s words', () => {
  test.each([
    ['123456 aaya hai', `${H} aaya hai`],
    ['mera OTP 482913 hai bhai', `mera OTP ${H} hai bhai`],
    ['OTP mila: 482 913', `OTP mila: ${H}`],
    ['I received 482913 from Comantra', `I received ${H} from Comantra`],
    ['482913!!! finally arrived', `${H}!!! finally arrived`],
    ['code 4 8 2 - 9 1 3', `code ${H}`],
    ['kod: 482913, PD-AB12-CD34', `kod: ${H}, PD-AB12-CD34`],
    ['PIN is 48 29 13', `PIN is ${H}`],
    ['my pin: 4-8-2-9-1-3', `my pin: ${H}`],
    ['4️⃣8️⃣2️⃣9️⃣1️⃣3️⃣', H],
    ['४८२९१३', H],
    ['482\u200b913', H],
    ['it is 4, 8, 2, 9, 1, 3', `it is ${H}`],
    ['the digits are four eight two nine one three', `the digits are ${H}`],
    ['OTP482913', `OTP${H}`],
    ['482913 482914', `${H} ${H}`],
    ['482913 or else 482914', `${H} or else ${H}`],
    [
      'I have looked everywhere and 482913 is the code that came by mail',
      `I have looked everywhere and ${H} is the code that came by mail`,
    ],
    [
      'The code that your people have mailed to me is 482913 as I see it here',
      `The code that your people have mailed to me is ${H} as I see it here`,
    ],
    [
      'It says PD-7KQ4-M2XA and then on the next line below that 482913',
      `It says PD-7KQ4-M2XA and then on the next line below that ${H}`,
    ],
  ])('%s', (said, hidden) => {
    expect(shown(said)).toBe(hidden);
    expect(shown(shown(said))).toBe(hidden);
  });

  test.each([
    '14 Park Street, Kolkata 700016',
    'I live in 700016 Kolkata',
    'Kolkata, PIN 700016',
    'Flat 4, 221 Ballygunge Road, Golpark, PIN code: 700 029',
    'My postcode is 560001.',
    '560001 is my postcode',
    'I moved to 700091',
    'Order 482913 never came',
    'You charged Rs. 482913!',
    'Call +91 98765 43210',
    'PD-1234-56AB',
    'My customer number is AB482913',
    'born 12-03-85',
    'I wrote to you on 12.03.2026 and on 14.03.2026 about it',
    'Please look at 482913 in your books, since nobody else could find it',
  ])('nothing of: %s', (said) => {
    expect(shown(said)).toBe(said);
  });

  test('while a code is on its way: every six digits that are no postcode', () => {
    const said = 'Well then I would say that the thing reads 482913 if I am not mistaken';
    expect(shown(said)).toBe(said);
    expect(shown(said, true)).toBe(said.replace('482913', H));
    const address = 'Please write to me at 14 Park Street, Kolkata 700016 from now on';
    expect(shown(address, true)).toBe(address);
    expect(shown('I was born on 12-03-85 in a small town near the sea', true)).toContain(H);
  });
});

describe('what is hidden of the desk’s words', () => {
  test.each<[Speaker, string, string]>([
    ['bot', 'Your PIN is **123456**.', `Your PIN is **${H}**.`],
    ['agent', 'Your PIN is 48 29 13', `Your PIN is ${H}`],
    ['agent', 'The code: 4 8 2 - 9 1 3', `The code: ${H}`],
    ['agent', 'OTP 482913', `OTP ${H}`],
    ['bot', 'We send it to 14 Park Street, Kolkata 700016', ''],
    ['agent', 'Is 700016 right?', ''],
    ['bot', 'The postal code 700016 stands on your record.', ''],
    ['bot', 'I have sent a code. It works for 10 minutes; 5 tries are left.', ''],
  ])('of the %s: %s', (speaker, said, hidden) => {
    expect(shown(said, true, speaker)).toBe(hidden === '' ? said : hidden);
  });
});

test('a long text of digits is looked at in no time', () => {
  for (const piece of ['1 ', '123456 ', '12-', '1, ', 'one ', 'PIN ', '4️⃣']) {
    const began = performance.now();
    shown(piece.repeat(8000 / piece.length), true);
    expect(performance.now() - began).toBeLessThan(2000);
  }
});

describe('a code on its way', () => {
  test.each([
    'my OTP is 482913 and postcode is 700016',
    'the code is 482913 Delhi',
    '482913 Kolkata',
    'code: 482913 India',
    '482913, my zip is 700016',
    'I moved: 482913',
    'I tried 2 times in main 482913',
  ])('is hidden from the agent, whatever is written beside it: %s', (text) => {
    expect(shown(text, true)).not.toContain('482913');
  });

  test('leaves a whole address readable', () => {
    expect(shown('14 Park Street, Kolkata 700016', true)).toBe('14 Park Street, Kolkata 700016');
  });
});

test.each([
  'it is 9.30-5.30',
  '2024-25',
  'I paid 125000',
  '482913 is my order number',
  'booking 482913',
  'my pin code is 768201',
  'Dist. Cachar 788001',
])('no code on its way: ordinary numbers are shown: %s', (text) => {
  expect(shown(text)).toBe(text);
});
