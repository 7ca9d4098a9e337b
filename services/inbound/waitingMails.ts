import type { CaseRecords, Case } from '../../models/cases';
import type { InboundMailRecords, InboundRecord } from '../../models/inboundMails';
import type { RawMails } from '../../models/rawMails';
import type { Audit } from '../audit';
import type { DeskNews } from '../deskNews';
import type { Clock } from '../ports';
import { redact } from '../redact';
import { standsIn, type CaseViewer } from '../caseSight';
import { attachmentsOf, readMail, type InboundMail } from './mail';
import { isMailAboutManager } from './mailCase';
import { stripQuote } from './quoteStripping';

/** Why a mail waits for a person, in words, by its code. */
const WHY: Readonly<Record<string, string | undefined>> = {
  asked: 'It looks odd: whoever wrote it was asked whether it is to go out',
  automatic: 'A machine wrote it',
  bounce: 'A mail came back, and it is not known which',
  noCase: 'It is not known which case it is about',
  noRecipient: 'It is to none of our mailboxes',
  noReplyAddress:
    'It seems to be from staff, and did not come to the reply address of one of our mails',
  noRequest: 'It answers a request that is not known',
  noSender: 'It names nobody who sent it',
  notProved: 'It asks for a change, and nothing shows that it came from whom it names',
  otherSender: 'Somebody else than the customer wrote it',
  ownMail: 'It names one of our own addresses as its sender',
  sealBroken: 'It cannot be opened with the keys at hand',
  tooLarge: 'It was too large to be fetched',
  unauthenticated: 'Nothing shows that it came from the member of staff whom it names',
  unreadable: 'It could not be read',
  untrustedSender: 'It came to a reply address for staff, from nobody who handles the case',
};

/** A mail that waits for a person, and the case that it is about where that is known. */
export interface WaitingMail {
  readonly record: InboundRecord;
  /** In words. */
  readonly why: string;
  readonly about?: Case;
}

/** What a mail says: card numbers are masked, and what a terminal would obey is left out. */
export interface MailWords extends Pick<InboundMail, 'subject' | 'text' | 'attachments'> {
  readonly from: readonly string[];
}

/** Whether something was done about a mail; `notWaiting`: somebody else was first, or it never waited. */
export type MailDecided = 'done' | 'notWaiting';

const LISTED = 200;

/** The mails that wait for a person, and what a person does about them. */
export class WaitingMails {
  constructor(
    private readonly parts: {
      readonly records: InboundMailRecords;
      readonly rawMails: Pick<RawMails, 'read'>;
      readonly cases: Pick<CaseRecords, 'byId'>;
      readonly audit: Pick<Audit, 'append' | 'fingerprint'>;
      readonly clock: Clock;
      readonly news?: DeskNews;
    },
  ) {}

  /** The newest first, at most 200. */
  async list(): Promise<WaitingMail[]> {
    const waiting = await this.parts.records.list(['quarantined', 'held'], LISTED);
    return Promise.all(waiting.map((record) => this.waiting(record)));
  }

  /** A mail that came in, whether or not it still waits. */
  async byId(id: string): Promise<WaitingMail | undefined> {
    const record = await this.parts.records.byId(id);
    return record && this.waiting(record);
  }

  /** What a mail says; undefined where its words were never fetched, or are kept no more. */
  async words({ id, envelope }: InboundRecord): Promise<MailWords | undefined> {
    const raw = await this.raw(id);
    if (!raw) return undefined;
    const { from, subject, text, attachments } = await readMail(raw, envelope.from);
    return {
      from: from.map(({ address }) => address),
      subject: shown(subject),
      text: shown(text),
      attachments,
    };
  }

  /**
   * Whether a mail is about somebody of staff: their full name or address stands in it, or it is about the privacy manager
   * and they are one. A mail whose words are not kept says nothing of anybody.
   */
  async isAbout(
    record: InboundRecord,
    person: Pick<CaseViewer, 'name' | 'email'>,
    isManager: boolean,
  ): Promise<boolean> {
    const mail = await this.words(record);
    if (!mail) return false;
    const { subject, text } = mail;
    if (standsIn(person, `${subject}\n${text}`)) return true;
    // The mails of ours that they quote name the manager nearly always.
    return isManager && isMailAboutManager(subject, stripQuote(text).text || text);
  }

  /** The files that came with a mail, in its order; their names are safe. */
  async files(id: string): Promise<Awaited<ReturnType<typeof attachmentsOf>>> {
    const raw = await this.raw(id);
    return raw ? attachmentsOf(raw) : [];
  }

  /**
   * Lets a mail through, with its own time of receipt.
   * @param by the address of somebody of staff, or `operator` for a command.
   * @param as `case`: a case is opened from it, whatever it is.
   */
  async release(id: string, by: string, as?: 'case'): Promise<MailDecided> {
    const at = this.parts.clock.now();
    const found = await this.parts.records.byId(id);
    if (!found || !(await this.parts.records.release(id, at, as))) return 'notWaiting';
    await this.decided(found, 'mail.released', at, by);
    return 'done';
  }

  /** Throws a mail away. */
  async discard(id: string, by: string): Promise<MailDecided> {
    const { records, clock } = this.parts;
    const found = await records.byId(id);
    if (found?.state !== 'quarantined' && found?.state !== 'held') return 'notWaiting';
    if (!(await records.settle(id, { state: 'discarded' }, found.state))) return 'notWaiting';
    await this.decided(found, 'mail.discarded', clock.now(), by);
    return 'done';
  }

  private async decided(
    { id, caseId }: InboundRecord,
    action: 'mail.released' | 'mail.discarded',
    at: Date,
    by: string,
  ): Promise<void> {
    const { audit, news } = this.parts;
    await audit.append({
      ...{ id: `${id}-${action}-${at.getTime()}`, action, at },
      by: by.includes('@') ? audit.fingerprint(by) : by,
      about: { kind: 'mail', id },
      ...(caseId ? { facts: { caseId } } : {}),
    });
    news?.tell({ kind: 'changed', what: 'mails' });
  }

  private async waiting(record: InboundRecord): Promise<WaitingMail> {
    const { caseId, reason = '' } = record;
    const about = caseId ? await this.parts.cases.byId(caseId) : undefined;
    const why = Object.hasOwn(WHY, reason) ? WHY[reason] : undefined;
    return { record, why: why ?? 'A person has to look at it', ...(about ? { about } : {}) };
  }

  private raw(id: string): Promise<Buffer | undefined> {
    return this.parts.rawMails.read(id).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    });
  }
}

/** A mail must not write to a terminal what the terminal obeys. */
const shown = (text: string): string => redact(text).text.replace(/[^\P{C}\n\t]/gu, '');
