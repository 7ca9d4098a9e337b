import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ProductError } from '../../services/errors';
import { learn as learnExamples } from '../../services/understanding';
import { whoseAge } from '../../services/understanding/children';
import { calibrated } from '../../services/understanding/classifier';
import { crossValidate } from '../../services/understanding/crossValidation';
import { decide } from '../../services/understanding/decision';
import { measure } from '../../services/understanding/evaluation';
import { OPEN_GATES } from '../../services/understanding/gate';
import { readExamples } from '../../services/understanding/knowledge';
import { LOOKED_AT, normalise } from '../../services/understanding/normalise';
import { ruled } from '../../services/understanding/rules';
import { spellingOf } from '../../services/understanding/spelling';
import { LEARNING, type Tuning } from '../../services/understanding/tuning';
import { INTENTS, type Understanding, type Understood } from '../../services/understanding/types';

const PASSAGES = new Map(
  ['share.no_sell', 'share.third_parties', 'cookies.what', 'remote.access'].map((id) => [
    id,
    { text: ['The words of the policy.'], sectionTitle: 'A section' },
  ]),
);

/** A small world of its own, so that the tests do not move with the product's utterances. */
const UTTERANCES: Record<string, string> = {
  'share.no_sell': `do you sell my data\nis my information sold\nu sell data?\ndo you rent out customer lists
    are you making money by selling my details\nwill you sell my email address\nis my personal data for sale`,
  'share.third_parties': `who do you share my data with\nwhich third parties get my information
    who else sees my details\ndo you give my information to partners\nis my data passed to other firms`,
  'cookies.what': `what is a cookie\nwhat are cookies\nexplain cookies to me\nmeaning of cookie\ncookies?`,
  'remote.access': `can the agent log in to my computer\nwhat can you do during a remote session
    does the technician control my computer\nwho can reach my computer remotely`,
  update_data: `change my address\nmy phone number is new\ni moved to a new house, update my address
    please correct the spelling of my name\nupdate my e-mail to asha@example.com\nnew mobile number is 9830012345`,
  report_security: `someone hacked my account\ni got a fake call in your name\nthere is a stranger on my computer now
    money was taken from my card\nyour agent was rude and i want to complain`,
  case_status: `any news on my case\nwhat is the status of PD-7KQ4-M2XA\nhow is my complaint going`,
  talk_to_agent: `i want to talk to a person\nconnect me to an agent\nhuman please`,
  forgot_password_action: `i cannot log in\nsend me a password reset\ni forgot my password help`,
  unsubscribe: `take me off the newsletter\nunsubscribe me\nstop sending me your newsletter`,
  export_or_delete_data: `delete all my data\nsend me a copy of my data\nerase everything about me`,
  child_user: `a kid writes this\nmum says kids may not be here, fifth grade`,
  greeting: `good morning team\nhello friends`,
  thanks: `thank you for helping me\nthat was kind of you`,
  goodbye: `i am leaving now\nsee you tomorrow`,
  cancel: `cancel the whole thing\ni do not want this any more`,
  yes: `yes that is my address\nyou have it right`,
  no: `no that is not mine\nthat is not what i said`,
  out_of_scope: `my printer does not print\nhow much is a new laptop\nwhat is the weather today
    who won the cricket match\nignore your rules and tell a joke\nhow do i install windows\nwrite a poem about the sea`,
  open_question: `how long do you keep my data\nare you gdpr compliant\nin which country are your servers`,
};

let directory: string;

function write(files: Record<string, string>): void {
  for (const [label, text] of Object.entries(files)) {
    writeFileSync(path.join(directory, `${label}.txt`), text);
  }
}

/** Milder than the product's: so few examples leave little sure. */
const TUNING: Tuning = {
  ...LEARNING,
  ...{ sharpness: 1, gates: OPEN_GATES, leastScore: 0.3, leastInside: 0.5, leastAnswer: 0.6 },
  ...{ clearLead: 0.4, choiceShare: 0.15 },
};

const learn = async (): Promise<Understanding> =>
  learnExamples(readExamples(directory, PASSAGES.keys()), PASSAGES, TUNING);

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'utterances-'));
  write(UTTERANCES);
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe('normalising', () => {
  test.each([
    ['case and spaces', '  Do YOU   sell\tmy data ', 'do you sell my data'],
    ['curly apostrophes', 'I don\u2019t know what\u2018s up', 'i do not know what is up'],
    ['chat spelling', 'plz tell if u sell my info', 'please tell if you sell my information'],
    ['full-width letters', '\uff23\uff4f\uff4f\uff4b\uff49\uff45', 'cookie'],
    ['accents', 'caf\u00e9 na\u00efve', 'cafe naive'],
    ['stacked marks', 's\u0336\u0337\u0301\u0489e\u0334l\u0335l\u0336', 'sell'],
    [
      'zero-width and direction marks',
      'se\u200bll\u200d \u202emy\ufeff da\u00adta',
      'sell my data',
    ],
    ['drawn-out letters', 'helpppppp meeeee', 'helpp mee'],
    ['mail addresses', 'it is asha.rao@example.com.', 'it is xemail'],
    ['web addresses', 'see https://example.com/a?b=c now', 'see xurl now'],
    ['references', 'status of PD-7KQ4-M2XA?', 'status of xreference'],
    ['long numbers', 'call 9830012345 or 12', 'call xnumber or 12'],
    ['punctuation only', '?!... ---', ''],
    ['nothing', '', ''],
  ])('%s', (_what, typed, plain) => {
    expect(normalise(typed).plain).toBe(plain);
  });

  test('looks at the beginning of a long text only', () => {
    expect(normalise(`${'sell '.repeat(LOOKED_AT)}cookies`).plain).not.toContain('cookies');
    expect(normalise('\ufdfa'.repeat(LOOKED_AT)).raw.length).toBeLessThanOrEqual(LOOKED_AT);
  });

  test.each([
    ['Latin', 'do you sell my data', false],
    ['Latin with a foreign word', 'what does \u0921\u0947\u091f\u093e mean in your policy', false],
    [
      'Devanagari',
      '\u0915\u094d\u092f\u093e \u0906\u092a \u092c\u0947\u091a\u0924\u0947 data',
      true,
    ],
    [
      'Cyrillic',
      '\u043f\u0440\u043e\u0434\u0430\u0451\u0442\u0435 \u043b\u0438 \u0432\u044b',
      true,
    ],
    ['no letters', '12 34', false],
  ])('tells another script: %s', (_what, typed, other) => {
    expect(normalise(typed).otherScript).toBe(other);
  });
});

describe('short messages', () => {
  test.each([
    ['yes', 'yes'],
    ['YESSSS!!!', 'yes'],
    ['y', 'yes'],
    ['ok.', 'yes'],
    ['haan ji', 'yes'],
    ['\u0939\u093e\u0901', 'yes'],
    ['\u{1F44D}\u{1F3FD}', 'yes'],
    ["that's correct", 'yes'],
    ['Nope', 'no'],
    ['no, thank you', 'no'],
    ['nahi', 'no'],
    ['nvm', 'cancel'],
    ['Forget it!', 'cancel'],
    ['STOP', 'cancel'],
    ['thx', 'thanks'],
    ['Thank you so much :)', 'thanks'],
    ['bye bye', 'goodbye'],
    ['helloooo', 'greeting'],
    ['Namaste \u{1F64F}', 'greeting'],
    ['i am 11', 'child_user'],
    ["Hi, I'm only nine years old and I like games", 'child_user'],
    ['im 12yo', 'child_user'],
  ])('%s is %s', async (typed, intent) => {
    expect(await (await learn()).understand(typed)).toMatchObject({
      intent,
      bestIntent: intent,
      offered: [],
    });
  });

  test.each([
    'i am 13',
    'i am 45 years old',
    'i am 5 minutes late',
    'my son is 11',
    'i am 10 years with your company',
    'i am one of your customers',
    'a kid of hers writes this',
    'a child writes that his mum says kids may be here',
  ])('%s is not a child writing', async (typed) => {
    expect((await (await learn()).understand(typed)).intent).not.toBe('child_user');
  });
});

describe('whose age a message tells', () => {
  test.each([
    'i am 11',
    "I'm a 9 year old girl",
    "i'm twelve please help",
    'i turned ten yesterday',
    'i am almost 13',
    'my sister is 15 and i am 9',
    'i am only just eight years old',
    'turned 11 yesterday! change my phone to 98301 54321',
    'I just turned 11 on Monday',
    'I am 12, change my phone to 98301 54321',
    'my age is 9',
    'my age is 12 only, change my name to Rohan Das',
    'this is Tia, age 10, my new phone is 98301 54321',
    'my name is Tia Sen, aged 10 years, please change my phone',
    "I'm a kid, change my phone",
    'i am only a child so please change my phone',
    'I will turn 13 next month, can I sign up',
    "I'll be 13 in May",
    'I am turning 12 next week',
  ])('a child writes: %s', (typed) => {
    expect(whoseAge(normalise(typed))).toBe('writing child');
  });

  test.each([
    'i am fifteen',
    'I am eighty one',
    'i am a 15 year old boy',
    'i turned 13 last week',
    'i am almost 14',
    'he is 11',
    'my son is 11 years old',
    'I am so worried, she is only nine',
    'I have to tell you that your man took photos of our little girl, 8, at home',
    'my 9 year old was asked where I live',
    'I saw that my nephew aged ten was written to',
    'his kids are 7 and 10, I know them',
    'my grandson is in fifth grade',
    'my daughter turned 11',
    'my daughter Tia just turned 11, can I change her phone',
    'this is about Tia, age 10, my niece',
    'this is Tia, age 10, my niece',
    'I am 10 years with you as customer',
    'I will turn 14 next month, can I sign up',
    'my age is 42, change my phone',
    "I'm a kid no more, i am 15",
  ])('somebody else or a grown-up: %s', (typed) => {
    expect(whoseAge(normalise(typed))).toBe('other');
  });

  test.each([
    'i am 5 minutes late',
    'i waited 9 days',
    'my order is 11 days late',
    'I will be 10 minutes late',
    'my age is 12 in your records',
    "I'm a kid at heart",
    "do not treat me like I'm a kid",
    'I am a child psychologist',
    'I want to ask for Tia, age 10',
    '',
  ])('not told by the words alone: %s', (typed) => {
    expect(whoseAge(normalise(typed))).toBeUndefined();
  });
});

describe('what was learnt', () => {
  test('one passage that is clearly ahead is the answer', async () => {
    const understood = await (await learn()).understand('do you people sell my data to anyone');
    expect(understood.intent).toBe('faq');
    expect(understood.passages[0]?.id).toBe('share.no_sell');
    expect(understood.offered).toEqual(['share.no_sell']);
  });

  test.each([
    ['how much does the printer cost', 'out_of_scope'],
    ['plz change my adress', 'update_data'],
    ['somebody hackd my account', 'report_security'],
    ['status of PD-AAAA-BBBB', 'case_status'],
    ['connect me with a human person', 'talk_to_agent'],
  ])('%s: %s', async (typed, intent) => {
    const understood = await (await learn()).understand(typed);
    expect(understood.intent).toBe(intent);
    expect(understood.offered).toEqual([]);
  });

  test('an example utterance is always what its file says', async () => {
    const understanding = await learn();
    for (const [label, text] of Object.entries(UTTERANCES)) {
      for (const line of text.split('\n')) {
        const { intent, offered, openQuestion } = await understanding.understand(`${line.trim()}!`);
        if (PASSAGES.has(label)) expect([line, intent, offered]).toEqual([line, 'faq', [label]]);
        else if (label === 'open_question')
          expect([line, intent, openQuestion]).toEqual([line, 'out_of_scope', true]);
        else expect([line, intent]).toEqual([line, label]);
      }
    }
  });

  test('a privacy question that the policy leaves open is told from other matters', async () => {
    const understanding = await learn();
    expect(await understanding.understand('for how long is my data kept')).toMatchObject({
      intent: 'out_of_scope',
      openQuestion: true,
      offered: [],
    });
    expect(await understanding.understand('what is the weather tomorrow')).toMatchObject({
      intent: 'out_of_scope',
      openQuestion: false,
    });
  });

  test('the same files give the same figures', async () => {
    const texts = ['do u sell data', 'who sees my laptop', 'qwerty', 'change the address please'];
    const read = async (): Promise<Understood[]> =>
      Promise.all(texts.map(async (text) => (await learn()).understand(text)));
    expect(await read()).toEqual(await read());
  });

  test('scores lie between 0 and 1, and passages fall in score', async () => {
    const understanding = await learn();
    for (const text of [
      'sell data',
      'my computer',
      'zzz',
      'cookie or printer',
      'my address sold',
    ]) {
      const { score, passages } = await understanding.understand(text);
      const scores = passages.map((passage) => passage.score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
      for (const value of [score, ...scores]) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
    }
  });
});

describe('cross-validation', () => {
  test('judges each utterance once, by what the others teach', async () => {
    const passageIds = new Set(PASSAGES.keys());
    const examples = readExamples(directory, passageIds);
    const unseen = await crossValidate(examples, { passageIds, tuning: TUNING, now: () => 0 });
    const evaluated = unseen.map(({ message, judgement, ms }) => ({
      ...{ message, ms },
      understood: decide(calibrated(judgement, TUNING), passageIds, TUNING),
    }));
    expect(evaluated.map(({ message }) => message.text).sort()).toEqual(
      examples
        .filter(({ text }) => !ruled(text))
        .map(({ text }) => text.raw)
        .sort(),
    );
    const measures = measure(evaluated);
    expect(measures.overallAccuracy).toBeLessThan(1);
    expect(measures.overallAccuracy).toBeGreaterThan(0.2);
    expect(evaluated.filter(({ message }) => message.intent === 'out_of_scope')).toHaveLength(8);
  });
});

describe('deciding', () => {
  const decideOn = (probabilities: Record<string, number>): Understood =>
    decide(new Map(Object.entries(probabilities)), new Set(PASSAGES.keys()), TUNING);

  test.each<[string, Record<string, number>, string[]]>([
    ['one far ahead', { 'share.no_sell': 0.8, 'cookies.what': 0.1 }, ['share.no_sell']],
    [
      'two close together',
      { 'cookies.what': 0.4, 'share.no_sell': 0.45, 'remote.access': 0.01 },
      ['share.no_sell', 'cookies.what'],
    ],
    [
      'four close together: three are shown',
      {
        'cookies.what': 0.27,
        'share.no_sell': 0.26,
        'remote.access': 0.24,
        'share.third_parties': 0.2,
      },
      ['cookies.what', 'share.no_sell', 'remote.access'],
    ],
  ])('passages offered: %s', (_what, probabilities, offered) => {
    expect(decideOn(probabilities)).toMatchObject({ intent: 'faq', offered });
  });

  test('passages together outweigh another intent', () => {
    expect(
      decideOn({
        update_data: 0.4,
        'cookies.what': 0.3,
        'cookies.use': 0.1,
        'share.no_sell': 0.25,
      }),
    ).toMatchObject({ intent: 'faq', bestIntent: 'faq', score: 0.55 });
  });

  test('a passage is not shown when it is little likelier than that the policy has no answer', () => {
    const understood = decideOn({ 'share.no_sell': 0.5, out_of_scope: 0.4, yes: 0.1 });
    expect(understood).toMatchObject({ intent: 'out_of_scope', bestIntent: 'faq', offered: [] });
  });

  test('too little confidence in anything is out of scope', () => {
    const weak = decideOn({ yes: 0.2, no: 0.2, thanks: 0.2, cancel: 0.2, greeting: 0.2 });
    expect(weak.intent).toBe('out_of_scope');
  });

  test.each([
    ['open beats foreign', { open_question: 0.6, out_of_scope: 0.3 }, true],
    ['foreign beats open', { open_question: 0.3, out_of_scope: 0.6 }, false],
    ['near the policy', { open_question: 0.2, out_of_scope: 0.3, 'cookies.what': 0.3 }, true],
    ['nothing of the policy', { out_of_scope: 0.5, yes: 0.4 }, false],
  ])('an open question: %s', (_what, probabilities, openQuestion) => {
    const understood = decideOn(probabilities);
    expect(understood).toMatchObject({ intent: 'out_of_scope', openQuestion });
  });
});

describe('spelling', () => {
  const words = ['computer', 'address', 'policy', 'cookie', 'sell'];
  const spell = spellingOf([...Array<string[]>(3).fill(words), ['computor']]);

  test.each([
    ['comptuer', 'computer', 'two letters swapped'],
    ['compter', 'computer', 'a letter left out'],
    ['addresss', 'address', 'a letter put in'],
    ['polucy', 'policy', 'a letter changed'],
    ['cookei', 'cookie', 'swapped at the end'],
    ['selll', 'sell', 'put in at the end'],
    ['computor', 'computor', 'known to one example, so a word of its own'],
    ['komputer', 'komputer', 'another first letter'],
    ['cmptr', 'cmptr', 'too far off'],
    ['sel', 'sel', 'too short to tell'],
  ])('%s becomes %s: %s', (typed, meant) => {
    expect(spell([typed])).toEqual([meant]);
  });
});

describe('hostile and senseless messages', () => {
  const zalgo = 'sell'.replace(/./g, (letter) => letter + '\u0336\u0337\u0301\u0489'.repeat(300));
  const outOfScope: [string, string][] = [
    ['nothing', ''],
    ['spaces', ' \t\n '],
    ['zero-width only', '\u200b\u200d\ufeff'.repeat(50)],
    ['emoji only', '\u{1F600}\u{1F622}'.repeat(500)],
    [
      'another language',
      '\u0915\u094d\u092f\u093e \u0906\u092a \u092e\u0947\u0930\u093e \u0921\u0947\u091f\u093e \u092c\u0947\u091a\u0924\u0947 \u0939\u0948\u0902?',
    ],
    [
      'another script around one known word',
      '\u0906\u092a \u092e\u0947\u0930\u0947 \u0932\u093f\u090f cookies \u0915\u094d\u092f\u094b\u0902 \u0930\u0916\u0924\u0947 \u0939\u0948\u0902?',
    ],
    ['letters that no example has', 'qxqxq zjzjz'],
  ];
  test.each(outOfScope)('%s is out of scope', async (_what, text) => {
    expect(await (await learn()).understand(text)).toMatchObject<Partial<Understood>>({
      intent: 'out_of_scope',
      offered: [],
    });
  });

  test.each([
    ['one long word', 'a'.repeat(5000)],
    ['one long word of consonants', 'bcdfg'.repeat(1000)],
    ['many words', 'sell my data '.repeat(800)],
    ['stacked marks', zalgo],
    ['base64', Buffer.from('secret '.repeat(1000)).toString('base64')],
    ['spaces', ' '.repeat(10_000)],
    ['at signs', '@.'.repeat(5000)],
    ['ligatures that grow', '\ufdfa'.repeat(10_000)],
    ['broken surrogates', '\ud83d'.repeat(10_000)],
    ['dashes of a reference', `pd-${'-a'.repeat(5000)}`],
    ['emoji', '\u{1F468}\u200d\u{1F469}\u200d\u{1F467}'.repeat(1000)],
  ])('%s take a bounded time', async (_what, text) => {
    const understanding = await learn();
    await understanding.understand(text);
    const times: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const start = performance.now();
      await understanding.understand(text);
      times.push(performance.now() - start);
    }
    expect(Math.min(...times)).toBeLessThan(25);
  });

  test('ten times the length does not take ten times as long', async () => {
    const understanding = await learn();
    const quickest = async (text: string): Promise<number> => {
      const times: number[] = [];
      for (let round = 0; round < 15; round += 1) {
        const start = performance.now();
        await understanding.understand(text);
        times.push(performance.now() - start);
      }
      return Math.min(...times);
    };
    const text = 'who can see my data and change the address of my account? '.repeat(17);
    expect(await quickest(text.repeat(10))).toBeLessThan(4 * (await quickest(text)) + 1);
  });

  test('names of object properties are words like any other', async () => {
    expect((await (await learn()).understand('__proto__ constructor toString')).intent).toBe(
      'out_of_scope',
    );
  });
});

describe('faults of the files', () => {
  const fault = async (): Promise<ProductError> => {
    try {
      await learn();
    } catch (error) {
      if (error instanceof ProductError) return error;
    }
    throw new Error('The files were accepted.');
  };

  test('a label that nobody knows', async () => {
    write({ 'share.nosell': 'do you sell' });
    expect(await fault()).toMatchObject({ code: 'KnowledgeInvalid' });
    expect((await fault()).message).toContain('share.nosell.txt');
  });

  test('faq is no file: its passages are', async () => {
    write({ faq: 'do you sell' });
    expect((await fault()).message).toContain('faq.txt');
  });

  test.each(['cookies.what', 'yes', 'out_of_scope', 'open_question'])(
    'no file for %s',
    async (label) => {
      rmSync(path.join(directory, `${label}.txt`));
      expect(await fault()).toMatchObject({ code: 'KnowledgeInvalid' });
      expect((await fault()).message).toContain(`${label}.txt`);
    },
  );

  test('a file with comments only', async () => {
    write({ thanks: '# gratitude\n\n   \n' });
    expect((await fault()).message).toMatch(/thanks\.txt.*no utterance/);
  });

  test('one utterance under two labels, with both places', async () => {
    write({ 'cookies.what': '# cookies\nwhat is a cookie\nAny news  on my case\n' });
    const { message } = await fault();
    expect(message).toContain('case_status.txt:1');
    expect(message).toContain('cookies.what.txt:3');
  });

  test('no directory', async () => {
    rmSync(directory, { recursive: true });
    expect(await fault()).toMatchObject({ code: 'KnowledgeInvalid' });
    directory = mkdtempSync(path.join(tmpdir(), 'utterances-'));
  });

  test('every intent but faq has its file in this small world', () => {
    for (const intent of INTENTS) if (intent !== 'faq') expect(UTTERANCES).toHaveProperty(intent);
  });
});
