import type { CannedReply, CannedReplyRecords } from '../models/cannedReplies';
import type { DeskNews } from './deskNews';
import { ProductError } from './errors';
import type { Ids } from './ports';

export type { CannedReply } from '../models/cannedReplies';

/** What stands for what differs, in braces. */
export const REPLY_FIELDS = ['customer', 'agent', 'reference', 'due', 'phone', 'mailbox'] as const;
export type ReplyField = (typeof REPLY_FIELDS)[number];

/** In characters. */
export const REPLY_LENGTHS = { title: 80, text: 2000 } as const;

/** Those that ship with the desk. */
const SHIPPED: readonly CannedReply[] = [
  {
    id: 'shipped-hello',
    title: 'Hello',
    text: 'Hello, this is {agent} at Comantra. I have read what you wrote above; please give me a moment.',
  },
  {
    id: 'shipped-code',
    title: 'A code, to be safe',
    text: 'Before I change anything, I am sending a six-digit code to the mailbox on your record. Please type it here, in this chat. Nobody from Comantra will ask you for it by telephone or mail.',
  },
  {
    id: 'shipped-case',
    title: 'It is a case now',
    text: 'Your case is {reference}, and you will have an answer by {due}. You can also write to {mailbox}.',
  },
];

/** The canned replies of the agents. */
export class CannedReplies {
  private shipped: Promise<unknown> | undefined;

  constructor(
    private readonly records: CannedReplyRecords,
    private readonly news: DeskNews,
    private readonly ids: Ids,
  ) {}

  /** By title. Those that ship with the desk are stored first, unless they were removed. */
  async list(): Promise<CannedReply[]> {
    this.shipped ??= Promise.all(SHIPPED.map((reply) => this.records.saveNew(reply)));
    await this.shipped.catch((error: unknown) => {
      this.shipped = undefined;
      throw error;
    });
    const replies = await this.records.all();
    return replies.sort((a, b) => a.title.localeCompare(b.title, 'en'));
  }

  /**
   * Stores a reply: a new one without `id`.
   * @throws ProductError `BadArgument` when there is nothing in it, or too much.
   */
  async save(given: Omit<CannedReply, 'id'> & { readonly id?: string }): Promise<CannedReply> {
    const reply = {
      id: given.id ?? this.ids.uuid(),
      title: checked(given.title, REPLY_LENGTHS.title),
      text: checked(given.text, REPLY_LENGTHS.text),
    };
    await this.records.save(reply);
    this.news.tell({ kind: 'changed', what: 'replies' });
    return reply;
  }

  /** False when there is none. */
  async remove(id: string): Promise<boolean> {
    const removed = await this.records.remove(id);
    if (removed) this.news.tell({ kind: 'changed', what: 'replies' });
    return removed;
  }
}

/** Puts values in the places of fields, once; a field without a value stays, for the agent to see. */
export function filled(
  text: string,
  fields: Partial<Readonly<Record<ReplyField, string>>>,
): string {
  return text.replace(/\{([a-z]+)\}/g, (whole, name: string) =>
    isField(name) ? (fields[name] ?? whole) : whole,
  );
}

const isField = (name: string): name is ReplyField =>
  (REPLY_FIELDS as readonly string[]).includes(name);

function checked(given: string, longest: number): string {
  const text = given.trim();
  if (text === '' || text.length > longest)
    throw new ProductError('BadArgument', `A canned reply takes 1 to ${longest} characters.`);
  return text;
}
