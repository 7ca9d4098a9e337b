import { createHmac } from 'node:crypto';
import type { AuditEntry, AuditHead, AuditRecords, AuditSubject } from '../models/auditEntries';
import {
  BEFORE_FIRST,
  entryFields,
  faultAfter,
  isSignedBy,
  linkHash,
  linkMac,
  signedHead,
  type AuditKeys,
  type BrokenLink,
  type ChainPlace,
} from './auditChain';
import { comparable } from './addresses';
import { refuseUnfitEvent, type AuditEvent } from './auditEvents';
import { ProductError } from './errors';
import { Lanes } from './lanes';
import type { Clock, Log } from './ports';

export type { AuditAction, AuditEntry, AuditHead, AuditRecords } from '../models/auditEntries';
export type { AuditKeys, BrokenLink, ChainPlace } from './auditChain';
export type { AuditEvent } from './auditEvents';

/** What a look at the whole log found; the first fault ends it. */
export type Verification =
  | { readonly outcome: 'whole'; readonly entries: number; readonly head?: ChainPlace }
  | { readonly outcome: 'broken'; readonly seq: number; readonly why: BrokenLink }
  | { readonly outcome: 'cut'; readonly lastSeq: number; readonly expectedSeq: number };

const PAGE = 1000;
/** Each time another process was quicker; so often in a row, something else is amiss. */
const MOST_TRIES = 1000;
const LANE = 'audit';
const FINGERPRINT_DIGITS = 16;

/** The audit log: who did what, when; entries form a keyed chain, so that none can be changed, slipped in or taken out. */
export class Audit {
  private readonly lanes = new Lanes();
  /** The last entry that this process knows of; others may have added more. */
  private known: ChainPlace | undefined;

  constructor(
    private readonly records: AuditRecords,
    private readonly keys: AuditKeys,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /**
   * Adds an event to the log; the same event again changes nothing.
   * @throws ProductError `BadArgument`: the event holds what may be personal, or what cannot be kept.
   */
  async append(event: AuditEvent): Promise<void> {
    // An event that waited as a stored effect has its instant as text.
    const whole = { ...event, at: new Date(event.at) };
    refuseUnfitEvent(whole);
    await this.lanes.run(LANE, () => this.add(whole));
  }

  /**
   * Stands for a member of staff in the log: equal for equal addresses, and of no use without the key.
   * @param address a bare address; capitals make no difference.
   */
  fingerprint(address: string): string {
    return this.fingerprints(address)[0] ?? '';
  }

  /** All fingerprints that a member of staff may have in the log, the newest key's first. */
  fingerprints(address: string): string[] {
    const mailbox = comparable(address);
    return this.keys.fingerprint.map((key) => {
      const hash = createHmac('sha256', key).update(mailbox).digest('hex');
      return `staff:${hash.slice(0, FINGERPRINT_DIGITS)}`;
    });
  }

  /** Where the log stands, signed; the first of a day is kept. Undefined while the log is empty. */
  async head(): Promise<AuditHead | undefined> {
    const place = await this.lanes.run(LANE, () => this.end());
    if (place.seq === 0) return undefined;
    const head = signedHead(place, this.clock.now(), this.keys);
    await this.records.keepHead(head);
    return head;
  }

  /** When the first thing that the log tells of happened; undefined while it is empty. */
  async begunAt(): Promise<Date | undefined> {
    const [first] = await this.records.after(0, 1);
    return first?.at;
  }

  /** What happened to one thing, in order. */
  async entriesAbout(kind: AuditSubject['kind'], id: string): Promise<AuditEntry[]> {
    return this.records.about({ kind, id });
  }

  /** What happened to a case and to the mails and updates that name it, in order. */
  async entriesOfCase(caseId: string): Promise<AuditEntry[]> {
    const about = await this.records.about({ kind: 'case', id: caseId });
    const naming = await this.records.naming(caseId);
    const bySeq = new Map([...about, ...naming].map((entry) => [entry.seq, entry]));
    return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
  }

  /** The whole log, in order. */
  async *entries(): AsyncGenerator<AuditEntry, void> {
    let seq = 0;
    for (;;) {
      const page = await this.records.after(seq, PAGE);
      yield* page;
      const last = page.at(-1);
      if (!last) return;
      seq = last.seq;
    }
  }

  /**
   * Follows the chain from its beginning, and holds every kept head against it.
   * @param expected a head that was noted elsewhere: shows also whether the end was cut off, which the chain cannot.
   */
  async verify(expected?: ChainPlace): Promise<Verification> {
    // Read first, so that a head kept meanwhile cannot be ahead of what is read of the log.
    const kept = await this.records.keptHeads();
    const heads = new Map<number, AuditHead[]>();
    for (const head of kept) heads.set(head.seq, [...(heads.get(head.seq) ?? []), head]);
    let place = BEFORE_FIRST;
    for await (const entry of this.entries()) {
      const why =
        faultAfter(place, entry, this.keys.mac) ??
        this.headFault(entry, heads.get(entry.seq) ?? [], expected);
      if (why) return this.broken(why === 'missing' ? place.seq + 1 : entry.seq, why);
      place = { seq: entry.seq, hash: entry.hash };
    }
    const expectedSeq = Math.max(expected?.seq ?? 0, ...kept.map(({ seq }) => seq));
    if (expectedSeq > place.seq) {
      this.log.error('audit.cut', { count: place.seq });
      return { outcome: 'cut', lastSeq: place.seq, expectedSeq };
    }
    return { outcome: 'whole', entries: place.seq, ...(place.seq > 0 ? { head: place } : {}) };
  }

  private headFault(
    entry: AuditEntry,
    kept: readonly AuditHead[],
    expected?: ChainPlace,
  ): BrokenLink | undefined {
    if (kept.some((head) => !isSignedBy(head, this.keys.verifyKeys))) return 'forgedHead';
    const hashes = [...kept, ...(expected?.seq === entry.seq ? [expected] : [])];
    return hashes.some(({ hash }) => hash !== entry.hash) ? 'otherHead' : undefined;
  }

  private broken(seq: number, why: BrokenLink): Verification {
    this.log.error('audit.broken', { code: why, count: seq });
    return { outcome: 'broken', seq, why };
  }

  private async add(event: AuditEvent): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      // Only looked for when it is unknown or was wrong: nobody else writes most of the time.
      const before = tries === 0 ? (this.known ?? (await this.end())) : await this.end();
      const entry = this.following(before, event);
      const outcome = await this.records.insert(entry);
      if (outcome === 'stored') this.known = { seq: entry.seq, hash: entry.hash };
      if (outcome !== 'seqTaken') return;
    }
    throw new ProductError('StoreUnavailable', 'The audit log found no free place.');
  }

  private following(before: ChainPlace, event: AuditEvent): AuditEntry {
    const { id, action, at, about, by, facts } = event;
    const given = facts && Object.keys(facts).length > 0 ? { facts } : {};
    const bare = { seq: before.seq + 1, id, action, at, about, by, ...given };
    const hash = linkHash(before.hash, entryFields(bare));
    const [key] = this.keys.mac;
    if (!key) throw new ProductError('BadArgument', 'The audit log needs a key.');
    return { ...bare, hash, mac: linkMac(hash, key) };
  }

  /** The last entry there is, from the last one known on. */
  private async end(): Promise<ChainPlace> {
    let place = this.known ?? (await this.records.last()) ?? BEFORE_FIRST;
    for (;;) {
      const page = await this.records.after(place.seq, PAGE);
      place = page.at(-1) ?? place;
      if (page.length < PAGE) break;
    }
    const { seq, hash } = place;
    if (seq > 0) this.known = { seq, hash };
    return { seq, hash };
  }
}
