import type { Calls } from '../../services/calls';
import type { Case } from '../../services/cases';
import type { DeskEvent, DeskNews } from '../../services/deskNews';
import type { Handoff, Handoffs } from '../../services/handoffs';
import type { Log } from '../../services/ports';
import type { Customers } from '../../services/records/customers';
import { may, type Right } from '../../services/roles';
import { callView } from './callView';
import type { LiveEvent, LiveSaying } from './contract';
import type { Lines } from './lines';
import type { LiveSocket } from './liveSocket';
import { NewsRound, type Round } from './newsRound';
import { holds, type Reading } from './reading';
import type { Sight } from './sight';

/** What is asked to tell what has happened. */
export interface LiveNewsParts {
  readonly handoffs: Pick<Handoffs, 'byId' | 'newestOf'>;
  readonly calls: Pick<Calls, 'byId'>;
  readonly customers: Pick<Customers, 'byId'>;
  readonly caseOf: (id: string) => Promise<Case | undefined>;
  readonly reading: Reading;
  readonly sight: Sight;
  readonly lines: Lines;
  readonly news: DeskNews;
  readonly log: Log;
}

type What = Extract<LiveEvent, { kind: 'changed' }>['what'];

/** Who is told that something has changed. */
const WHO_HEARS: Readonly<Record<What, Right>> = {
  updates: 'updates.decide',
  cases: 'cases.handle',
  mails: 'mails.handle',
  replies: 'conversations.hold',
  people: 'conversations.hold',
};

/** Tells each open page what its owner may see of what has happened. */
export class LiveNews {
  private readonly round: NewsRound;
  private readonly stopListening: () => void;

  constructor(
    private readonly parts: LiveNewsParts,
    private readonly sockets: ReadonlySet<LiveSocket>,
  ) {
    const { news, lines, log } = parts;
    this.round = new NewsRound((round) => this.tellRound(round), log);
    this.stopListening = news.listen((event) => {
      if (event.kind === 'conversation') lines.changed(event.conversationId);
      if (sockets.size > 0) this.hear(event);
    });
  }

  /** Somebody has come or gone. */
  peopleChanged(): void {
    this.round.add({ what: 'people' });
  }

  /** Lets a page hear the conversations that it shows, as far as its owner may read them; that is audited. */
  async follow(socket: LiveSocket, { follow }: LiveSaying): Promise<void> {
    const { handoffs, reading } = this.parts;
    const before = socket.follows;
    socket.follows = new Set(follow);
    for (const id of follow) {
      if (socket.hears(id)) continue;
      const handoff = await handoffs.byId(id);
      if (!handoff || !(await this.mayHear(socket, handoff))) continue;
      await reading.note(socket.caller, handoff);
      socket.hear(handoff);
      // What came since the page last looked is for it to ask for.
      socket.send({ kind: 'conversation', handoffId: id });
    }
    for (const id of before) {
      if (socket.follows.has(id) || !socket.hears(id)) continue;
      const handoff = await handoffs.byId(id);
      if (!handoff || !holds(socket.caller, handoff)) socket.hearNoMore(id);
    }
  }

  stop(): void {
    this.stopListening();
    this.round.stop();
  }

  private hear(event: DeskEvent): void {
    switch (event.kind) {
      case 'handoff':
        this.round.add({ id: event.id });
        this.orLog(this.withdraw(event.id));
        return;
      case 'conversation':
        this.orLog(this.changed(event.conversationId));
        return;
      case 'typing':
        for (const socket of this.sockets)
          for (const handoffId of socket.heardOf(event.conversationId))
            socket.send({ kind: 'typing', handoffId });
        return;
      case 'call':
        this.orLog(this.tellCall(event.id));
        return;
      case 'case':
        this.round.add({ caseId: event.id });
        this.orLog(this.withdrawFrom(event.id));
        return;
      case 'changed':
        this.round.add({ what: event.what });
        return;
      case 'account':
        for (const socket of this.sockets)
          if (socket.caller.accountId === event.id) this.orLog(socket.checkSession());
    }
  }

  /** What is said next is not for whoever held it until now: that must not wait for the round. */
  private async withdraw(id: string): Promise<void> {
    const hearing = [...this.sockets].filter((socket) => socket.hears(id));
    const handoff = hearing.length > 0 ? await this.parts.handoffs.byId(id) : undefined;
    if (!handoff) return;
    for (const socket of hearing) {
      if (await this.mayHear(socket, handoff)) continue;
      socket.hearNoMore(id);
      socket.send({ kind: 'conversation', handoffId: id });
    }
  }

  /** A case may be about somebody who hears the conversation that it came from. */
  private async withdrawFrom(caseId: string): Promise<void> {
    const conversationId = (await this.parts.caseOf(caseId))?.conversationId;
    if (conversationId === undefined) return;
    const heard = [...this.sockets].flatMap((socket) => socket.heardOf(conversationId));
    for (const id of new Set(heard)) await this.withdraw(id);
  }

  private async changed(conversationId: string): Promise<void> {
    const handoff = await this.parts.handoffs.newestOf(conversationId);
    if (handoff) this.round.add({ id: handoff.id });
  }

  private async tellCall(id: string): Promise<void> {
    const call = await this.parts.calls.byId(id);
    if (!call) return;
    const view = await callView(this.parts, call);
    for (const socket of this.sockets)
      if (call.agent.accountId === socket.caller.accountId)
        socket.send({ kind: 'call', call: view });
  }

  private async tellRound({ ids, whats, cases }: Round): Promise<void> {
    for (const what of whats)
      for (const socket of this.sockets)
        if (may(socket.caller.roles, WHO_HEARS[what])) socket.send({ kind: 'changed', what });
    await this.tellCases(cases);
    for (const id of ids) await this.tellHandoff(id);
  }

  /** That a case has changed is told to those alone who see it. */
  private async tellCases(ids: readonly string[]): Promise<void> {
    const { caseOf, sight } = this.parts;
    const untold = new Set(
      [...this.sockets].filter(({ caller }) => may(caller.roles, WHO_HEARS.cases)),
    );
    for (const id of ids) {
      const about = untold.size > 0 ? await caseOf(id) : undefined;
      if (!about) continue;
      for (const socket of untold) {
        if (!(await sight.ofCase(socket.caller, about))) continue;
        socket.send({ kind: 'changed', what: 'cases' });
        untold.delete(socket);
      }
    }
  }

  private async tellHandoff(id: string): Promise<void> {
    const { handoffs, lines } = this.parts;
    const handoff = await handoffs.byId(id);
    if (!handoff) return;
    const line = await lines.lineOf(handoff);
    for (const socket of this.sockets) {
      if (!may(socket.caller.roles, 'conversations.hold')) continue;
      socket.send(isListed(socket, handoff) ? { kind: 'line', line } : { kind: 'gone', id });
      const heard = socket.hears(id);
      const hears = await this.mayHear(socket, handoff);
      if (hears) socket.hear(handoff);
      else socket.hearNoMore(id);
      if (heard || hears) socket.send({ kind: 'conversation', handoffId: id });
    }
  }

  private async mayHear(socket: LiveSocket, handoff: Handoff): Promise<boolean> {
    const { caller, follows } = socket;
    if (holds(caller, handoff)) return true;
    return follows.has(handoff.id) && this.parts.reading.mayRead(caller, handoff);
  }

  private orLog(done: Promise<void>): void {
    done.catch((error: unknown) => {
      this.parts.log.error('live.failed', { error });
    });
  }
}

/** Whether a handoff stands in somebody's queue. */
function isListed({ caller }: LiveSocket, handoff: Handoff): boolean {
  const { state } = handoff;
  if (state === 'waiting' || state === 'callBack') return true;
  return holds(caller, handoff) || (state === 'held' && may(caller.roles, 'conversations.oversee'));
}
