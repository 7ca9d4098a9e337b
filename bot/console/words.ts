import type { Handoff } from '../../services/handoffs';

/** What a conversation seems to be about, by the intent that it was last understood as. */
const TOPIC_WORDS: Readonly<Record<string, string>> = {
  faq: 'Question about the policy',
  update_data: 'Change of data',
  report_security: 'Report',
  case_status: 'State of a case',
  talk_to_agent: 'Wants a person',
  forgot_password_action: 'Forgotten password',
  unsubscribe: 'Unsubscribing',
  export_or_delete_data: 'Copy or deletion of data',
  child_user: 'A child’s account',
};

export const topicInWords = (topic: string): string =>
  Object.hasOwn(TOPIC_WORDS, topic) ? (TOPIC_WORDS[topic] ?? '') : 'Something else';

/** Channels as Bot Framework names them. */
export const CHANNEL_WORDS: Readonly<Record<string, string | undefined>> = {
  directline: 'Web chat',
  webchat: 'Web chat',
  msteams: 'Microsoft Teams',
  emulator: 'Emulator',
  email: 'Mail',
  sms: 'SMS',
};

type HandoffEvent = Handoff['history'][number];

/** What happened to a handoff, for staff. */
export function eventInWords({ what, by, to }: HandoffEvent): string {
  const who = by?.name ?? 'somebody';
  switch (what) {
    case 'requested':
      return 'The customer asked for a person';
    case 'claimed':
      return `${who} took it`;
    case 'transferred':
      return to ? `${who} passed it to ${to.name}` : `${who} put it back into the queue`;
    case 'requeued':
      return by ? `${who} put it back into the queue` : 'It went back into the queue';
    case 'lost':
      return `The connection of ${who} was lost: it is back in the queue`;
    case 'returned':
      return `${who} handed back to the bot`;
    case 'closed':
      return `${who} closed it`;
    case 'left':
      return 'The customer left';
  }
}

export const capitalised = (words: string): string =>
  words.slice(0, 1).toUpperCase() + words.slice(1);
