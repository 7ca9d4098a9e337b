import type { UpdateRequest, UpdateRequestRecords } from '../../models/updateRequests';
import type { Audit } from '../audit';
import { CONTINUE_LASTS_MS, type Links } from '../links';
import { list, paragraph, quote } from '../mailText';
import { sentences, type Notices } from '../notices';
import type { Clock } from '../ports';
import type { Updates } from '../updates';
import { redact } from '../redact';
import { whoseAge } from '../understanding/children';
import { normalise } from '../understanding/normalise';
import type { Arrived, Routed } from './inspection';
import { wordsOfMail } from './mailCase';
import { stripQuote } from './quoteStripping';

const YES = /^\s*["'“]?yes\b/i;

/** Files what comes to the enquiry mailbox as update requests, and lets the sender show that the mailbox is theirs. */
export class Enquiries {
  constructor(
    private readonly records: Pick<UpdateRequestRecords, 'byId'>,
    private readonly updates: Pick<Updates, 'continuedAs' | 'file' | 'prove'>,
    private readonly links: Pick<Links, 'mint'>,
    private readonly notices: Notices,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly words: {
      /** The mailbox, as it stands in the mails. */
      readonly mailbox: string;
      /** What the policy says of children under 13; a paragraph each. */
      readonly ofChildren: readonly string[];
    },
  ) {}

  /** Stores a request once, and answers how the mailbox is proved; nothing is kept of what a child wrote. */
  async file(arrived: Arrived, sender: string): Promise<Routed> {
    const { record, mail } = arrived;
    const { id, receivedAt } = record;
    if (isOfChild(mail)) return this.stopForChild(arrived, sender);
    await this.updates.file({
      ...{ id, receivedAt, email: sender },
      subject: redact(mail.subject).text,
      text: wordsOfMail(mail),
    });
    if (mail.nature === 'bulk') return { state: 'done', reason: 'bulk' };
    const purpose = { kind: 'continue', updateId: id, email: sender } as const;
    const { url } = await this.links.mint(purpose, CONTINUE_LASTS_MS);
    await this.notices.toCustomer(sender, {
      id: `${id}-update.acknowledgement`,
      kind: 'update.acknowledgement',
      subject: 'Your message to Comantra: please show that this mailbox is yours',
      blocks: sentences(
        `We have your message to ${this.words.mailbox}. Thank you.`,
        `Before anything that we hold about you is changed, we have to know that this mailbox is yours. To show it and to go on, open this link: ${url}`,
        'It leads to our chat, where what you wrote is taken up: a change is filled in already, you see it first, and nothing is changed before you have said yes. The link works once, for 72 hours.',
        'If you cannot use the chat, reply to this mail with the word YES instead; then a person sees to it.',
        'If you did not write to us, somebody gave us your address by mistake: you need do nothing, and nothing will be changed.',
      ),
      about: { updateId: id },
      references: mail.messageId ? [mail.messageId] : [],
    });
    return { state: 'done' };
  }

  /** Policy: children.under13. */
  private async stopForChild({ record, mail }: Arrived, sender: string): Promise<Routed> {
    const { id } = record;
    if (mail.nature !== 'bulk')
      await this.notices.toCustomer(sender, {
        id: `${id}-update.child`,
        kind: 'update.child',
        subject: 'Your message to Comantra',
        blocks: [
          paragraph(
            'Thank you for your message, and for telling us how old you are. We have to stop here: this desk may not take personal information from children under 13. We have not kept what you wrote. Please ask a parent or another grown-up to write to us.',
          ),
          quote('Our privacy policy says', this.words.ofChildren.join('\n')),
        ],
        references: mail.messageId ? [mail.messageId] : [],
      });
    await this.audit.append({
      ...{ id: `${id}-child.stopped`, action: 'child.stopped', by: 'desk' },
      ...{ at: this.clock.now(), about: { kind: 'mail', id } },
    });
    return { state: 'done', reason: 'child', blank: true };
  }

  /** Takes the reply of whoever got the acknowledgement. */
  async reply(arrived: Arrived, updateId: string): Promise<Routed> {
    const { record, mail } = arrived;
    const request = await this.records.byId(updateId);
    if (!request) return { state: 'quarantined', reason: 'noRequest' };
    const said = stripQuote(mail.text).text;
    if (request.door !== 'mail') return this.added(arrived, request, said);
    if (!YES.test(said) && !request.provedAt) return { state: 'quarantined', reason: 'notProved' };
    const first = await this.prove(updateId, record.receivedAt);
    await this.notices.toStaff('managers', {
      id: `${record.id}-update.proved`,
      kind: 'update.proved',
      subject: first
        ? 'An update request, from a mailbox that was proved'
        : 'More about an update request',
      blocks: [
        paragraph(
          `${request.email ?? ''} wrote to ${this.words.mailbox}, and has shown that the mailbox is theirs by replying from it instead of going on in the chat. That proves a mailbox, and not who the person is. Please see to it, and write to them from your own mailbox: they were told that a person does.`,
        ),
        paragraph(
          'A change to their record needs two of you. The first enters it, the second approves it:',
        ),
        list([
          'npm run updates -- propose --user NAME --set phone="98300 12345" --by YOU --reason TEXT',
          'npm run updates -- list',
        ]),
        quote(
          'What they wrote, in their own words',
          `${request.subject ?? ''}\n\n${request.text ?? ''}`,
        ),
        ...(first ? [] : [quote('What they have added', wordsOfMail({ ...mail, text: said }))]),
      ],
    });
    if (first && request.email)
      await this.notices.toCustomer(request.email, {
        id: `${updateId}-update.thanks`,
        kind: 'update.thanks',
        subject: 'Re: Your message to Comantra: thank you',
        blocks: sentences(
          'Thank you. We know now that this mailbox is yours. A person looks at your request, and writes to you at this address before anything is changed.',
        ),
        references: mail.messageId ? [mail.messageId] : [],
      });
    return { state: 'done' };
  }

  /** More about a request that was made in the chat, from the mailbox that was proved there. */
  private async added(
    { record, mail }: Arrived,
    { id }: UpdateRequest,
    said: string,
  ): Promise<Routed> {
    await this.notices.toStaff('managers', {
      id: `${record.id}-update.added`,
      kind: 'update.added',
      subject: 'More about an update request',
      blocks: [
        paragraph(
          'A customer has answered our mail about their update request. It came to a reply address that only their mailbox got.',
        ),
        list([`npm run -s updates -- show ${id}`]),
        quote('What they have added', wordsOfMail({ ...mail, text: said })),
      ],
    });
    return { state: 'done' };
  }

  /**
   * The request behind the link in our answer, which shows that its sender reads that mailbox. It goes on in the chat, and
   * ends as a request of its own; asked for again, it is the same.
   */
  async continued(updateId: string, conversationId?: string): Promise<UpdateRequest | undefined> {
    await this.prove(updateId, this.clock.now());
    await this.updates.continuedAs(updateId, conversationId);
    return this.records.byId(updateId);
  }

  /** @returns whether it was not proved before. */
  private async prove(updateId: string, at: Date): Promise<boolean> {
    const first = await this.updates.prove(updateId, this.clock.now());
    await this.audit.append({
      ...{ id: `${updateId}-update.proved`, action: 'update.proved', by: 'customer', at },
      about: { kind: 'update', id: updateId },
    });
    return first;
  }
}

/** Whether the writer says that they are a child; sentence by sentence, whether or not each has a line of its own. */
function isOfChild({ subject, text }: Arrived['mail']): boolean {
  const said = stripQuote(text).text.slice(0, LOOKED_AT);
  return [subject, ...said.split(/[.!?;]+/), ...said.split(/[.!?;\n]+/)].some(
    (sentence) => whoseAge(normalise(sentence)) === 'writing child',
  );
}

const LOOKED_AT = 10_000;
