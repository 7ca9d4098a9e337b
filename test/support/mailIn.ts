import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InboundMailRecords, type InboundRecord } from '../../models/inboundMails';
import { RawMails } from '../../models/rawMails';
import { openStore, type Store } from '../../models/store';
import { MailIntake } from '../../services/inbound/intake';
import { countedIds, TestClock } from './doubles';
import { keptLog, type LogLine } from './keptLog';
import { STORE_KEY } from './stores';

/** An address that a reply to a mail of the desk goes to. */
export const REPLY_ADDRESS = `case+${'abcdefgh234567'.repeat(2).slice(0, 26)}@comantra.net`;
export const INFO = 'info@comantra.net';
export const MONDAY = new Date('2026-11-23T04:30:00Z');

/** What stands behind a door for mail, without what deals with the mails. */
export interface MailRoom {
  readonly clock: TestClock;
  readonly intake: MailIntake;
  readonly store: Store;
  readonly records: InboundMailRecords;
  readonly log: ReturnType<typeof keptLog>;
  readonly lines: readonly LogLine[];
  /** Where the folder of the mails is, or is to be. */
  readonly folder: string;
  /** A second intake over the same store and folder, as another process has it. */
  anotherIntake(): MailIntake;
  /** The mails that were taken, in their order, with their bytes. */
  taken(): Promise<(InboundRecord & { readonly raw: Buffer })[]>;
  /** Names of the files that were kept. */
  files(): Promise<string[]>;
  close(): Promise<void>;
}

/** Opens a store in memory and a folder of its own. */
export async function mailRoom(options: { now?: Date } = {}): Promise<MailRoom> {
  const store = await openStore({ keys: [STORE_KEY] });
  const records = new InboundMailRecords(store);
  await records.ensureIndexes();
  const above = await mkdtemp(join(tmpdir(), 'mail-room-'));
  const folder = join(above, 'mail-in');
  const rawMails = new RawMails(folder, store.vault);
  const log = keptLog();
  let intakes = 0;
  const anotherIntake = (): MailIntake => {
    intakes += 1;
    return new MailIntake(records, rawMails, countedIds(`intake${intakes}`), log, {
      accepts: async (address) => [INFO, REPLY_ADDRESS].includes(address.toLowerCase()),
      onMail: () => undefined,
    });
  };
  return {
    clock: new TestClock(options.now ?? MONDAY),
    intake: anotherIntake(),
    store,
    records,
    log,
    lines: log.lines,
    folder,
    anotherIntake,
    async taken() {
      const found = await records.list(['received'], 1000);
      const withBytes = found.map(async (record) => ({
        ...record,
        raw: await rawMails.read(record.id),
      }));
      return (await Promise.all(withBytes)).reverse();
    },
    files: () => readdir(folder).catch(() => []),
    async close() {
      await store.close();
      await rm(above, { recursive: true });
    },
  };
}
