import { consentIn, takesBack } from '../../dialogs/people/consent';
import { wantsTheBot } from '../../dialogs/people/held';
import { isBeyondTheDesk, soundsAngry } from '../../services/personNeeded';

describe('anger', () => {
  test.each([
    'this is useless',
    'you don’t understand me at all',
    'that is not what I asked',
    'what a waste of my time',
    'stop repeating the same thing',
    'I AM TALKING TO A WALL HERE!',
    'wtf',
    'I am fed up with this bot',
    'bakwas service',
  ])('is heard in: %s', (text) => {
    expect(soundsAngry(text)).toBe(true);
  });

  test.each([
    'do you sell my data?',
    'OK THANKS',
    'MY USER NAME IS ASHA.RAO',
    'hello there',
    'I want to report a breach of my account',
    'please use less of my data',
    'the worst that can happen is that I lose the thesis',
  ])('is not heard in: %s', (text) => {
    expect(soundsAngry(text)).toBe(false);
  });
});

describe('what only a person may decide', () => {
  test.each([
    'I want a refund',
    'give me my money back',
    'my lawyer will write to you',
    'I will sue you',
    'can I get a discount',
    'cancel my subscription',
  ])('is: %s', (text) => {
    expect(isBeyondTheDesk(text)).toBe(true);
  });

  test.each(['who sees my data', 'how is my data stored', 'stop the newsletter'])(
    'is not: %s',
    (text) => {
      expect(isBeyondTheDesk(text)).toBe(false);
    },
  );
});

describe('an answer to the question for a consent', () => {
  test.each([
    ['I agree', 'given'],
    ['Yes, I agree', 'given'],
    ['agreed', 'given'],
    // They may answer something else that the person asked.
    ['yes', undefined],
    ['ok go ahead', undefined],
    ['I do not agree', 'refused'],
    ['no', 'refused'],
    ['I don’t agree', 'refused'],
    ['never', 'refused'],
    ['yes but only the printer', undefined],
    ['okay, why?', undefined],
    ['what will you see', undefined],
    ['I agree if you tell me who you are', undefined],
    ['not yet', undefined],
    ['no problem, I agree', 'given'],
    ['I agree with my wife that this is a scam', undefined],
    ['I agree that took too long', undefined],
    ['I agree to report you', undefined],
    ['I consent to nothing', undefined],
    ['ok I agree to nothing', undefined],
    ['I accept no liability', undefined],
    ['the printer is broken', undefined],
  ] as const)('%s: %s', (text, answer) => {
    expect(consentIn(text)).toBe(answer);
  });

  test.each([
    'Stop the remote session',
    'stop',
    'STOP!',
    'stop it now',
    'please end the session',
    'get out of my computer',
    'I want to withdraw my consent',
    'disconnect teamviewer',
    'I don’t want this',
  ])('is taken back by: %s', (text) => {
    expect(takesBack(text)).toBe(true);
  });

  test.each(['ok', 'the printer stopped working', 'when do you finish', 'go on', 'thank you'])(
    'is not taken back by: %s',
    (text) => {
      expect(takesBack(text)).toBe(false);
    },
  );
});

describe('a wish to go on with the bot', () => {
  test.each(['I want the bot back', 'bot please', 'back to the bot', 'end the talk'])(
    'is in: %s',
    (text) => {
      expect(wantsTheBot(text)).toBe(true);
    },
  );

  test.each([
    'I told the bot my address already',
    'the bot did not understand me',
    'stop',
    'do not give me back to the bot',
    'no bot please',
    'I want no bot',
    'bot?',
    'can I have the machine back',
  ])('is not in: %s', (text) => {
    expect(wantsTheBot(text)).toBe(false);
  });
});
