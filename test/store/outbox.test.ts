import { systemIds } from '../../bot/system';
import { simpleParser } from 'mailparser';
import { OutboxRecords } from '../../models/outbox';
import { openStore, type Store } from '../../models/store';
import { smtpMailer, type Delivery, type Mailer, type OutgoingMail } from '../../services/mailer';
import { Outbox, type Mail } from '../../services/outbox';
import { TestClock } from '../support/doubles';
import { keptLog } from '../support/keptLog';
import { startSilentServer, startSmtpSink } from '../support/smtpSink';
import { until } from '../support/until';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const OPTIONS = { from: 'Desk <desk@comantra.net>', domain: 'comantra.net' };
const ACCEPTED: Delivery = { outcome: 'accepted' };
const LATER: Delivery = { outcome: 'refused', permanent: false, code: '451' };

let store: Store;
let records: OutboxRecords;
let clock: TestClock;
let log: ReturnType<typeof keptLog>;
const closing: (() => Promise<void>)[] = [];

beforeEach(async () => {
  store = await openStore({
    mongodbUri: process.env.MONGODB_URI,
    keys: [{ id: 'k1', secret: Buffer.alloc(32, 7) }],
  });
  await store.connection.collection('outbox').deleteMany({});
  records = new OutboxRecords(store);
  await records.ensureIndexes();
  clock = new TestClock(new Date('2026-11-22T09:30:00Z'));
  log = keptLog();
});

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await store.close();
});

function outboxWith(mailer: Mailer): Outbox {
  closing.push(() => mailer.close());
  return new Outbox(records, mailer, clock, systemIds, log, OPTIONS);
}

/** A mailer whose answers the test gives one by one; the last one stays. */
function scripted(...answers: ((mail: OutgoingMail) => Delivery | Promise<Delivery>)[]) {
  const sent: OutgoingMail[] = [];
  const mailer: Mailer = {
    send: async (mail) => {
      sent.push(mail);
      return (answers[sent.length - 1] ?? answers.at(-1)!)(mail);
    },
    close: async () => undefined,
  };
  return { sent, mailer };
}

function mailOf(changes: Partial<Mail> = {}): Mail {
  return {
    id: 'case-1.acknowledged',
    kind: 'case.acknowledged',
    to: 'Rina Sen <rina@example.org>',
    subject: 'Your report PD-7KQ4-M2XA',
    text: 'We have your report.',
    html: '<p>We have your report.</p>',
    caseId: 'case-1',
    createdAt: clock.now(),
    ...changes,
  };
}

const stored = (id = 'case-1.acknowledged') =>
  store.connection.collection<{ _id: string; state: string }>('outbox').findOne({ _id: id });

const events = () => log.lines.map(({ event }) => event);

describe('a mail', () => {
  test('is delivered once, with the Message-ID and date of its making', async () => {
    const sink = await startSmtpSink();
    closing.push(() => sink.close());
    const outbox = outboxWith(smtpMailer(sink));
    const createdAt = new Date(clock.now().getTime() - HOUR);
    await outbox.enqueue(mailOf({ createdAt }));

    expect(await outbox.deliverDue()).toBe(1);
    clock.advance(HOUR);
    expect(await outbox.deliverDue()).toBe(0);

    expect(sink.taken).toHaveLength(1);
    const mail = await simpleParser(sink.taken[0]!.raw);
    expect(mail.messageId).toBe('<case-1.acknowledged@comantra.net>');
    expect(mail.date).toEqual(createdAt);
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(log.lines).toEqual([
      {
        level: 'info',
        event: 'mail.sent',
        fields: {
          mailId: 'case-1.acknowledged',
          kind: 'case.acknowledged',
          caseId: 'case-1',
          attempts: 1,
        },
      },
    ]);
    expect(await outbox.counts()).toEqual({ queued: 0, dead: 0 });
    expect(await outbox.nextDueAt()).toBeUndefined();
  });

  test('put in twice, also at once or after it was sent, is one mail', async () => {
    const { sent, mailer } = scripted(() => ACCEPTED);
    const outbox = outboxWith(mailer);
    await Promise.all([outbox.enqueue(mailOf()), outbox.enqueue(mailOf({ subject: 'Another' }))]);
    await outbox.deliverDue();
    await outbox.enqueue(mailOf());
    await outbox.deliverDue();
    expect(sent).toHaveLength(1);
  });

  test('says nothing in clear in the store', async () => {
    const outbox = outboxWith(scripted(() => ACCEPTED).mailer);
    const mail = mailOf({ replyTo: 'case+token@comantra.net', cap: { perDay: 3 } });
    await outbox.enqueue(mail);
    const raw = JSON.stringify(await stored());
    for (const personal of ['rina', 'Rina', 'example.org', 'PD-7KQ4', 'report', 'token']) {
      expect(raw).not.toContain(personal);
    }
    expect(raw).toContain('"state":"queued"');
  });

  test('that would forge a header is refused, and nothing is stored', async () => {
    const outbox = outboxWith(scripted(() => ACCEPTED).mailer);
    const forged: Partial<Mail>[] = [
      { subject: 'Hello\r\nBcc: eve@example.net' },
      { to: 'rina@example.org\nBcc: eve@example.net' },
      { to: 'rina@example.org, eve@example.net' },
      { replyTo: 'a@example.org\rBcc: eve@example.net' },
      { id: 'two words' },
    ];
    for (const changes of forged) {
      await expect(outbox.enqueue(mailOf(changes))).rejects.toMatchObject({ code: 'BadArgument' });
    }
    expect(await outbox.counts()).toEqual({ queued: 0, dead: 0 });
  });
});

describe('a refused mail', () => {
  test('is tried again, ever more rarely, until it is taken', async () => {
    const sink = await startSmtpSink({ refuse: (attempt) => (attempt < 4 ? 451 : undefined) });
    closing.push(() => sink.close());
    const outbox = outboxWith(smtpMailer(sink));
    await outbox.enqueue(mailOf());

    const waits: number[] = [];
    for (let attempt = 1; attempt < 4; attempt += 1) {
      expect(await outbox.deliverDue()).toBe(1);
      const wait = (await outbox.nextDueAt())!.getTime() - clock.now().getTime();
      waits.push(wait);
      clock.advance(wait - 1);
      expect(await outbox.deliverDue()).toBe(0);
      clock.advance(1);
    }
    await outbox.deliverDue();

    expect(sink.taken).toHaveLength(1);
    waits.forEach((wait, index) => {
      const full = (MINUTE / 2) * 2 ** index;
      expect(wait).toBeGreaterThanOrEqual(full / 2);
      expect(wait).toBeLessThan(full);
    });
    expect(events()).toEqual(['mail.deferred', 'mail.deferred', 'mail.deferred', 'mail.sent']);
    expect(log.lines[2]!.fields).toMatchObject({ code: '451', attempts: 3 });
  });

  test('for good is dead at once', async () => {
    const sink = await startSmtpSink({ refuse: () => 550, refuseAt: 'recipient' });
    closing.push(() => sink.close());
    const outbox = outboxWith(smtpMailer(sink));
    await outbox.enqueue(mailOf());
    await outbox.deliverDue();
    clock.advance(24 * HOUR);
    expect(await outbox.deliverDue()).toBe(0);
    expect(await outbox.counts()).toEqual({ queued: 0, dead: 1 });
    expect(log.lines).toMatchObject([
      { level: 'error', event: 'mail.dead', fields: { code: '550', attempts: 1 } },
    ]);
    expect(JSON.stringify(log.lines)).not.toContain('rina');
  });

  test('is given up after three days of tries, at least once an hour', async () => {
    const { sent, mailer } = scripted(() => LATER);
    const outbox = outboxWith(mailer);
    const start = clock.now().getTime();
    await outbox.enqueue(mailOf());
    for (let next = await outbox.nextDueAt(); next; next = await outbox.nextDueAt()) {
      clock.advance(next.getTime() - clock.now().getTime());
      await outbox.deliverDue();
    }
    const days = (clock.now().getTime() - start) / (24 * HOUR);
    expect(days).toBeGreaterThanOrEqual(3);
    expect(days).toBeLessThan(3.05);
    expect(sent.length).toBeGreaterThan(72);
    expect(events().at(-1)).toBe('mail.dead');
    expect(await outbox.counts()).toEqual({ queued: 0, dead: 1 });
  });

  test('is not given up because the desk itself was away for a week', async () => {
    const { sent, mailer } = scripted(
      () => LATER,
      () => LATER,
      () => ACCEPTED,
    );
    const outbox = outboxWith(mailer);
    await outbox.enqueue(mailOf());
    await outbox.deliverDue();
    clock.advance(7 * 24 * HOUR);
    await outbox.deliverDue();
    clock.advance(HOUR);
    await outbox.deliverDue();
    expect(sent).toHaveLength(3);
    expect(await outbox.counts()).toEqual({ queued: 0, dead: 0 });
  });

  test('waits out an hour in which no SMTP server is there', async () => {
    const gone = await startSmtpSink();
    await gone.close();
    const outbox = outboxWith(smtpMailer(gone));
    await outbox.enqueue(mailOf());
    for (const end = clock.now().getTime() + HOUR; clock.now().getTime() < end;) {
      await outbox.deliverDue();
      clock.advance(5 * MINUTE);
    }
    expect(await outbox.counts()).toEqual({ queued: 1, dead: 0 });

    const back = await startSmtpSink({ port: gone.port });
    closing.push(() => back.close());
    clock.advance(HOUR);
    await outbox.deliverDue();
    expect(back.taken).toHaveLength(1);
  });
});

describe('several workers', () => {
  test('send each mail once between them', async () => {
    const sink = await startSmtpSink();
    closing.push(() => sink.close());
    const first = outboxWith(smtpMailer(sink));
    const second = outboxWith(smtpMailer(sink));
    const ids = Array.from({ length: 30 }, (_, index) => `mail-${index}`);
    for (const id of ids) await first.enqueue(mailOf({ id }));

    const handled = await Promise.all([
      first.deliverDue(),
      second.deliverDue(),
      first.deliverDue(),
    ]);

    expect(handled.reduce((sum, count) => sum + count)).toBe(30);
    const mails = await Promise.all(sink.taken.map(({ raw }) => simpleParser(raw)));
    expect(mails.map(({ messageId }) => messageId).sort()).toEqual(
      ids.map((id) => `<${id}@comantra.net>`).sort(),
    );
  });

  test('of one process are only a few, however many sweeps run', async () => {
    const held: ((delivery: Delivery) => void)[] = [];
    let letAllGo = false;
    const { sent, mailer } = scripted(() =>
      letAllGo ? ACCEPTED : new Promise<Delivery>((done) => held.push(done)),
    );
    const outbox = outboxWith(mailer);
    for (let index = 0; index < 20; index += 1) {
      await outbox.enqueue(mailOf({ id: `mail-${index}` }));
    }
    const sweeps = [outbox.deliverDue(), outbox.deliverDue(), outbox.deliverDue()];
    await until('four mails being sent', () => held.length >= 4);
    // Store round trips, in which any further worker would have taken its mail.
    for (let trip = 0; trip < 10; trip += 1) await outbox.counts();
    expect(sent).toHaveLength(4);

    letAllGo = true;
    held.forEach((done) => {
      done(ACCEPTED);
    });
    await Promise.all(sweeps);
    expect(sent).toHaveLength(20);
  });

  test('take over a mail whose worker died after sending, with the same Message-ID and date', async () => {
    const { sent, mailer } = scripted(() => ACCEPTED);
    const outbox = outboxWith(mailer);
    await outbox.enqueue(mailOf());
    // What a process leaves behind that is killed between the server's "250" and the store.
    const lease = new Date(clock.now().getTime() + 5 * MINUTE);
    await records.claim('the-dead-one', clock.now(), lease);

    expect(await outbox.deliverDue()).toBe(0);
    clock.advance(5 * MINUTE);
    expect(await outbox.deliverDue()).toBe(1);
    expect(sent).toMatchObject([
      {
        messageId: '<case-1.acknowledged@comantra.net>',
        date: new Date('2026-11-22T09:30:00Z'),
      },
    ]);
    expect(log.lines.at(-1)).toMatchObject({ event: 'mail.sent', fields: { attempts: 2 } });
  });

  test('cannot complete a mail that another has taken over', async () => {
    let letGo: (delivery: Delivery) => void = () => undefined;
    const slow = scripted(() => new Promise<Delivery>((done) => (letGo = done)));
    const outbox = outboxWith(slow.mailer);
    await outbox.enqueue(mailOf());
    const sweep = outbox.deliverDue();
    await until('a mail being sent', () => slow.sent.length === 1);

    clock.advance(5 * MINUTE);
    const leaseEnd = new Date(clock.now().getTime() + 5 * MINUTE);
    const taken = await records.claim('another', clock.now(), leaseEnd);
    expect(taken?.id).toBe('case-1.acknowledged');
    letGo({ outcome: 'refused', permanent: true, code: '550' });
    await sweep;

    expect(events()).not.toContain('mail.dead');
    expect(await stored()).toMatchObject({ state: 'sending', owner: 'another' });
    expect(await records.markSent('case-1.acknowledged', 'another', clock.now())).toBe(true);
  });
});

describe('a server that never answers', () => {
  test('holds up neither the next mail nor the closing for long', async () => {
    const server = await startSilentServer();
    closing.push(() => server.close());
    const outbox = outboxWith(smtpMailer({ url: server.url, deadlineMs: 400 }));
    await outbox.enqueue(mailOf());
    const sweep = outbox.deliverDue();
    await server.reached;

    let swept = false;
    void sweep.then(() => (swept = true));
    await outbox.enqueue(mailOf({ id: 'second' }));
    expect(await outbox.counts()).toEqual({ queued: 2, dead: 0 });
    expect(swept).toBe(false);

    await outbox.close();
    await sweep;
    expect(log.lines).toMatchObject([{ event: 'mail.deferred', fields: { code: 'ETIMEDOUT' } }]);
    expect(await outbox.deliverDue()).toBe(0);
    expect(await outbox.counts()).toEqual({ queued: 2, dead: 0 });
  });
});

describe('the cap', () => {
  const capped = (id: string, changes: Partial<Mail> = {}) =>
    mailOf({ id, cap: { perDay: 2 }, ...changes });

  test('keeps further mails of a kind to an address on a day from being sent', async () => {
    const { sent, mailer } = scripted(() => ACCEPTED);
    const outbox = outboxWith(mailer);
    for (const id of ['a', 'b', 'c', 'd']) await outbox.enqueue(capped(id));
    await outbox.enqueue(capped('b'));
    await outbox.deliverDue();
    expect(sent.map(({ id }) => id).sort()).toEqual(['a', 'b']);
    expect(await stored('c')).toMatchObject({ state: 'suppressed' });
    expect(log.lines.filter(({ event }) => event === 'mail.suppressed')).toHaveLength(2);

    clock.advance(24 * HOUR);
    await outbox.enqueue(capped('tomorrow'));
    await outbox.deliverDue();
    expect(sent.map(({ id }) => id)).toContain('tomorrow');
  });

  test.each<[string, Partial<Mail>, string]>([
    ['the address in capitals', { to: 'RINA@Example.ORG' }, 'suppressed'],
    ['the address with a tag', { to: 'rina+1@example.org' }, 'suppressed'],
    ['the address without a name', { to: 'rina@example.org' }, 'suppressed'],
    ['another address', { to: 'asha@example.org' }, 'queued'],
    ['another kind', { kind: 'case.answered' }, 'queued'],
    ['a mail without a cap', { cap: undefined }, 'queued'],
  ])('for %s', async (_, changes, state) => {
    const outbox = outboxWith(scripted(() => ACCEPTED).mailer);
    for (const id of ['a', 'b']) await outbox.enqueue(capped(id));
    await outbox.enqueue(capped('c', changes));
    expect(await stored('c')).toMatchObject({ state });
  });

  test('holds in a race', async () => {
    const outbox = outboxWith(scripted(() => ACCEPTED).mailer);
    await Promise.all(
      Array.from({ length: 12 }, (_, index) => outbox.enqueue(capped(`mail-${index}`))),
    );
    expect((await outbox.counts()).queued).toBe(2);
  });
});

describe('trouble inside', () => {
  test('a mail whose key is missing waits for the key', async () => {
    const { sent, mailer } = scripted(() => ACCEPTED);
    const outbox = outboxWith(mailer);
    await outbox.enqueue(mailOf());
    const { content } = (await stored()) as unknown as { content: string };
    const keep = (value: string) =>
      store.connection
        .collection<{ _id: string }>('outbox')
        .updateOne({ _id: 'case-1.acknowledged' }, { $set: { content: value } });
    await keep(content.replace('k1.', 'k0.'));
    await outbox.deliverDue();
    expect(log.lines).toMatchObject([{ event: 'mail.deferred', fields: { code: 'SealBroken' } }]);

    await keep(content);
    clock.advance(HOUR);
    await outbox.deliverDue();
    expect(sent).toMatchObject([{ to: 'Rina Sen <rina@example.org>' }]);
  });

  test('a mailer that throws harms one mail only', async () => {
    const { mailer } = scripted((mail) => {
      if (mail.id === 'bad') throw new Error('rina@example.org');
      return ACCEPTED;
    });
    const outbox = outboxWith(mailer);
    await outbox.enqueue(mailOf({ id: 'bad' }));
    await outbox.enqueue(mailOf({ id: 'good' }));
    expect(await outbox.deliverDue()).toBe(2);
    expect(await stored('good')).toMatchObject({ state: 'sent' });
    expect(await stored('bad')).toMatchObject({ state: 'queued' });
    expect(events()).toContain('mail.unbuildable');
  });
});
