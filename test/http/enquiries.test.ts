import { Enquiries } from '../../services/inbound/enquiries';
import { ENQUIRY, MailDesk, MANAGER } from '../support/mailDesk';

const TARA = 'tara@example.org';
let desk: MailDesk | undefined;
const start = async (): Promise<MailDesk> => (desk = await MailDesk.start());
afterEach(async () => {
  await desk?.close();
  desk = undefined;
});

const enquire = (to: MailDesk, subject: string, text: string): Promise<void> =>
  to.deliver({ from: TARA, to: ENQUIRY, subject, text });

test.each([
  ['Newsletter', 'Please take me off the newsletter list.'],
  ['Changes', 'please change my phone number to 98300 12345 and take me off the newsletter'],
])('a mail to the enquiry mailbox that wants no newsletter is a request: %s', async (...said) => {
  const running = await start();
  await enquire(running, ...said);
  expect(await running.cases()).toEqual([]);
  expect(await running.subjects(TARA)).toEqual([
    'Your message to Comantra: please show that this mailbox is yours',
  ]);
});

test('one that complains of newsletters in spite of everything is a case', async () => {
  const running = await start();
  await enquire(running, 'Again', 'I opted out months ago and still get your newsletter');
  expect(await running.cases()).toMatchObject([{ kind: 'complaint' }]);
});

test.each([
  ['Hello', 'Hi, I am Rohan. I am 11. Please change my number to 98301 54321.'],
  ['my account', 'i want another name there\nI’m eleven years old\nRohan'],
  ['I am 11 years old', 'Please change my number to 98301 54321.'],
])('nothing is kept of what a child writes, who gets the policy’s words: %s', async (...said) => {
  const running = await start();
  await enquire(running, ...said);
  const [mail, ...more] = await running.mails(TARA);
  expect(more).toEqual([]);
  expect(mail?.text).toContain('Comantra will not knowingly or intentionally collect');
  expect(mail?.text).toMatch(/ask a parent or another grown-up/);
  expect(mail?.text).not.toMatch(/Rohan|98301|continue=/);
  expect(await running.mails(MANAGER)).toEqual([]);
  expect(await running.count('updateRequests')).toBe(0);
  expect(await running.office.records.rawMails.ids()).toEqual([]);
  const [record] = await running.running.store.connection
    .collection<{ _id: string; state: string }>('inboundMails')
    .find()
    .toArray();
  expect(record?.state).toBe('done');
  const entries = await running.office.audit.entriesAbout('mail', record!._id);
  expect(entries.map(({ action }) => action)).toContain('child.stopped');
  expect(JSON.stringify(entries)).not.toMatch(/Rohan|98301|tara/);
});

test.each([
  ['a grown-up', 'I am 41. Please change my number to 98301 54321.'],
  ['somebody who is late', 'I am 11 minutes from the post office; my address has changed.'],
])('a mail of %s is a request', async (_who, text) => {
  const running = await start();
  await enquire(running, 'My data', text);
  expect(await running.count('updateRequests')).toBe(1);
  expect(await running.office.records.rawMails.ids()).toHaveLength(1);
});

test('what a parent writes of their child goes to a person', async () => {
  const running = await start();
  await enquire(running, 'My data', 'My daughter is 11. Please change my number to 98301 54321.');
  expect(await running.cases()).toHaveLength(1);
});

test('a request that went on in the chat is over, and can be asked for again by its turn', async () => {
  const running = await start();
  await enquire(running, 'New number', 'My number is 98301 54321.');
  const { audit, links, records, updates } = running.office;
  const notices = { toCustomer: async () => undefined, toStaff: async () => 0 };
  const enquiries = new Enquiries(
    ...([records.updateRequests, updates, links, notices as never, audit, running.clock] as const),
    { mailbox: ENQUIRY, ofChildren: [] },
  );
  const [request] = await records.updateRequests.newest(5);
  for (let times = 0; times < 2; times += 1)
    expect(await enquiries.continued(request!.id, 'c1')).toMatchObject({
      ...{ state: 'continued', conversationId: 'c1' },
      text: expect.stringContaining('98301') as string,
    });
});
