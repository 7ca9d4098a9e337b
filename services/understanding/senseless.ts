import type { NormalText } from './normalise';

/** Only the beginning of a message is looked at; code and gibberish do not wait. */
const LOOKED_AT_FOR_CODE = 300;

const SQL =
  /^\W*(?:select\b.{1,200}\bfrom \w+ ?(?:;|$|where\b.{1,60}[=<>])|(?:drop|alter|truncate|create) (?:table|database|schema|view)\b|insert into \w|delete from \w+ ?(?:;|where\b.{1,60}[=<>])|update \w+ set \w+ ?=|union (?:all )?select\b)/;
const INJECTED =
  /(?:'|"|\d)\s{0,3}(?:or|and) '?1'? ?= ?'?1|'; ?--|;\s?drop table\b|\bunion select\b/;
const CODE =
  /^\W{0,4}(?:[{[] ?\{? ?["']\w{1,30}["'] ?[:,]|<\/?(?:script|img|html|div|iframe|svg|body|\?php|!doctype)\b|function ?\w* ?\(|console\.log|print\(|def \w+ ?\(|class \w+ ?\{|#include|import \w+(?: from|;|$)|for ?\((?:int|let|var|const|auto) |(?:const|let|var) \w+ ?=|public static|rm -|curl -|curl https?:|wget |git (?:push|pull|commit|clone)\b|npm (?:i|install|run)\b|sudo |chmod |traceback \(|\.\.\/|\w{1,30}exception(?: at|:| in)\b)/;
const ENCODED = /^(?:%[0-9a-f]{2}|\\x[0-9a-f]{2}|&#\d)/;

/** Marks that stand in code and hardly in a sentence. */
const CODE_MARKS = /[{}<>;=$\\|&^~[\]`]/g;
const MOST_CODE_MARKS = 0.2;
const SHORTEST_CODE = 8;

/** From such a length on a single word that is no address is no word. */
const LONGEST_WORD = 45;
const SHORTEST_ENCODED = 16;

const MOST_GIBBERISH_WORDS = 6;
const KEYBOARD_ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop', 'yxcvbnm', 'azertyuiop'];
const SHORTEST_WALK = 4;
const VOWEL = /[aeiouy]/;
const SHORTEST_WITHOUT_VOWEL = 6;

/** Whether a message is code, an encoded text, addresses of pages only, or keys struck at random. */
export function isSenseless(text: NormalText): boolean {
  const { raw, words } = text;
  if (words.length === 0) return !text.otherScript && !/\p{L}/u.test(raw);
  if (words.every((word) => word === 'xurl')) return true;
  const start = raw.slice(0, LOOKED_AT_FOR_CODE);
  return isCode(start) || isEncoded(raw) || isGibberish(start);
}

function isCode(text: string): boolean {
  if ([SQL, INJECTED, CODE, ENCODED].some((pattern) => pattern.test(text))) return true;
  const bare = text.replace(/\s/g, '');
  const marks = text.match(CODE_MARKS)?.length ?? 0;
  // An address between angle brackets is how mail programs write it.
  return (
    bare.length >= SHORTEST_CODE && !text.includes('@') && marks > MOST_CODE_MARKS * bare.length
  );
}

/** One run of letters and digits too long for a word. */
function isEncoded(text: string): boolean {
  if (!/^[a-z\d+/=_-]+$/.test(text) || text.startsWith('pd-')) return false;
  if (text.length > LONGEST_WORD) return !text.includes('-');
  if (text.length < SHORTEST_ENCODED) return false;
  return text.endsWith('=') || /^(?=[a-z+/]*\d)(?=[\d+/]*[a-z])[a-z\d+/]{24,}$/.test(text);
}

function isGibberish(text: string): boolean {
  const words = text.split(/[^\p{L}]+/u).filter((word) => word !== '');
  if (words.length === 0 || words.length > MOST_GIBBERISH_WORDS) return false;
  if (words.join('').length === 1) return !/\d/.test(text);
  return words.every((word) => isWalk(word) || isOneLetter(word) || hasNoVowel(word));
}

/** Neighbours on a keyboard, one after the other: asdfgh, qwerty, lkjh. */
function isWalk(word: string): boolean {
  if (word.length < SHORTEST_WALK) return false;
  for (let at = 1; at < word.length; at += 1)
    if (!areNeighbours(word.charAt(at - 1), word.charAt(at))) return false;
  return true;
}

const areNeighbours = (one: string, other: string): boolean =>
  KEYBOARD_ROWS.some((row) => row.includes(one + other) || row.includes(other + one));

/** The same letter over and over, as far as it was kept. */
const isOneLetter = (word: string): boolean => word.length > 1 && new Set(word).size === 1;

const hasNoVowel = (word: string): boolean =>
  word.length >= SHORTEST_WITHOUT_VOWEL && /^[a-z]+$/.test(word) && !VOWEL.test(word);
