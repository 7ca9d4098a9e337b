import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { lexiconIntent } from '../../services/understanding/lexicon';
import { normalise } from '../../services/understanding/normalise';

const UTTERANCES = path.join(__dirname, '../../knowledge/utterances');

const read = (text: string): string | undefined => lexiconIntent(normalise(text));

describe('short messages that are phrases of the lexicon', () => {
  test.each([
    // One phrase, however it is typed
    ['YESSSSS!!!', 'yes'],
    ['okkkk', 'yes'],
    ['hellooooo', 'greeting'],
    ['thx u', 'thanks'],
    ['thnx', 'thanks'],
    ['Gud mrng', 'greeting'],
    ["that's correct", 'yes'],
    ['its correct', 'yes'],
    ["i don't want it", 'no'],
    ["don't do it", 'cancel'],
    ['\u{1F44D}\u{1F3FD}', 'yes'],
    ['\u{1F44D}\u{1F44D}\u{1F44D}', 'yes'],
    ['✅', 'yes'],
    ['❌', 'no'],
    ['❤️', 'thanks'],
    // Hindi and other Indian languages
    ['haan bhai', 'yes'],
    ['thik hai', 'yes'],
    ['theek hai ji', 'yes'],
    ['kar do', 'yes'],
    ['nahi yaar', 'no'],
    ['bilkul nahi', 'no'],
    ['rehne do bhai', 'cancel'],
    ['bahut bahut dhanyavaad', 'thanks'],
    ['shukriya ji', 'thanks'],
    ['namaste ji', 'greeting'],
    ['phir milenge', 'goodbye'],
    ['ठीक है', 'yes'],
    ['जी नहीं', 'no'],
    // Polite tails and sighs
    ['yes please sir', 'yes'],
    ['no madam', 'no'],
    ['oh no, sorry', 'no'],
    ['cancel it please dear', 'cancel'],
    ['thanks mate', 'thanks'],
    ['bye team', 'goodbye'],
    ['hmm ok then', 'yes'],
    // Several phrases
    ['yes yes', 'yes'],
    ['ok thanks bye', 'goodbye'],
    ['hi good morning', 'greeting'],
    ['hello sir, how are you?', 'greeting'],
    ['no no leave it', 'cancel'],
    ['yes, cancel it', 'cancel'],
    ['okk done', 'yes'],
    ['great thanks!!', 'thanks'],
    ["cool, that's all", 'goodbye'],
    ["no that's all, bye", 'goodbye'],
    ['no thanks', 'no'],
    ['no thank you, nothing else', 'no'],
    ["No thanks, don't send it", 'no'],
    ['ok no', 'no'],
    ['yes thank you, go ahead', 'yes'],
    ['nice, thank you', 'thanks'],
    ['right, bye', 'goodbye'],
    ['\u{1F44D}\u{1F64F}', 'thanks'],
    ['thanks \u{1F60A}', 'thanks'],
    // What thanks are for
    ['thanks for your help', 'thanks'],
    ['thank you so much for all your quick help today', 'thanks'],
    ['thanx for that', 'thanks'],
  ])('%s: %s', (text, intent) => {
    expect(read(text)).toBe(intent);
  });

  test.each([
    'yes no',
    'yes and no',
    "no don't cancel",
    'do not cancel',
    'please do not stop',
    'nothing wrong',
    'that is all wrong',
    'no later',
    'yes morning',
    'right now',
    'not good enough',
    'ok but why',
    'thanks for nothing',
    'thanks for selling my data',
    'no problem',
    'i see',
    'nice',
    'sir',
    'please',
    'hmm',
    'good morning, do you sell my data',
    'stop calling me',
    'cancel my newsletter',
    'yes my number is wrong',
    'bye law',
    'hello kitty',
    'ok google',
    'reset please',
    '__proto__',
    'constructor',
    'hasOwnProperty toString',
    'y'.repeat(100) + ' es',
    'yes '.repeat(100),
    '',
  ])('says something else or nothing sure: %.40s', (text) => {
    expect(read(text)).toBeUndefined();
  });
});

test.each(readdirSync(UTTERANCES))('agrees with %s wherever it reads an utterance', (file) => {
  const label = path.basename(file, '.txt');
  const lines = readFileSync(path.join(UTTERANCES, file), 'utf8').split('\n');
  const wrong = lines
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .filter((line) => ![undefined, label].includes(read(line)));
  expect(wrong).toEqual([]);
});
