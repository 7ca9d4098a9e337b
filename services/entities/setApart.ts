import { sentencesOf, type ChangeText } from './changeText';

const CARD =
  /(?<!\b(?:sim|aadhaa?r|pan|id|identity|gift|graphics|memory|business|report|visiting|sd|loyalty|library|voter|ration) ?)\b(?:cc|cards?)\b|\bpayment (?:method|details|information)\b/i;
const NEW_CARD =
  /\b(?:chang\w*|chng\w*|updat\w*|edit|modify|replac\w*|renew\w*|new|expir\w*|different|another|add|remove|delete|wrong|lost|stolen|blocked|switch\w*|swap|old)\b/i;
const USER_NAME =
  /\b(?:chang\w*|chng\w*|updat\w*|edit|modify|renam\w*|new|different|another|alter|amend|correct|wrong)\b[^.!?;\n,]{0,30}\b(?:user ?-?(?:name|id)|log ?-?in (?:name|id)|screen ?name)\b|\b(?:user ?-?(?:name|id)|log ?-?in (?:name|id)) (?:(?:is|has|should|to|must) (?:wrong|changed|be|been)|changed?|to)\b/i;

/** What is wanted and never changed here. */
export interface SetApart {
  /** A payment card is to be changed, which no chat does. */
  readonly card: boolean;
  /** The user name is to be changed, which the desk never does. */
  readonly userName: boolean;
}

export const setApart = ({ hidden, hasCardMask }: ChangeText): SetApart => ({
  card:
    hasCardMask || sentencesOf(hidden).some(({ text }) => CARD.test(text) && NEW_CARD.test(text)),
  userName: USER_NAME.test(hidden),
});
