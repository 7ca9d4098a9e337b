import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createLog } from '../bot/log';
import { systemIds } from '../bot/system';
import { OutboxRecords } from '../models/outbox';
import { openStore } from '../models/store';
import { smtpMailer } from '../services/mailer';
import { Outbox } from '../services/outbox';
import type { Clock } from '../services/ports';
import { startRefusingServer, within } from './refusingServer';

/*
 * `npm run bench:mail-kills`: 400 mails on their way out, while the processes that send them are killed (SIGKILL) at
 * random moments, 30 times in all, and the server that takes them refuses one in ten for now.
 *
 * Two processes share an embedded store in a fresh folder: the first serves it, the other is its guest. A mail counts as
 * given to the desk once its storing was acknowledged. The processes' clock runs sixty times as fast, so that leases and
 * delays of minutes pass in seconds; nothing else differs from the product. Each mail has an addressee of its own, so that
 * the server can tell which mail it is without its Message-ID.
 */

const MAILS = 400;
const KILLS = 30;
const PROCESSES = 2;
const CLOCK_SPEED = 60;
/** How long a process lives before it is killed. */
const LIVES_MS = { least: 50, most: 700 };
const SWEEP_EVERY_MS = 50;
const GIVE_UP_MS = 10 * 60_000;
const KEY = { id: 'bench', secret: Buffer.alloc(32, 7) };

/** What a sending process tells. */
type Told = { readonly stored: number } | { readonly working: true } | { readonly allSent: true };

/** Stores the mails and sends what is due, until it is killed or nothing is left. */
async function send(directory: string, url: string, beganAt: number): Promise<void> {
  const tell = (told: Told): void => void process.send?.(told);
  const clock: Clock = { now: () => new Date(beganAt + (Date.now() - beganAt) * CLOCK_SPEED) };
  const store = await openStore({ directory, keys: [KEY] });
  const records = new OutboxRecords(store);
  await records.ensureIndexes();
  const outbox = new Outbox(records, smtpMailer({ url }), clock, systemIds, createLog('silent'), {
    ...{ from: 'desk@comantra.net', domain: 'comantra.net' },
  });
  for (let n = 0; n < MAILS; n += 1) {
    await outbox.enqueue({
      ...{ id: `mail-${n}`, kind: 'case.answer', to: `person${n}@example.org` },
      ...{ subject: `Mail ${n}`, text: `This is mail ${n}.`, html: `<p>This is mail ${n}.</p>` },
      createdAt: new Date(beganAt),
    });
    tell({ stored: n });
    if (n === 0) tell({ working: true });
    // What is stored goes out while the rest is being stored.
    if (n % 20 === 0) void outbox.deliverDue();
  }
  while (await outbox.nextDueAt()) {
    await outbox.deliverDue();
    await pause(SWEEP_EVERY_MS);
  }
  tell({ allSent: true });
}

/** One of the sending processes: started anew whenever it is gone, until all is sent. */
class Sender {
  kills = 0;
  private child: ChildProcess | undefined;

  constructor(
    private readonly args: readonly string[],
    private readonly onStored: (n: number) => void,
    /** Asks for leave to kill. */
    private readonly mayKill: () => boolean,
  ) {}

  async run(): Promise<void> {
    let isDone = false;
    do {
      const child = fork(__filename, [...this.args], {
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      });
      this.child = child;
      let isGone = false;
      child.on('message', (told: Told) => {
        if ('stored' in told) this.onStored(told.stored);
        else if ('allSent' in told) isDone = true;
        else
          setTimeout(() => {
            if (isGone || isDone || !this.mayKill()) return;
            this.kills += 1;
            child.kill('SIGKILL');
          }, within(LIVES_MS));
      });
      await once(child, 'exit');
      isGone = true;
      // Set by a message.
    } while (!(isDone as boolean));
  }

  stop(): void {
    this.child?.kill('SIGKILL');
  }
}

async function measure(): Promise<boolean> {
  const directory = mkdtempSync(path.join(tmpdir(), 'mail-kills-'));
  const server = await startRefusingServer();
  const stored = new Set<number>();
  const beganAt = Date.now();
  let killed = 0;
  const mayKill = (): boolean => killed < KILLS && (killed += 1) > 0;
  const senders = Array.from(
    { length: PROCESSES },
    () =>
      new Sender(['send', directory, server.url, String(beganAt)], (n) => stored.add(n), mayKill),
  );
  const isInTime = await Promise.race([
    Promise.all(senders.map((sender) => sender.run())).then(() => true),
    pause(GIVE_UP_MS, false, { ref: false }),
  ]);
  for (const sender of senders) sender.stop();
  await server.close();
  rmSync(directory, { recursive: true, force: true });

  const mails = [...server.arrived.values()];
  const lost = [...stored].filter((n) => !server.arrived.has(`person${n}@example.org`)).length;
  const doubled = mails.filter(({ count }) => count > 1);
  const result = {
    bench: 'mailKills',
    mails: stored.size,
    kills: senders.reduce((sum, { kills }) => sum + kills, 0),
    refusedForNow: server.refusals(),
    arrived: mails.reduce((sum, { count }) => sum + count, 0),
    lost,
    doubled: doubled.length,
    doubledUnderAnotherMessageId: doubled.filter(({ messageIds }) => messageIds.size > 1).length,
    doubledWithOtherContent: doubled.filter(({ contents }) => contents.size > 1).length,
    seconds: Math.round((Date.now() - beganAt) / 1000),
    finished: isInTime,
  };
  console.log(JSON.stringify(result));
  return (
    isInTime &&
    lost === 0 &&
    result.doubledUnderAnotherMessageId + result.doubledWithOtherContent === 0
  );
}

const [, , role, directory = '', url = '', beganAt = ''] = process.argv;
const work =
  role === 'send'
    ? send(directory, url, Number(beganAt)).then(() => process.exit(0))
    : measure().then((isGood) => {
        process.exitCode = isGood ? 0 : 1;
      });
work.catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
