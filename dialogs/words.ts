import type { Activity } from 'botbuilder';

const INVISIBLE = /[\p{Cf}\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** A message's words without what cannot be seen; empty when there are none. */
export const wordsOf = (activity: Activity): string =>
  ((activity as { text?: unknown }).text?.toString() ?? '')
    .replace(/\r?\n|\t/g, '\u{E000}')
    .replace(INVISIBLE, '')
    .replaceAll('\u{E000}', '\n')
    .trim();
