import type { CustomerRecords } from '../../models/customers';
import type { Vault } from '../../models/sealed';
import { paragraph } from '../mailText';
import type { Clock, Log } from '../ports';
import { changeRecord, type RecordChange } from './recordChange';
import { auditEventEffect, noticeEffect } from '../recordEffects';
import type { Customer } from '../../models/customerContent';
import { readSigned, signed } from './signedTickets';

const PURPOSE = 'newsletter';

/** What leaving the newsletter needs. */
export interface NewsletterParts {
  readonly records: CustomerRecords;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly log: Log;
  readonly publicUrl: string;
  /** Called when a record has new effects, so that they are carried out at once. */
  readonly onEffects: () => void;
}

/**
 * The way out of the newsletter by a link that the newsletter itself carries. It never expires, names nobody, and does
 * nothing but take somebody off; policy: newsletter.optout.
 */
export class Newsletter {
  constructor(private readonly parts: NewsletterParts) {}

  /** The link of one customer; for the text of a newsletter and its `List-Unsubscribe` (RFC 8058). */
  linkOf(customerId: string): string {
    const { publicUrl, vault } = this.parts;
    return `${publicUrl}/newsletter/${signed(vault, PURPOSE, customerId)}`;
  }

  /** Whether a ticket is one of ours; looks into no record. */
  knows(ticket: string): boolean {
    return readSigned(this.parts.vault, PURPOSE, ticket) !== undefined;
  }

  /** Takes somebody off the newsletter, also where their record is held still; again, it changes nothing. */
  async leaveByTicket(ticket: string): Promise<'left' | 'unknown'> {
    const { log, onEffects, records, vault } = this.parts;
    const customerId = readSigned(vault, PURPOSE, ticket);
    if (customerId === undefined) return 'unknown';
    const found = await records.byId(customerId);
    // A record that is gone gets no newsletter either.
    if (!found) return 'left';
    const left = await changeRecord(records, found, (of) =>
      of.newsletter ? this.leaving(of) : undefined,
    );
    if (left === 'changed') {
      log.info('newsletter.left');
      onEffects();
    }
    return 'left';
  }

  private leaving(of: Customer): RecordChange {
    const { clock, publicUrl } = this.parts;
    const mark = `unsubscribed-${of.revision + 1}`;
    const event = { action: 'record.unsubscribed', at: clock.now(), by: 'customer' } as const;
    return {
      changed: { ...of, newsletter: false },
      effects: [
        auditEventEffect(of.id, mark, { ...event, about: { kind: 'record', id: of.id } }),
        ...(of.email === undefined ? [] : [leftNotice(of.id, mark, of.email, publicUrl)]),
      ],
    };
  }
}

const leftNotice = (id: string, mark: string, customer: string, publicUrl: string) =>
  noticeEffect(
    id,
    mark,
    { customer },
    {
      kind: 'record.unsubscribed',
      subject: 'You have left the Comantra newsletter',
      blocks: [
        paragraph('You get no more newsletters from us: somebody used the link in one to leave.'),
        paragraph(
          `If you want them again, or something looks wrong, tell us in the chat at ${publicUrl}.`,
        ),
      ],
    },
  );
