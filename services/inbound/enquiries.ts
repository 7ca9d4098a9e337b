import type { UpdateRequestRecords } from '../../models/updateRequests';
import type { Audit } from '../audit';
import { paragraph, quote } from '../mailText';
import { sentences, type Notices } from '../notices';
import type { Clock } from '../ports';
import { redact } from '../redact';
import type { Arrived, Routed } from './inspection';
import { wordsOfMail } from './mailCase';
import { stripQuote } from './quoteStripping';

const YES = /^\s*["'“]?yes\b/i;

/** Files what comes to the enquiry mailbox as update requests, and lets the sender show that the mailbox is theirs. */
export class Enquiries {
  constructor(
    private readonly records: UpdateRequestRecords,
    private readonly notices: Notices,
    private readonly audit: Audit,
    private readonly clock: Clock,
    /** The mailbox, as it stands in the mails. */
    private readonly mailbox: string,
  ) {}

  /** Stores a request once, and answers how the mailbox is proved. */
  async file({ record, mail }: Arrived, sender: string): Promise<Routed> {
    const { id, receivedAt } = record;
    await this.records.insert({
      ...{ id, receivedAt, email: sender },
      subject: redact(mail.subject).text,
      text: wordsOfMail(mail),
    });
    await this.audit.append({
      ...{ id: `${id}-update.filed`, action: 'update.filed', at: receivedAt, by: 'customer' },
      about: { kind: 'update', id },
    });
    if (mail.nature === 'bulk') return { state: 'done', reason: 'bulk' };
    await this.notices.toCustomer(sender, {
      id: `${id}-update.acknowledgement`,
      kind: 'update.acknowledgement',
      subject: 'Your message to Comantra: please show that this mailbox is yours',
      blocks: sentences(
        `We have your message to ${this.mailbox}. Thank you.`,
        'Before anything that we hold about you is changed, we have to know that this mailbox is yours. To show it, reply to this mail with the word YES. The address that your reply goes to was sent to this mailbox alone.',
        'Nothing is changed before that. If you did not write to us, somebody gave us your address by mistake: you need do nothing, and nothing will be changed.',
      ),
      about: { updateId: id },
      references: mail.messageId ? [mail.messageId] : [],
    });
    return { state: 'done' };
  }

  /** Takes the reply of whoever got the acknowledgement. */
  async reply({ record, mail }: Arrived, updateId: string): Promise<Routed> {
    const request = await this.records.byId(updateId);
    if (!request) return { state: 'quarantined', reason: 'noRequest' };
    const said = stripQuote(mail.text).text;
    if (!YES.test(said) && !request.provedAt) return { state: 'quarantined', reason: 'notProved' };
    const first = await this.records.prove(updateId, this.clock.now());
    await this.audit.append({
      ...{ id: `${updateId}-update.proved`, action: 'update.proved', by: 'customer' },
      at: record.receivedAt,
      about: { kind: 'update', id: updateId },
    });
    await this.notices.toStaff('managers', {
      id: `${record.id}-update.proved`,
      kind: 'update.proved',
      subject: first
        ? 'An update request, from a mailbox that was proved'
        : 'More about an update request',
      blocks: [
        paragraph(
          `${request.email} wrote to ${this.mailbox}, and has shown that the mailbox is theirs by replying from it. That proves a mailbox, and not who the person is. The desk does not change records yet: please see to it, and write to them from your own mailbox. They were told that a person does.`,
        ),
        quote('What they wrote, in their own words', `${request.subject}\n\n${request.text}`),
        ...(first ? [] : [quote('What they have added', wordsOfMail({ ...mail, text: said }))]),
      ],
    });
    if (first)
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
}
