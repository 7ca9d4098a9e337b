import type { Case, CaseRecords, CaseWithEffects, Effect } from '../models/cases';
import type { Audit } from './audit';
import type { CaseAudit, CaseMessage } from './caseEffects';
import type { CaseMail } from './caseMails';
import { EffectSweep } from './effectSweep';
import { ProductError } from './errors';
import type { Mail, Outbox } from './outbox';
import type { Clock, Log } from './ports';
import type { ReplyTokens } from './replyTokens';
import type { CaseRecipient, Staff } from './staff';

/** Says something in a conversation of its own accord, through whichever channel the conversation came. */
export interface Messenger {
  /**
   * @param reference the conversation's reference, as Bot Framework gives it.
   * @param key the same key twice is one message.
   */
  send(reference: unknown, words: Omit<CaseMessage, 'reference'>, key: string): Promise<void>;
}

/** What effects are carried out by. */
export interface EffectParts {
  readonly audit: Audit;
  readonly messenger: Messenger;
  readonly outbox: Outbox;
  readonly replyTokens: ReplyTokens;
  readonly staff: Staff;
}

/** An unproved address gets no more acknowledgements than this a day: the desk must not be a way to flood somebody. */
const ACKNOWLEDGEMENTS_PER_DAY = 5;

/** Mails that go out because somebody wrote, whoever they are. */
const UNASKED: ReadonlySet<CaseMail['kind']> = new Set([
  'case.acknowledgement',
  'case.again',
  'case.more',
]);
/** Mails that go out because staff wrote: a mailbox of theirs that answers by itself must not go on for ever. */
const REPLIES_TO_STAFF: ReadonlySet<CaseMail['kind']> = new Set([
  'case.echo',
  'case.done',
  'case.notDone',
]);
/** Where there is nobody to tell, these do not wait until there is. */
const MAY_GO_UNTOLD: ReadonlySet<CaseMail['kind']> = new Set(['case.named']);
/** Far more of a kind than people write about one case. */
const REPLIES_PER_DAY = 20;

/** Carries out what follows from a case: its effects were stored with it, and are removed once done. */
export class Effects {
  /** Effects without an address, so that each is logged once and not at every sweep. */
  private readonly logged = new Set<string>();
  private readonly sweeping: EffectSweep<CaseWithEffects>;

  constructor(
    records: CaseRecords,
    private readonly parts: EffectParts,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    this.sweeping = new EffectSweep(
      records,
      (content, effect) => this.done(content.case, effect),
      clock,
      log,
    );
  }

  /** Carries out what waits; several sweeps at once do no harm. Returns how many effects were done. */
  sweep(): Promise<number> {
    return this.sweeping.sweep();
  }

  /** False when it has to wait for a setting. */
  private async done(opened: Case, { id, kind, body }: Effect): Promise<boolean> {
    switch (kind) {
      case 'mail':
        return this.mail(opened, id, body as CaseMail);
      case 'message': {
        const { reference, ...words } = body as CaseMessage;
        await this.parts.messenger.send(reference, words, id);
        return true;
      }
      case 'audit':
        await this.audit(opened, id, body as CaseAudit);
        return true;
      case 'notice':
      case 'case':
        throw new ProductError('BadArgument', 'A case carries no effect of this kind.');
    }
  }

  private async audit(opened: Case, id: string, body: CaseAudit): Promise<void> {
    const { audit } = this.parts;
    const { action, at, by, facts } = body;
    await audit.append({
      ...{ id, action, at: new Date(at), about: { kind: 'case', id: opened.id } },
      by: by.includes('@') ? audit.fingerprint(by) : by,
      ...(facts ? { facts } : {}),
    });
  }

  private isNew(id: string): boolean {
    const known = this.logged.has(id);
    this.logged.add(id);
    return !known;
  }

  private async mail(opened: Case, id: string, mail: CaseMail): Promise<boolean> {
    const recipients = await this.recipientsOf(opened, mail);
    if (recipients.length === 0) {
      if (MAY_GO_UNTOLD.has(mail.kind)) return true;
      if (this.isNew(id))
        this.log.warn('effect.unaddressed', { caseId: opened.id, kind: mail.kind });
      return false;
    }
    const { outbox, replyTokens } = this.parts;
    const { kind, subject, text, html, byPerson } = mail;
    const recipientIs = mail.audience === 'customer' ? 'customer' : 'staff';
    for (const { address: to, place } of recipients) {
      const mailId = `${id}-${place}`;
      const replyTo = await replyTokens.mint({
        ...{ recipient: to, recipientIs, mailId, caseId: opened.id },
      });
      await outbox.enqueue({
        ...{ kind, to, subject, text, html, replyTo },
        id: mailId,
        // What comes back undelivered is told by the reply address, too.
        envelopeFrom: replyTo,
        autoSubmitted: byPerson ? 'no' : 'auto-generated',
        references: this.threadOf(opened, id, recipientIs, place),
        caseId: opened.id,
        createdAt: this.clock.now(),
        ...capOf(kind, recipientIs, opened.id),
      });
    }
    return true;
  }

  /** The mails that a mail follows, so that mail programs show one thread. */
  private threadOf(
    opened: Case,
    id: string,
    recipientIs: 'staff' | 'customer',
    place: number,
  ): string[] {
    const { outbox } = this.parts;
    const messageId = outbox.messageIdOf(`${id}-${place}`);
    const thread =
      recipientIs === 'staff'
        ? [outbox.messageIdOf(`${opened.id}-case.notification-${place}`)]
        : [
            ...(opened.origin?.messageId ? [opened.origin.messageId] : []),
            outbox.messageIdOf(`${opened.id}-case.acknowledgement-1`),
          ];
    return thread.filter((each) => each !== messageId);
  }

  private async recipientsOf(
    opened: Case,
    { audience, to }: CaseMail,
  ): Promise<readonly CaseRecipient[]> {
    if (audience === 'customer') return to ? [{ address: to, place: 1 }] : [];
    return this.parts.staff.recipientsOf(audience === 'one' ? (to ? [to] : []) : audience, opened);
  }
}

function capOf(
  kind: CaseMail['kind'],
  recipientIs: 'staff' | 'customer',
  caseId: string,
): Pick<Mail, 'cap'> {
  if (recipientIs === 'staff')
    return REPLIES_TO_STAFF.has(kind) ? { cap: { perDay: REPLIES_PER_DAY, about: caseId } } : {};
  return UNASKED.has(kind) ? { cap: { perDay: ACKNOWLEDGEMENTS_PER_DAY } } : {};
}
