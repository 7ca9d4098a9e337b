import { DateTime } from 'luxon';
import type { LoggedActivity } from '../conversations';
import type { Effect } from '../../models/effects';
import type { Handoff } from '../../models/handoffs';
import { paragraph, quote, type MailBlock } from '../mailText';
import { noticeEffect } from '../recordEffects';
import { isFrozen } from '../records/freezes';
import { isOutAt, type CodeOut } from '../verification';
import { auditOf, change } from './changing';
import type { HandoffParts } from './parts';
import { withoutSecrets, type Speaker } from './secrets';

const PAGE = 200;
/** More than anybody talks; the newest are kept. */
const MOST_MESSAGES = 500;

/** Mails the customer the whole talk, the bot's part too, once, to the mailbox on file of whoever was proved in it. */
export async function mailTranscript(
  parts: HandoffParts,
  id: string,
): Promise<'mailed' | 'notPossible'> {
  const { records, customers, clock } = parts;
  const found = await records.byId(id);
  const { provedCustomerId } = found ?? {};
  if (found?.state !== 'ended' || provedCustomerId === undefined) return 'notPossible';
  if (found.transcriptMailed) return 'mailed';
  const customer = await customers.byId(provedCustomerId);
  const now = clock.now();
  // Of a record that is held still nothing goes out before a person has looked.
  if (!customer?.email || isFrozen(customer, now)) return 'notPossible';
  const mail = transcriptMail(id, customer.email, await blocksOf(parts, found));
  await change(
    parts,
    id,
    (current) =>
      current.transcriptMailed
        ? 'mailed'
        : {
            changed: { ...current, transcriptMailed: true },
            effects: [mail, auditOf(current, 'transcript.mailed', now, 'customer')],
          },
    { quiet: true },
  );
  return 'mailed';
}

const transcriptMail = (id: string, email: string, said: readonly MailBlock[]): Effect =>
  noticeEffect(
    id,
    'transcript',
    { customer: email },
    {
      kind: 'desk.transcript',
      subject: 'Your conversation with Comantra',
      blocks: [
        paragraph(
          'You asked for what was said in your conversation with Comantra. Codes, PINs and card numbers are hidden.',
        ),
        ...said,
      ],
    },
  );

async function blocksOf(parts: HandoffParts, { conversationId }: Handoff): Promise<MailBlock[]> {
  const { conversations, terms, verifications } = parts;
  const codes = await verifications.codesOut(conversationId);
  let blocks: MailBlock[] = [];
  for (let watermark = 0; ;) {
    const page = await conversations.since(conversationId, watermark, PAGE);
    blocks = [...blocks, ...page.activities.flatMap((each) => blockOf(each, terms.zone, codes))];
    if (page.complete) break;
    watermark = page.watermark;
  }
  if (blocks.length <= MOST_MESSAGES) return blocks;
  return [paragraph('What was said before is left out.'), ...blocks.slice(-MOST_MESSAGES)];
}

function blockOf(
  { at, body }: LoggedActivity,
  zone: string,
  codes: readonly CodeOut[],
): MailBlock[] {
  if (body.type !== 'message') return [];
  const speaker = speakerOf(body);
  const text = withoutSecrets(wordsOf(body), speaker, isOutAt(codes, at));
  if (text === '') return [];
  const time = DateTime.fromJSDate(at, { zone }).setLocale('en-IN').toFormat('d LLL, h:mm a');
  const who = speaker === 'agent' ? agentOf(body) : speaker === 'bot' ? 'Desk' : 'Customer';
  return [quote(`${who ?? 'Comantra'} (${time})`, text)];
}

/** Who said what an entry of a conversation's log holds. */
export function speakerOf(body: LoggedActivity['body']): Speaker {
  if (agentOf(body) !== undefined) return 'agent';
  return (body.from as { readonly role?: unknown } | undefined)?.role === 'user'
    ? 'customer'
    : 'bot';
}

/** The person of staff whose words an entry holds. */
export function agentOf({ channelData }: LoggedActivity['body']): string | undefined {
  const { agent } = (channelData ?? {}) as { readonly agent?: { readonly name?: unknown } };
  return typeof agent?.name === 'string' ? agent.name : undefined;
}

/** The words of a message as they are read, without the marks of how they are shown; a card's by its labels. */
function wordsOf({ text, attachments }: LoggedActivity['body']): string {
  const said = typeof text === 'string' ? text : '';
  const plain = said
    .replace(/^\[\d+\]: .*$/gm, '')
    .replace(/^> ?/gm, '')
    .replaceAll('**', '');
  const cards = Array.isArray(attachments) ? attachments.map(cardWords) : [];
  return [plain.trim(), ...cards].filter((each) => each !== '').join('\n');
}

function cardWords(attachment: unknown): string {
  const { content } = (attachment ?? {}) as {
    readonly content?: { readonly fallbackText?: unknown };
  };
  return typeof content?.fallbackText === 'string' ? content.fallbackText : '';
}
