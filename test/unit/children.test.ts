import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { whoseAge } from '../../services/understanding/children';
import { normalise } from '../../services/understanding/normalise';

const UTTERANCES = path.join(__dirname, '../../knowledge/utterances');
const OF_OTHERS = readdirSync(UTTERANCES).filter((file) => file !== 'child_user.txt');

const isChild = (text: string): boolean => whoseAge(normalise(text)) === 'writing child';

describe('a writer who is under 13', () => {
  test.each([
    "I'm under 13",
    'im under thirteen',
    'I am below 13 years',
    "I'm younger than 13",
    'i am less than 12 years old',
    'I am not 13 yet',
    "I'm not yet thirteen",
    'i am not even 13',
    "I'm in 5th grade",
    'i am in fifth class',
    'i am in class 6',
    'I am in 6th standard and want an account',
    'im in the fourth grade',
    "I'm a 5th grader",
    'i am a student of class five',
    'I am in std 4',
    'i am in grade 3',
    "i'm in year 5 at school",
    'I study in class 6',
    'i am still in primary school',
    'I go to elementary school',
    'i am a girl of 11',
    "I'm a boy, 12 years",
    'I am a little kid, 8 years old',
    'me and my friend are both 12',
    'we are both 10 years old',
    'Age: 11',
    'age 10',
    'my age 9',
    'my 12th birthday is next month',
    'My 13th birthday is next week, can I join?',
    'today is my 10th birthday',
    "it's my eleventh birthday",
    'meri umar 11 saal hai',
    'meri age 10 hai',
    'main 9 saal ka hu',
    'mai das saal ki hoon',
    'main class 5 mein padhta hoon',
    'im 12y',
    "I'm 12, am I allowed to chat here?",
    'turning 11 next month, do I need a parent',
    'im 12 lol',
    'not yet thirteen',
    'I am in year 5 and my mum is cooking',
    '5th grader here',
  ])('%s', (text) => {
    expect(isChild(text)).toBe(true);
  });
});

describe('no child writes', () => {
  test.each([
    'I need a class 6 cable',
    'i am in need of a class 6 cable',
    'I am a class 6 teacher',
    'I am in class 6 teacher training',
    'I am in class 10',
    'i am in 9th grade',
    'I am in first class on the train',
    'i am in my first year',
    'I am in year 2 of my degree',
    'I am a third year student',
    'I am under 18',
    'i am not 60 yet',
    'I am under 13 tonnes of work',
    'my son is in 5th grade',
    'my daughter is under 13',
    'my son says I am in 5th grade like him',
    'what happens if I am under 13',
    'do you think i am under 13',
    'how do you treat me when i am not yet 13',
    'On my 10th birthday I got a laptop',
    'my 12th birthday was in 1980',
    'my 50th birthday is next month',
    "my daughter's 12th birthday is next month",
    'my 13th birthday was lovely',
    'meri beti ki umar 11 saal hai',
    'mera beta 9 saal ka hai',
    'main 10 saal se customer hu',
    'meri umar 45 saal hai',
    'we are 12 people in the office',
    'me and my friend are both 21',
    'I go to school to fetch my class 5 pupils',
    'I teach in primary school',
    'I am in primary school administration',
    'I was born in 2016',
    'the age is 12 in your form',
    'age 34',
    'I am a boy scout leader of 12 years',
    'I am a student of 20',
    'I am under five years of contract',
    "explain it like I'm five",
    'I have 11 years of experience',
    'I am in year 5 and my contract ends',
    '',
  ])('%s', (text) => {
    expect(isChild(text)).toBe(false);
  });

  test.each(OF_OTHERS)('the utterances of %s', (file) => {
    const lines = readFileSync(path.join(UTTERANCES, file), 'utf8').split('\n');
    expect(lines.filter((line) => !line.startsWith('#') && isChild(line))).toEqual([]);
  });
});
