import type { Handoff, StaffPerson } from '../../models/handoffs';
import { Lanes } from '../lanes';
import type { StaffMember } from '../staffMember';
import {
  askCallBack,
  chatEnded,
  leave,
  request,
  standing,
  type CallBackRequest,
  type HandoffRequest,
  type RequestedHandoff,
  type Standing,
} from './asking';
import { calledBack, end, rate, type Closing } from './ending';
import { claim, transfer, type Claimed } from './holding';
import { hoursAt, type Hours } from './hours';
import type { HandoffParts, Overseeing } from './parts';
import { finishEnded, requeueLost, REQUEUE_AFTER_MS, tellOfClosing } from './sweeping';
import { draft, note, say, typing, type Said } from './talking';
import { mailTranscript } from './transcript';

export type { Handoff, StaffPerson } from '../../models/handoffs';
export type { CallBackRequest, HandoffRequest, RequestedHandoff, Standing } from './asking';
export { CLOSINGS, type Closing } from './ending';
export type { Claimed } from './holding';
export type { Hours } from './hours';
export { OUTSIDE_HUB, type HandoffParts, type Overseeing } from './parts';
export { LONGEST_SAID, type Said } from './talking';
export { agentOf, speakerOf, withoutSecrets } from './transcript';

/**
 * Conversations that a person is asked for: they wait in a queue, somebody claims them, talks, and hands back.
 *
 * Each change is one document write that carries what follows from it. What the customer is told of it is said at once,
 * and again by the sweep of the effects where a crash came between; its key makes it one message.
 */
export class Handoffs {
  /** What is done to one handoff is done in order, so that what is said and the holder's going cannot cross. */
  private readonly lanes = new Lanes();
  private readonly begunAt: Date;

  constructor(private readonly parts: HandoffParts) {
    this.begunAt = parts.clock.now();
  }

  /** Whether somebody can be there now. */
  hours(): Hours {
    const { clock, terms } = this.parts;
    return hoursAt(clock.now(), terms.calendar, terms.zone);
  }

  /** Puts a conversation into the queue; the same id again is the same, and a conversation is in it once. */
  request(asked: HandoffRequest): Promise<RequestedHandoff> {
    return request(this.parts, asked);
  }

  /** How a conversation stands; undefined when the bot has it to itself. Asked at every turn. */
  standing(conversationId: string): Promise<Standing | undefined> {
    return standing(this.parts, conversationId);
  }

  /** Notes that somebody is to be called back, once per id; they leave the queue. */
  askCallBack(asked: CallBackRequest): Promise<void> {
    return askCallBack(this.parts, asked);
  }

  /** The customer waits no more; false when they did not wait. */
  leave(conversationId: string): Promise<boolean> {
    return leave(this.parts, conversationId);
  }

  /** To be called when the customer has ended the chat. */
  chatEnded(conversationId: string): Promise<void> {
    return chatEnded(this.parts, conversationId);
  }

  /** Takes a waiting conversation; of several at once, one gets it. Also one that was passed to somebody else. */
  claim(id: string, person: StaffMember): Promise<Claimed> {
    return this.lanes.run(id, () => claim(this.parts, id, person));
  }

  /**
   * Says something in the customer's chat: card numbers hidden, at most 4,000 characters, once per id.
   * @throws ProductError `BadArgument` for no words at all.
   */
  say(id: string, person: StaffPerson, said: Said): Promise<'said' | 'notHeld' | 'chatEnded'> {
    return this.lanes.run(id, () => say(this.parts, id, person, said));
  }

  /** Shows the customer that the holder is typing; false when they do not hold it. */
  typing(id: string, person: StaffPerson): Promise<boolean> {
    return typing(this.parts, id, person);
  }

  /** Keeps what the holder has begun to type; an empty text forgets it. False when they do not hold it. */
  draft(id: string, person: StaffPerson, text: string): Promise<boolean> {
    return draft(this.parts, id, person, text);
  }

  /**
   * Writes down a private note, once per id; false when they neither hold it, nor did last, nor oversee.
   * @throws ProductError `BadArgument` for an empty one, `TooLarge` for one too many.
   */
  note(id: string, person: StaffPerson, said: Said, overseeing?: Overseeing): Promise<boolean> {
    return note(this.parts, id, person, said, overseeing);
  }

  /** Passes it on to a person, or without one back to the queue; false when they do not hold it. */
  transfer(
    id: string,
    person: StaffMember,
    to?: StaffPerson,
    overseeing?: Overseeing,
  ): Promise<boolean> {
    return this.lanes.run(id, () => transfer(this.parts, id, person, to, overseeing));
  }

  /** Hands the conversation back to the bot; false when they do not hold it. */
  giveBack(id: string, person: StaffMember, overseeing: Overseeing = {}): Promise<boolean> {
    return this.lanes.run(id, () => end(this.parts, id, person, 'returnedToBot', overseeing));
  }

  /** Ends the talk; the bot goes on. False when they do not hold it. */
  close(
    id: string,
    person: StaffMember,
    disposition: Closing,
    overseeing: Overseeing = {},
  ): Promise<boolean> {
    return this.lanes.run(id, () => end(this.parts, id, person, disposition, overseeing));
  }

  /** Somebody has seen to a wish to be called back; false when there is none. */
  calledBack(id: string, person: StaffMember): Promise<boolean> {
    return calledBack(this.parts, id, person);
  }

  /** The page of somebody is there. */
  seen(accountId: string): Promise<void> {
    return this.parts.records.seen(accountId, this.parts.clock.now());
  }

  /** The queue, longest wait first. */
  waiting(limit: number): Promise<Handoff[]> {
    return this.parts.records.inState('waiting', limit);
  }

  /** What somebody holds. */
  heldBy(accountId: string, limit = MOST_HELD): Promise<Handoff[]> {
    return this.parts.records.heldBy(accountId, limit);
  }

  /** What anybody holds. */
  held(limit: number): Promise<Handoff[]> {
    return this.parts.records.inState('held', limit);
  }

  /** Those to be called back, longest wait first. */
  callBacks(limit: number): Promise<Handoff[]> {
    return this.parts.records.inState('callBack', limit);
  }

  byId(id: string): Promise<Handoff | undefined> {
    return this.parts.records.byId(id);
  }

  /** The one that a conversation asked for last, whatever has become of it. */
  newestOf(conversationId: string): Promise<Handoff | undefined> {
    return this.parts.records.newestOf(conversationId);
  }

  /** All that a conversation asked for, in order. */
  ofConversation(conversationId: string): Promise<Handoff[]> {
    return this.parts.records.ofConversation(conversationId);
  }

  /** @param rating 1 (bad) to 5 (good); false for another, for the second, and where nobody talked to them. */
  rate(id: string, rating: number): Promise<boolean> {
    return rate(this.parts, id, rating);
  }

  /** Mails the talk to the proved mailbox, once; `notPossible` where none was proved, or the record is held still. */
  mailTranscript(id: string): Promise<'mailed' | 'notPossible'> {
    return mailTranscript(this.parts, id);
  }

  /**
   * Puts back into the queue what no page of an agent has held for two minutes, finishes the ends of talks, and tells
   * those who wait that the desk has closed; returns how many.
   */
  async sweep(): Promise<number> {
    const { parts, begunAt } = this;
    // The pages need a while to come back after a start of the desk.
    const up = parts.clock.now().getTime() - begunAt.getTime() >= REQUEUE_AFTER_MS;
    const requeued = up ? await requeueLost(parts) : 0;
    return requeued + (await finishEnded(parts)) + (await tellOfClosing(parts));
  }
}

const MOST_HELD = 100;
