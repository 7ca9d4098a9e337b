import { isBareThanks } from '../../services/inbound/thanks';
import { cpuMilliseconds } from '../support/cpuTime';

describe('chatwoot#10178: a bare "thanks" asks for nothing', () => {
  test.each([
    '',
    ' \n ',
    'thanks',
    'Thanks!',
    'Thank you so much Anita!! 🙏',
    'THANK YOU',
    'thank you very much for your quick reply.',
    'Thanks a lot for the help and support, sir',
    'Many thanks for letting me know.',
    'ok got it, thanks',
    'ok',
    'Okay 👍',
    'perfect',
    'Great, that answers my question. Thanks!',
    'My issue is resolved now. Thank you team.',
    'dhanyavaad',
    'bahut dhanyavaad ji',
    'shukriya',
    'धन्यवाद',
    'ধন্যবাদ',
    '👍',
    '🙏🏽🙏🏽',
    'Dear Anita,\n\nThank you.\n\nBest regards,\nRavi Kumar',
    'Thanks!\nRavi',
    'Thanks, Ms. Sen',
    'Noted with thanks.',
    'Thank you.\n\nSent from my iPhone',
    'Thanks\n\n-- \nRavi Kumar\nKolkata',
    'Thanks!\n\nOn Mon, 1 Jun 2026 at 10:00, Desk <desk@comantra.test> wrote:\n> Is that all?',
    'I really appreciate your help. Have a nice day!',
    'That’s great, thanks',
    'No problem, thank you',
  ])('nothing but thanks: %j', (text) => {
    expect(isBareThanks(text)).toBe(true);
  });

  test.each([
    'thanks, but why did it happen',
    'ok and my other account?',
    'no thanks, that does not answer it',
    'Thanks?',
    'Thanks in advance',
    'Thanks for nothing',
    'Thank you. Please call me.',
    'Thanks, Please Call',
    'Thanks, Delete',
    'Thanks\nStop',
    'Thanks. It happened again.',
    'ok will you help me',
    'yes',
    'Yes, thanks',
    'Anita',
    'Regarding my account',
    'not good',
    'That is not fine',
    'this is not clear, thanks',
    'thanks for your reply but I still get calls',
    'Thanks. My number is 98300 12345',
    'Ok. When',
    'धन्यवाद, पर मेरा खाता',
    'क्यों',
    '😡',
    '👎',
    '.',
    'Thanks! 2 more calls today',
    `thanks ${'thanks '.repeat(100)}`,
  ])('asks for something, or may: %j', (text) => {
    expect(isBareThanks(text)).toBe(false);
  });

  test('long texts are decided at once', () => {
    const time = cpuMilliseconds(() => {
      isBareThanks('thanks '.repeat(30_000));
      isBareThanks('very '.repeat(79));
      isBareThanks(`thanks for your ${'very '.repeat(75)}`);
    });
    expect(time).toBeLessThan(10_000);
  });
});
