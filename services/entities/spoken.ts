const DIGITS: ReadonlyMap<string, string> = new Map([
  ...'zero one two three four five six seven eight nine'
    .split(' ')
    .map((word, digit) => [word, String(digit)] as const),
  ...['oh', 'o', 'nought', 'naught'].map((word) => [word, '0'] as const),
]);
const DIGIT = `(?:${[...DIGITS.keys()].join('|')})`;
const TIMES = '(?:double|triple|treble)';
/** At least eight digits told as words, some of them doubled. */
const SPOKEN_NUMBER = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:plus[ ,.-]{1,3})?(?:(?:${TIMES} )?(?:${DIGIT}|\d)(?![\p{L}\p{N}])[ ,.-]{0,3}){7,20}`,
  'giu',
);
const A_WORD = new RegExp(String.raw`(${TIMES}) (${DIGIT}|\d)|(${DIGIT})`, 'gi');

/** A text with telephone numbers told digit by digit ("nine eight double three …") in digits. */
const withSpokenNumbers = (text: string): string =>
  text.replace(SPOKEN_NUMBER, (words: string) => {
    if (!/\p{L}{3}/u.test(words)) return words;
    const digits = words.replace(
      A_WORD,
      (_whole, times: string | undefined, many: string | undefined, one: string | undefined) => {
        const digit = DIGITS.get((many ?? one ?? '').toLowerCase()) ?? many ?? '';
        if (times === undefined) return digit;
        return digit.repeat(times.toLowerCase() === 'double' ? 2 : 3);
      },
    );
    const plus = /^plus/i.test(words) ? '+' : '';
    const end = /[ ,.-]*$/.exec(words)?.[0] ?? '';
    return plus + digits.replace(/\D/g, '') + end;
  });

const AT = String.raw`(?: ?[[({<] ?at ?[\])}>] ?| ?@ ?(?:the )?rate (?:of )?| at(?: the)? rate (?:of )?| @ ?|@ | at )`;
const DOT = String.raw`(?: ?[[({<] ?dot ?[\])}>] ?| dot )`;
const SIGN = String.raw`(?:${DOT}| (?:underscore|under score|dash|hyphen|minus) | _ ?|_ )`;
const TOP = 'com|in|org|net|edu|gov|info|biz|uk|us|ie|au|ca|de|fr|eu|me|io|co';
const DOMAIN = String.raw`[\p{L}\p{N}-]{2,40}(?:(?:${DOT}|\.)[\p{L}\p{N}-]{1,20}){0,2}(?:${DOT}|\.)(?:${TOP})(?![\p{L}\p{N}@])`;
const PART = String.raw`[\p{L}\p{N}._%+-]{1,40}`;
const SPOKEN_EMAIL = new RegExp(
  String.raw`(?<![\p{L}\p{N}@._-])((?:(?:(?!i )\p{L}|\d{1,4}) ){0,4}${PART}(?:${SIGN}${PART}){0,4}(?: \d{1,4}){0,2})(${AT})(${DOMAIN})`,
  'giu',
);
/** Mailboxes that anybody has; "at the rate" and a bracket say as much of others. */
const KNOWN =
  /^(?:gmail|g mail|googlemail|yahoo|ymail|rocketmail|hotmail|outlook|live|msn|rediffmail|rediff|icloud|aol|proton|protonmail|zoho|btinternet|mail|gmx|example)\b/i;
const PLAIN_AT = /^ at $/i;
/** Words that stand before "at" and are no name of a mailbox. */
const NO_MAILBOX =
  /^(?:me|us|it|is|be|him|her|them|you|i|mail|e-?mail|id|address|account|reach|write|contact|on|to|now|here|work|home|am|are|was|were|shop|look|looked|bought|ordered|order|saw|this|that|my|the)$/i;
/** What stands before a mailbox, so that none of its words is lost. */
const LEADS =
  /(?:^|[^\p{L}\p{N}\s]|(?<!\p{L})(?:is|are|to|id|e-?mail|mail|note|at|on|use|using|as|now|new|with|by|address|addr|be|was|hai|add|update|set|put|into|from|not|of|and|or|has|me|my|that's|its|it's|called|type|typed|save|old|correct|right))\s?$/iu;
/** After these a mailbox is meant, wherever it is kept. */
const CALLED =
  /(?<!\p{L})(?:e-?mail|mail|id)(?: (?:id|address|is|to|now|at|as|hai|new))*[\s:=-]*$/iu;
const LOOK_BACK = 40;

/** A text with e-mail addresses told in words ("r k iyer 52 at gmail dot com") as they are written. */
const withSpokenEmails = (text: string): string =>
  text.replace(
    SPOKEN_EMAIL,
    (words: string, local: string, at: string, domain: string, index: number) => {
      const before = text.slice(Math.max(0, index - LOOK_BACK), index);
      const isOne = !PLAIN_AT.test(at) || KNOWN.test(domain) || CALLED.test(before);
      return isOne && LEADS.test(before) && !NO_MAILBOX.test(local.trim())
        ? `${written(local)}@${written(domain)}`
        : words;
    },
  );

const written = (told: string): string =>
  told
    .replace(new RegExp(DOT, 'gi'), '.')
    .replace(/ (?:underscore|under score) | _ ?|_ /gi, '_')
    .replace(/ (?:dash|hyphen|minus) /gi, '-')
    .replace(/ /g, '');

/** A text with what was told in words instead of signs (dictated numbers and e-mail addresses) as it is written. */
export const withSpokenWritten = (text: string): string =>
  withSpokenNumbers(/\b(?:dot|at|rate)\b| @|@ /i.test(text) ? withSpokenEmails(text) : text);
