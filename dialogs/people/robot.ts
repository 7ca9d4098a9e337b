import type { TurnContext } from 'botbuilder';
import type { Desk } from '../desk';
import { aboutItself as words } from '../wording/talk';
import { tellPosition } from './asking';
import { offerPerson } from './hearing';

const LEAD = String.raw`^\W*(?:(?:hi|hello|hey|ok|okay|k|nice|cool|great|good|fine|wow|lol|haha|thanks|thank you|sorry|please|wait|hold on|hmm+|um+|oh|ah|so|and|but|just|first|well|btw|by the way|seriously|honestly|sir|madam|bro|bhai|just curious|quick question|one question|may i ask|can i ask|i want to know|i wonder|tell me|be honest|there|if)\W+)*`;
const TAIL = String.raw`(?:\W+(?:please|or what|or not|then|now|here|right now|actually|really|right|correct|no|yes|aren'?t you|are you|isn'?t it|thanks|sir|madam|bro|bhai|lol|answering|typing|replying|writing|talking|i am talking to|i'm talking to))*\W*$`;
const BEING = String.raw`(?:(?:just|only|really|actually|even|still|some|a|an|the|any|all|kind of|sort of|real|actual|live|true|human|ai|automated|automatic|computer|chat|virtual|online) ?)*(?:bots?|chat-?bot|robots?|machines?|computer|programs?|software|ai|a\.i\.?|artificial intelligence|chat ?gpt|gpt|assistant|automated(?: (?:reply|answer|message|chat))?|automatic|humans?|human being|person|persons|people|man|woman|lady|guy|real|alive|living|someone real|somebody real)`;
const EITHER = String.raw`${BEING}(?:\W+or\W+(?:am i (?:talking|speaking|chatting) (?:to|with) )?${BEING})?`;
const TALKING = String.raw`(?:talking|speaking|chatting|writing|texting|typing)(?: (?:to|with))`;

/** The whole message: many a sentence speaks of persons or computers. */
const ASKS = new RegExp(
  String.raw`${LEAD}(?:` +
    [
      String.raw`(?:are|r|is|aren'?t) (?:you|u|ya) ${EITHER}`,
      String.raw`(?:you|u)(?:'re| are|r| r) (?:not )?${EITHER}`,
      String.raw`(?:am i|i am|i'm|do i) (?:${TALKING}|talk to|speak to|speak with|chat with) ${EITHER}`,
      String.raw`(?:who|what) (?:am i|i am) ${TALKING}`,
      String.raw`(?:is|isn'?t) (?:this|that|it) ${EITHER}`,
      String.raw`(?:is|are) (?:a |an |any )?(?:real |actual )?(?:human|person|people|somebody|someone|anybody|anyone) (?:really |actually )?(?:reading|answering|typing|writing) (?:this|these|to me|me|my messages)`,
      String.raw`what are (?:you|u)`,
    ].join('|') +
    String.raw`)${TAIL}`,
  'i',
);
const LONGEST = 100;

/** Whether the whole message asks if there is a person or a program here. */
export const asksWhoIsHere = (text: string): boolean =>
  text.length <= LONGEST && ASKS.test(text.replaceAll('’', "'"));

/** Says honestly what answers here, and offers a person to whoever does not wait for one. */
export async function tellWhoIsHere(context: TurnContext, desk: Desk): Promise<void> {
  const { state } = (await desk.handoffs.standing(context.activity.conversation.id)) ?? {};
  if (state !== 'waiting') {
    await offerPerson(context, 'asked', `${words.program} ${words.ask}`);
    return;
  }
  await context.sendActivity(words.program);
  await tellPosition(context, desk);
}
