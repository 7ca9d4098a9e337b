import type { Call } from '../../models/callContent';
import type { OpenedCase } from '../cases';
import { ProductError } from '../errors';
import type { LinkPurpose } from '../links';
import type { Passage } from '../policy';
import { personOf, type StaffMember } from '../staffMember';
import { change, type CallChanged, type CallChanges } from './changes';
import { callAudit, changeCall, ownCall, withDeed } from './changing';
import type { CallParts } from './parts';
import { report, type PhoneReport } from './reporting';
import { stop, withoutProof } from './stopping';
import {
  check,
  provedIn,
  sendCode,
  type CodeChecked,
  type CodeSent,
  type CodeWanted,
} from './verifying';

export { CALL_PURPOSES, type Call } from '../../models/callContent';
export type { CallChanged, CallChanges } from './changes';
export type { CallParts } from './parts';
export type { PhoneReport } from './reporting';
export { deedInWords } from './stopping';
export type { CodeChecked, CodeSent, CodeWanted } from './verifying';

/** A call as its agent begins to take it down. */
export interface NewCall {
  /** UUID given by the page: the same call twice is one. */
  readonly id: string;
  /** At most 31 days ago. */
  readonly startedAt: Date;
  readonly agent: StaffMember;
  /** The call-back that it answers. */
  readonly handoffId?: string;
}

/** What to read out to a caller: one passage is an answer, several are a choice. */
export interface CallAnswer {
  readonly outcome: 'answer' | 'choices' | 'none';
  readonly passages: readonly Passage[];
}

const DAY_MS = 24 * 60 * 60 * 1000;
const LONGEST_AGO_MS = 31 * DAY_MS;

/**
 * Telephone calls, which agents take down: each runs the services of the chat. Nobody but the agent who took a call does
 * anything in it: to everybody else there is no such call (`NotFound`).
 */
export class Calls {
  constructor(private readonly parts: CallParts) {}

  /** @throws ProductError `BadArgument`: the time of the call cannot be. */
  async begin({ id, startedAt, agent, handoffId }: NewCall): Promise<Call> {
    const { records, clock, news, log, onEffects } = this.parts;
    const now = clock.now();
    if (!(now.getTime() - startedAt.getTime() <= LONGEST_AGO_MS))
      throw new ProductError('BadArgument', 'A call is taken down within 31 days.');
    const call: Call = {
      ...{ id, agent: personOf(agent), deeds: [], revision: 0 },
      // The clock of the agent's computer may be fast.
      startedAt: startedAt > now ? now : startedAt,
      ...(handoffId === undefined ? {} : { handoffId }),
    };
    const facts = { startedAt: call.startedAt.toISOString() };
    await records.insert(call, [
      callAudit(call, 'call.taken', now, agent, { ...facts, ...(handoffId ? { handoffId } : {}) }),
    ]);
    const stored = await ownCall(this.parts, id, agent);
    log.info('call.taken');
    onEffects();
    news.tell({ kind: 'call', id });
    return stored;
  }

  /** A call of whomever; `verified` only while the proof holds. */
  async byId(id: string): Promise<Call | undefined> {
    const found = await this.parts.records.byId(id);
    if (!found?.verified) return found;
    return (await provedIn(this.parts, found)) ? found : withoutProof(found);
  }

  /** Ends the call, its codes and its proof. */
  async end(id: string, agent: StaffMember): Promise<void> {
    await ownCall(this.parts, id, agent);
    const at = this.parts.clock.now();
    await changeCall(this.parts, id, (found) =>
      found.endedAt
        ? undefined
        : {
            changed: withoutProof({ ...found, endedAt: at }),
            effects: [callAudit(found, 'call.ended', at, agent)],
          },
    );
    await this.parts.verifications.stopCall(id);
  }

  /** What the policy says to a question: the desk's own understanding, and the policy's own words. */
  async question(id: string, agent: StaffMember, text: string): Promise<CallAnswer> {
    await ownCall(this.parts, id, agent);
    const { understanding, policy, clock } = this.parts;
    const { offered, alsoAsked } = await understanding.understand(text);
    const passages = [...offered, ...(alsoAsked?.offered ?? [])].flatMap(
      (passageId) => policy.passages.get(passageId) ?? [],
    );
    const detail = passages.map((passage) => passage.id).join(' ');
    await changeCall(this.parts, id, (found) => ({
      changed: withDeed(found, {
        ...{ at: clock.now(), what: 'question' },
        ...(detail === '' ? {} : { detail }),
      }),
    }));
    if (passages.length === 0) return { outcome: 'none', passages };
    return { outcome: passages.length === 1 ? 'answer' : 'choices', passages };
  }

  /** Has a code sent to the mailbox on file, for the caller to read out: the same whether or not there is a record. */
  sendCode(id: string, agent: StaffMember, wanted: CodeWanted): Promise<CodeSent> {
    return sendCode(this.parts, id, agent, wanted);
  }

  /**
   * Looks at the code that the caller read out.
   * @param code six digits, with spaces or dashes or not.
   * @throws ProductError `BadArgument`: it is none.
   */
  check(id: string, agent: StaffMember, code: string): Promise<CodeChecked> {
    return check(this.parts, id, agent, code);
  }

  /** Changes the record of the caller who proved its mailbox for that. */
  change(id: string, agent: StaffMember, wanted: CallChanges): Promise<CallChanged> {
    return change(this.parts, id, agent, wanted);
  }

  /**
   * Opens a case from what the caller reports, received at the time of the call.
   * @throws ProductError `BadArgument`: the e-mail address cannot be one.
   */
  report(id: string, agent: StaffMember, told: PhoneReport): Promise<OpenedCase> {
    return report(this.parts, id, agent, told);
  }

  /** The owner of a mailbox did not call: voids code and proof, and tells staff. The same again changes nothing. */
  stop(link: Extract<LinkPurpose, { kind: 'stopCall' }>): Promise<void> {
    return stop(this.parts, link);
  }
}
