/** What the customer is told of what becomes of their handoff; the bot says it. */
export const words = {
  claimed: (agent: string): string =>
    `You are talking to ${agent} now, a person at Comantra. I, the bot, will stay quiet until they hand back.`,
  transferred: (agent: string, to: string): string =>
    `${agent} is passing you on to ${to}. You keep your place while you wait for them, and can go on with me, the bot, meanwhile.`,
  requeued: (agent: string): string =>
    `${agent} has put you back in the queue, where you keep your place. You can go on with me, the bot, meanwhile.`,
  /** Why is said to nobody. */
  takenAway:
    'Somebody else will take care of you: you are back in the queue, where you keep your place. You can go on with me, the bot, meanwhile.',
  lost: (agent: string): string =>
    `I’m sorry, the connection to ${agent} was lost. You are back in the queue and keep your place; what you wrote is not lost. You can go on with me, the bot, meanwhile.`,
  returned: (agent: string): string =>
    `${agent} has handed you back to me, the bot. What else can I do for you?`,
  closed: (agent: string): string =>
    `${agent} has ended the talk. I, the bot, am here again if you need anything.`,
  /** @param opening when they are back, in words. */
  closing: (opening: string): string =>
    `Nobody is here any more today: we are back on ${opening}. You keep your place in the queue until then. If you do not want to wait, say “open a case” or “call me back”.`,
} as const;
