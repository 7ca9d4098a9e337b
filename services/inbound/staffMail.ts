import type { Case, CaseRecords } from '../../models/cases';
import { sameMailbox } from '../addresses';
import { awayCause, type CaseHandling, type Deed } from '../caseHandling';
import { findCaseReference } from '../entities';
import { sentences, type Notices } from '../notices';
import type { Outbox } from '../outbox';
import { redact } from '../redact';
import type { ReplyPurpose } from '../replyTokens';
import type { Staff } from '../staff';
import { laterDay } from '../staffMailParts';
import type { DigestReplies } from './digestReplies';
import type { HeldMail } from './heldMail';
import { isFromMachine, type Arrived, type Routed } from './inspection';
import type { InboundMail } from './mail';
import { refusals } from './refusals';
import { stripQuote, type Stripped } from './quoteStripping';
import { readStaffCommand, type StaffCommand } from './staffCommand';
import { isBareThanks } from './thanks';

/** What a mail of staff asks for. */
interface Asked {
  readonly about: Case;
  readonly purpose: ReplyPurpose;
  readonly command: Exclude<StaffCommand, { kind: 'send' | 'discard' }>;
  readonly own: Stripped;
  readonly deed: Deed;
}

export interface StaffMailParts {
  readonly caseRecords: CaseRecords;
  readonly digestReplies: DigestReplies;
  readonly handling: CaseHandling;
  readonly held: HeldMail;
  readonly notices: Notices;
  readonly outbox: Outbox;
  readonly staff: Staff;
}

/** Mails that tell of what was done: who answers one mostly means the desk. */
const FOR_THE_DESK: ReadonlySet<string> = new Set(['case.done', 'case.undelivered']);

/** "note: he is lying" or "#note" on the second line: meant for the desk, and the customer must not read it. */
const NEARLY_A_WORD =
  /^\s*(?:note|extend|close|spam|not[ -]privacy|send|discard)\s*[:.]|^\s*(?:note|spam|send|discard)\s*$|\n\s*[#＃]\s?(?:note|extend|close|spam|not[ -]?privacy|send|discard)\b/i;
/** What Outlook leaves in the text where a picture of the signature stood. */
const INLINE_IMAGE = /\[cid:[^\]\s]{1,200}\]/g;

/** What they wrote themselves, without card and Aadhaar numbers: whatever becomes of it, somebody else may read it. */
function ownWords({ text }: InboundMail): Stripped {
  const own = stripQuote(text);
  return { ...own, text: redact(own.text.replace(INLINE_IMAGE, '')).text.trim() };
}

/** Files that somebody attached; the pictures of a signature are none. */
const filesOf = ({ attachments }: InboundMail): number =>
  attachments.filter(({ inText }) => !inText).length;

/** Deals with what staff write to a reply address. */
export class StaffMail {
  constructor(
    private readonly parts: StaffMailParts,
    /** The desk's own mailboxes and reply addresses: they are no further recipients. */
    private readonly isOwn: (address: string) => boolean,
    /** IANA zone in which dates are read. */
    private readonly zone: string,
  ) {}

  /**
   * @param how.shown whether the mail was shown to come from the address that it names.
   * @param how.many whether it went to the reply addresses of several cases.
   */
  async deal(
    arrived: Arrived,
    purpose: ReplyPurpose,
    sender: string | undefined,
    { shown, many }: { readonly shown: boolean; readonly many: boolean },
  ): Promise<Routed> {
    const { record, mail } = arrived;
    const about = purpose.caseId ? await this.parts.caseRecords.byId(purpose.caseId) : undefined;
    if (isFromMachine(mail)) return this.fromMachine(arrived, purpose, about);
    const { released } = record;
    const may = sender !== undefined && (await this.mayWrite(sender, about, record.receivedAt));
    if (!released && !may) return this.quarantine(arrived, 'untrustedSender', about);
    if (!released && !shown) return this.quarantine(arrived, 'unauthenticated', about);
    const deed: Deed = {
      cause: record.id,
      at: record.receivedAt,
      by: sender ?? purpose.recipient,
    };
    if (many) return this.refused(deed, refusals.severalCases);
    const own = ownWords(mail);
    const command = readStaffCommand(own.text, record.receivedAt, this.zone);
    if (purpose.digestOf)
      return this.parts.digestReplies.deal(
        await this.handledBy(deed, purpose.digestOf),
        command,
        deed,
      );
    if (command.kind === 'send' || command.kind === 'discard')
      return this.decide(command.kind, purpose, deed, about);
    if (!about) return this.refused(deed, refusals.aboutNothing);
    if (purpose.heldMailId !== undefined && command.kind === 'answer') {
      await this.parts.held.askAgain(about, purpose.heldMailId, deed);
      return { state: 'done', reason: 'sayWhich', caseId: about.id };
    }
    return this.obey(arrived, { about, purpose, command, own, deed });
  }

  /** Staff who write without a reply address may be anybody who knows their name: a person lets it through. */
  async dealWithoutToken(
    arrived: Arrived,
    sender: string,
    shown: boolean,
    caseId?: string,
  ): Promise<Routed> {
    const about = caseId
      ? await this.parts.caseRecords.byId(caseId)
      : await this.caseNamedIn(arrived);
    if (isFromMachine(arrived.mail)) return { state: 'done', reason: arrived.mail.nature };
    if (!arrived.record.released || !about)
      return this.quarantine(arrived, shown ? 'noReplyAddress' : 'unauthenticated', about);
    return this.deal(
      arrived,
      { recipient: sender, recipientIs: 'staff', caseId: about.id },
      sender,
      { shown, many: false },
    );
  }

  private async fromMachine(
    { mail }: Arrived,
    { recipient }: ReplyPurpose,
    about: Case | undefined,
  ): Promise<Routed> {
    if (about && mail.nature === 'outOfOffice') {
      const isAway = (address: string): boolean =>
        about.handled.includes(awayCause(about, address));
      const next = await this.parts.staff.nextAfter(recipient, about, isAway);
      if (next && !sameMailbox(next, recipient))
        await this.parts.handling.staffAway(about.id, recipient, next);
    }
    return { state: 'done', reason: mail.nature, ...(about ? { caseId: about.id } : {}) };
  }

  private async obey(
    arrived: Arrived,
    { about, purpose, command, own, deed }: Asked,
  ): Promise<Routed> {
    const { handling } = this.parts;
    const refuse = (why: string) => handling.notDone(about.id, deed, why);
    switch (command.kind) {
      case 'answer': {
        const why = await this.reasonToAsk(arrived, purpose, own);
        if (why) return this.hold(arrived, about, why, command.text);
        await handling.answer(about.id, deed, command.text, filesOf(arrived.mail));
        break;
      }
      case 'empty':
        await refuse(refusals.empty);
        break;
      case 'unknown':
        await refuse(refusals.unknown(command.word));
        break;
      case 'note':
        await handling.note(about.id, deed, command.text);
        break;
      case 'extend':
        await this.extend(about, deed, command, refuse);
        break;
      case 'close': {
        const { outcome } = await handling.close(about.id, deed, 'closed', command.reason);
        if (outcome === 'needsReason') await refuse(refusals.closeNeedsReason);
        if (outcome === 'closedBefore') await refuse(refusals.closedBefore);
        break;
      }
      case 'file': {
        const { outcome } = await handling.close(about.id, deed, command.as, '');
        if (outcome === 'closedBefore') await refuse(refusals.closedBefore);
      }
    }
    return { state: 'done', caseId: about.id, reason: command.kind };
  }

  private async extend(
    about: Case,
    deed: Deed,
    { date, reason }: Extract<StaffCommand, { kind: 'extend' }>,
    refuse: (why: string) => Promise<unknown>,
  ): Promise<void> {
    if (!date || reason === '') {
      await refuse((date ? refusals.noReason : refusals.noDate)(laterDay(about)));
      return;
    }
    const { outcome } = await this.parts.handling.extend(about.id, deed, date, reason);
    if (outcome in refusals.notExtended)
      await refuse(
        `${refusals.notExtended[outcome as keyof typeof refusals.notExtended]} (The day was read as ${date}.)`,
      );
  }

  /** Why a person should look before an answer goes out, in words; undefined when nothing is odd about it. */
  private async reasonToAsk(
    arrived: Arrived,
    { mailId }: ReplyPurpose,
    { text, belowQuote }: Stripped,
  ): Promise<string | undefined> {
    const { record, mail } = arrived;
    if (record.released) return undefined;
    if (NEARLY_A_WORD.test(text))
      return 'It holds one of the words that the desk knows, but not as “#note” and the others have to stand: with its # at the beginning of the first line.';
    if (filesOf(mail) > 0)
      return 'Files came with it. The desk keeps them and does not pass them on: the customer would get your words alone.';
    if (mail.nature === 'bulk') return 'It is marked as sent by a machine or to a list.';
    if (isBareThanks(text))
      return 'It says nothing but thanks or “ok”, which may have been meant for the desk.';
    const answered = mailId ? await this.parts.outbox.find(mailId) : undefined;
    if (answered && FOR_THE_DESK.has(answered.kind))
      return 'It answers a mail in which the desk told you something, so that it may have been meant for the desk.';
    const others = await this.otherRecipients(arrived);
    if (mail.forwarded) return 'It looks like a forwarded mail rather than a reply.';
    if (others.length > 0)
      return `It also went to ${others.join(', ')}. An answer to a customer usually goes to nobody else.`;
    if (belowQuote)
      return 'Some of your words stand below or between the lines of the mail that you answered, so that it is not sure what is yours.';
    return undefined;
  }

  private async otherRecipients({ record, mail }: Arrived): Promise<string[]> {
    const others: string[] = [];
    for (const address of [...mail.to, ...mail.cc])
      if (!this.isOwn(address) && !(await this.parts.staff.isStaff(address, record.receivedAt)))
        others.push(address);
    return others;
  }

  private async hold(arrived: Arrived, about: Case, why: string, text: string): Promise<Routed> {
    await this.parts.held.askWhetherToSend(arrived, about, why, text);
    return { state: 'held', reason: 'asked', caseId: about.id };
  }

  private async quarantine(
    arrived: Arrived,
    reason: string,
    about: Case | undefined,
  ): Promise<Routed> {
    await this.parts.held.alarm(arrived, about, reason);
    return { state: 'quarantined', reason, ...(about ? { caseId: about.id } : {}) };
  }

  /** Tells whoever wrote that nothing was done, where there is no one case to tell it of. */
  private async refused(deed: Deed, why: string): Promise<Routed> {
    await this.parts.notices.toOneOfStaff(deed.by, {
      id: `${deed.cause}-mail.notDone`,
      kind: 'mail.notDone',
      subject: 'Nothing was done with your reply',
      blocks: sentences(why),
    });
    return { state: 'done', reason: 'refused' };
  }

  /** `#send` or `#discard` in a reply to the mail that asked. */
  private async decide(
    word: 'send' | 'discard',
    { heldMailId }: ReplyPurpose,
    deed: Deed,
    about: Case | undefined,
  ): Promise<Routed> {
    const done: Routed = { state: 'done', reason: word, ...(about ? { caseId: about.id } : {}) };
    const { held } = this.parts;
    const mailId = heldMailId ?? (about && (await held.onlyOneOf(about)));
    const decided = mailId !== undefined && (await held.decide(mailId, word, deed));
    if (!decided && about) await this.parts.handling.notDone(about.id, deed, refusals.nothingHeld);
    if (decided && word === 'discard') await held.sayDiscarded(about, deed);
    return done;
  }

  private async mayWrite(sender: string, about: Case | undefined, at: Date): Promise<boolean> {
    const { staff } = this.parts;
    return about ? staff.mayHandle(sender, about, at) : staff.isStaff(sender, at);
  }

  /** Those of the cases that somebody may handle still. */
  private async handledBy({ by, at }: Deed, caseIds: readonly string[]): Promise<string[]> {
    const { caseRecords, staff } = this.parts;
    const handled: string[] = [];
    for (const id of caseIds) {
      const about = await caseRecords.byId(id);
      if (about && (await staff.mayHandle(by, about, at))) handled.push(id);
    }
    return handled;
  }

  private async caseNamedIn({ mail }: Arrived): Promise<Case | undefined> {
    const { caseRecords, outbox } = this.parts;
    for (const messageId of mail.references) {
      const id = outbox.idOf(messageId);
      const caseId = id ? (await outbox.find(id))?.caseId : undefined;
      if (caseId) return caseRecords.byId(caseId);
    }
    const reference = findCaseReference(mail.subject);
    return reference ? caseRecords.byReference(reference) : undefined;
  }
}
