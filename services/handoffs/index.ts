import type { Handoff, StaffPerson } from '../../models/handoffs';
import { Lanes } from '../lanes';
import type { StaffMember } from '../staffMember';
import {
  chatEnded,
  leave,
  request,
  standing,
  type HandoffRequest,
  type RequestedHandoff,
  type Standing,
} from './asking';
import {
  askCallBack,
  calledBack,
  leaveCallBack,
  takeCallBack,
  type CallBackAsked,
  type CallBackRequest,
  type CallBackTaken,
} from './callBacks';
import { end, rate, type Closing } from './ending';
import { claim, transfer, type Claimed } from './holding';
import { hoursAt, type Hours } from './hours';
import type { HandoffParts, Overseeing, Since } from './parts';
import { finishEnded, requeueLost, tellOfClosing } from './sweeping';
import { takeAway } from './takingAway';
import { draft, note, say, typing, type Said } from './talking';
import { mailTranscript } from './transcript';

export type { Handoff, StaffPerson } from '../../models/handoffs';
export type { HandoffRequest, RequestedHandoff, Standing } from './asking';
export { takerOf, type CallBackAsked, type CallBackRequest, type CallBackTaken } from './callBacks';
export { CLOSINGS, type Closing } from './ending';
export type { Claimed } from './holding';
export type { Hours } from './hours';
export { OUTSIDE_HUB, turnOf, type HandoffParts, type Overseeing } from './parts';
export { LONGEST_SAID, type Said } from './talking';
export { mayHoldCode, withoutSecrets } from './secrets';
export { agentOf, speakerOf } from './transcript';

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

  /**
   * Notes that somebody is to be called back, once per id; they leave the queue. A conversation has one call-back at most:
   * a new number takes the place of the old one. `tooMany` after three in an hour from a conversation or a network.
   */
  askCallBack(asked: CallBackRequest): Promise<CallBackAsked> {
    return this.lanes.run(asked.conversationId, () => askCallBack(this.parts, asked));
  }

  /** Takes it upon somebody to call back; of several at once, one does, for an hour at most. */
  takeCallBack(id: string, person: StaffPerson): Promise<CallBackTaken> {
    return takeCallBack(this.parts, id, person);
  }

  /** They were not reached, and wait on for a call; false when it was not theirs. */
  leaveCallBack(id: string, person: StaffPerson): Promise<boolean> {
    return leaveCallBack(this.parts, id, person);
  }

  /** The customer waits no more; false when they did not wait. */
  leave(conversationId: string): Promise<boolean> {
    return leave(this.parts, conversationId);
  }

  /** To be called when the customer has ended the chat. */
  chatEnded(conversationId: string): Promise<void> {
    return chatEnded(this.parts, conversationId);
  }

  /**
   * Takes a waiting conversation; of several at once, one gets it. Also one that was passed to somebody else. One that has
   * changed hands since is not taken by a page that shows it as before.
   */
  claim(id: string, person: StaffMember, since?: Since): Promise<Claimed> {
    return this.lanes.run(id, () => claim(this.parts, id, person, since));
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

  /** Puts it back into the queue, since its holder must not go on with it; false when they do not hold it. */
  takeAway(id: string, holder: Pick<StaffPerson, 'accountId'>): Promise<boolean> {
    return this.lanes.run(id, () => takeAway(this.parts, id, holder));
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

  /** Somebody has seen to a wish to be called back; false when there is none, or somebody else is calling them. */
  calledBack(id: string, person: StaffMember): Promise<boolean> {
    return calledBack(this.parts, id, person);
  }

  /** The page of somebody is there. */
  seen(accountId: string): Promise<void> {
    return this.parts.records.seen(accountId, this.parts.clock.now());
  }

  /** Whoever holds this one is there, and has told so of it alone. */
  seenIn(id: string, accountId: string): Promise<void> {
    return this.parts.records.seen(accountId, this.parts.clock.now(), id);
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
   * Puts back into the queue what no page of an agent has held for two minutes, or a hub elsewhere has told nothing of for
   * fifteen, finishes the ends of talks, and tells those who wait that the desk has closed; returns how many.
   */
  async sweep(): Promise<number> {
    const { parts, begunAt } = this;
    const upForMs = parts.clock.now().getTime() - begunAt.getTime();
    const requeued = await requeueLost(parts, upForMs);
    return requeued + (await finishEnded(parts)) + (await tellOfClosing(parts));
  }
}

const MOST_HELD = 100;
