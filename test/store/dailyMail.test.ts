import { InboundMailRecords } from '../../models/inboundMails';
import type { Store } from '../../models/store';
import { DailyMail } from '../../services/dailyMail';
import { Notices } from '../../services/notices';
import { CALENDAR, caseDesk, toOpen, ZONE, type CaseDesk } from '../support/caseDesk';
import { MANAGER } from '../support/caseNews';
import { describeOnStores } from '../support/stores';

const at = (local: string): Date => new Date(`2026-${local}+05:30`);

describeOnStores('the daily mail of the audit log', (open) => {
  let store: Store;
  let desk: CaseDesk;
  let daily: DailyMail;
  beforeEach(async () => {
    store = await open();
    desk = await caseDesk(store);
    daily = await dailyOf(desk);
  });

  const dailyOf = async (of: CaseDesk): Promise<DailyMail> => {
    const { audit, outbox, clock } = of;
    const inbound = new InboundMailRecords(store);
    await inbound.ensureIndexes();
    const notices = new Notices(outbox, of.replyTokens, of.staff, clock);
    return new DailyMail({ audit, inbound, notices }, clock, CALENDAR, ZONE);
  };
  const opened = async (instant: Date): Promise<void> => {
    desk.clock.set(instant);
    await desk.cases.open(toOpen());
    await desk.effects.sweep();
  };
  const sentAt = async (instant: Date, by = daily) => {
    desk.clock.set(instant);
    await by.sweep();
    await desk.outbox.deliverDue();
    return desk.mails.splice(0).filter(({ id }) => id.startsWith('audit-head-'));
  };

  test('goes to the managers once a day from the opening hour on', async () => {
    await opened(at('11-23T12:00'));
    expect(await sentAt(at('11-24T08:59'))).toEqual([]);
    expect((await sentAt(at('11-24T09:00'))).map(({ to }) => to)).toEqual([MANAGER]);
    for (const later of ['11-24T09:01', '11-24T23:59', '11-25T00:01'])
      expect(await sentAt(at(later))).toEqual([]);
    expect(await sentAt(at('11-25T09:00'))).toHaveLength(1);
  });

  test('goes out on a Sunday, too, and late in the day when the desk stood still', async () => {
    await opened(at('11-23T12:00'));
    expect(await sentAt(at('11-29T22:00'))).toHaveLength(1);
  });

  test('is one, however often the desk is started, and by how many processes', async () => {
    await opened(at('11-23T12:00'));
    desk.clock.set(at('11-24T09:00'));
    const others = await Promise.all([dailyOf(desk), dailyOf(desk)]);
    await Promise.all([daily, ...others].map((each) => each.sweep()));
    expect(await sentAt(at('11-24T10:00'))).toHaveLength(1);
    expect(await sentAt(at('11-24T11:00'), await dailyOf(desk))).toEqual([]);
  });

  test('says where the log stands, so that it can be checked against later', async () => {
    await opened(at('11-23T12:00'));
    const [mail] = await sentAt(at('11-24T09:00'));
    const head = (await desk.audit.head())!;
    expect(mail!.subject).toContain('2026-11-24');
    const words = mail!.text.replace(/\s+/g, ' ');
    expect(words).toContain(`npm run audit -- verify --head ${head.seq}:${head.hash}`);
    expect(words).toContain(`Public key: ${head.publicKey}`);
    expect(words).toContain('No mail waits in quarantine.');
    const [, seq = '', hash = ''] = /Head: (\d+):([0-9a-f]+)/.exec(words) ?? [];
    expect(await desk.audit.verify({ seq: Number(seq), hash })).toMatchObject({ outcome: 'whole' });
  });

  test('is not sent while the log is empty, nor on the day that it began after the opening', async () => {
    expect(await sentAt(at('11-23T12:00'))).toEqual([]);
    await opened(at('11-23T12:30'));
    expect(await sentAt(at('11-23T13:00'))).toEqual([]);
    expect(await sentAt(at('11-24T09:00'))).toHaveLength(1);
  });
});
