import { generateKeyPairSync } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import { roundOf } from '../../services/caseRounds';
import { REPLY_LINE } from '../../services/inbound/quoteStripping';
import { readDkimKey, signed } from '../../services/mailer/dkim';
import { ChatCustomer } from '../support/chatCustomer';
import {
  DAY_MS,
  ESCALATION,
  HOUR_MS,
  INFO,
  MailDesk,
  MANAGER,
  MINUTE_MS,
  MONDAY,
  referenceIn,
  replyAddressOf,
  RINA,
  type GotMail,
} from '../support/mailDesk';
import { bounceOf, bytesOf, replyTo, type Program } from '../support/mailer';
import { sharedUnderstanding } from '../support/product';

const TARA = 'tara@example.org';
const STRANGER = 'mallory@evil.test';
const ANSWER = 'Dear Rina,\n\nwe keep them for two years.\n\nRegards,\nAnita';
const HELD = /Send or discard\?/;
const ALARM = /was it you\?/;
const ECHO = /The answer has gone to the customer/;
const UNDONE = /Nothing was done with your reply/;

let desk: MailDesk;
const start = async (options: Parameters<typeof MailDesk.start>[0] = {}): Promise<MailDesk> => {
  desk = await MailDesk.start(options);
  return desk;
};
afterEach(() => desk.close());

/** A customer in the chat, whose report the manager has been told of. */
async function reported(email = TARA) {
  const customer = await ChatCustomer.open(desk.running.url);
  for (const said of ['someone sent my letters to a stranger yesterday', email])
    await customer.ask(said);
  for (const said of ['No, only me', 'No', 'Skip']) await customer.ask(said);
  const [reference = ''] =
    /PD-\w{4}-\w{4}/.exec(await customer.ask('Send it', /PD-\w{4}-\w{4}/)) ?? [];
  await desk.settle();
  const { id } = await desk.caseOf(reference);
  const about = new RegExp(reference);
  const notification = await desk.last(MANAGER, about);
  return { customer, reference, id, notification, acknowledgement: await desk.last(email, about) };
}

describe('the manager presses Reply', () => {
  test('the customer has the answer in the chat and by mail in one thread, the manager an echo', async () => {
    await start({ understanding: await sharedUnderstanding() });
    const { customer, reference, id, notification, acknowledgement } = await reported();
    desk.clock.advance(20 * MINUTE_MS);
    await desk.deliver(replyTo(notification, ANSWER));

    await customer.until(/Here is the answer to your case .*we keep them for two years\./s);
    expect(customer.heard.at(-1)).not.toContain(REPLY_LINE);
    const mail = await desk.last(TARA);
    expect(mail.text).toContain('| we keep them for two years.');
    expect(mail.text).not.toContain('sent my letters');
    expect(mail.inReplyTo).toBe(acknowledgement.messageId);
    expect([mail.references].flat()).toContain(acknowledgement.messageId);
    expect(mail.subject).toBe(`Re: ${acknowledgement.subject ?? ''}`);
    const echo = await desk.last(MANAGER, ECHO);
    expect(echo.text).toContain('10:20 am IST: the promise is kept');
    expect(echo.text).toContain(`in the chat and by mail to ${TARA}`);

    const { rounds } = await desk.caseOf(reference);
    const answeredAt = new Date(MONDAY.getTime() + 20 * MINUTE_MS);
    expect(rounds).toMatchObject([{ answers: [{ answeredAt, by: MANAGER, text: ANSWER }] }]);
    const entries = await desk.office.audit.entriesOfCase(id);
    expect(entries.find(({ action }) => action === 'case.answered')).toMatchObject({
      at: answeredAt,
      by: desk.office.audit.fingerprint(MANAGER),
    });
    expect(entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['case.opened', 'mail.received', 'case.answered', 'mail.sent']),
    );
    expect(await desk.office.audit.verify()).toMatchObject({ outcome: 'whole' });
    // Only what a person wrote goes out without the mark of a machine.
    const unmarked = (await desk.mails()).filter(({ headers }) => !headers.has('auto-submitted'));
    expect(unmarked.map(({ messageId }) => messageId)).toEqual([mail.messageId]);
  });

  test('in any mail program: nothing but their words goes out, and all of it is kept', async () => {
    await start();
    const { reference, notification } = await desk.openByMail();
    const programs: Program[] = ['gmail', 'outlook', 'apple', 'bare'];
    for (const program of programs)
      await desk.deliver(replyTo(notification, `${ANSWER} (${program})`, { program }));
    const { answers } = roundOf(await desk.caseOf(reference));
    expect(answers.map(({ text }) => text).sort()).toEqual(
      programs.map((program) => `${ANSWER} (${program})`).sort(),
    );
    const raw = await desk.office.records.rawMails.read(answers[0]!.id);
    expect(raw.toString()).toContain('multipart/alternative');
    expect(raw.toString()).toContain(REPLY_LINE);
    expect((await desk.last(RINA)).attachments).toEqual([]);
  });

  test('a reply with a file is held, since the customer would not get the file; #send sends the words alone', async () => {
    await start();
    const { reference, notification } = await desk.openByMail();
    const attachments = [{ filename: 'list.pdf', content: '%PDF' }];
    await desk.deliver(replyTo(notification, ANSWER, { program: 'gmail', attachments }));
    expect(roundOf(await desk.caseOf(reference)).answers).toEqual([]);
    const asked = await desk.last(MANAGER, /Send or discard/);
    expect(asked.text).toContain('Files came with it.');
    await desk.deliver(replyTo(asked, '#send'));
    const [answer] = roundOf(await desk.caseOf(reference)).answers;
    expect(answer?.text).toBe(ANSWER);
    expect((await desk.office.records.rawMails.read(answer!.id)).toString()).toContain('list.pdf');
    expect((await desk.last(RINA)).attachments).toEqual([]);
    const echo = await desk.last(MANAGER, ECHO);
    expect(echo.text).toContain('files that came with your reply were kept');
  });

  test('in a conversation that began before a restart: the answer comes all the same', async () => {
    await start({ understanding: await sharedUnderstanding() });
    const { customer, notification } = await reported();
    await desk.restart();
    await desk.deliver(replyTo(notification, ANSWER));
    await customer.until(/Here is the answer to your case/);
    expect(await desk.subjects(TARA)).toHaveLength(2);
  });

  test('twice with the same mail, also at once: one answer', async () => {
    await start();
    const { reference, notification } = await desk.openByMail();
    const mail = await bytesOf(replyTo(notification, ANSWER));
    await Promise.all([desk.deliver(mail), desk.deliver(mail), desk.deliver(mail)]);
    await desk.later(HOUR_MS);
    await desk.deliver(mail);
    expect(await desk.answers(reference)).toEqual([ANSWER]);
    expect(await desk.countOf(RINA, /^Re:/)).toBe(1);
  });

  test('two replies within one second: both reach the customer, the first stops the clock', async () => {
    await start();
    const { reference, id, notification } = await desk.openByMail();
    await Promise.all([
      desk.deliver(replyTo(notification, 'Two years.')),
      desk.deliver(replyTo(notification, 'I forgot: from the day of your visit.')),
    ]);
    expect((await desk.answers(reference)).sort()).toEqual([
      'I forgot: from the day of your visit.',
      'Two years.',
    ]);
    expect(await desk.countOf(RINA, /^Re:/)).toBe(2);
    const actions = await desk.audited(id);
    expect(actions.filter((action) => action.startsWith('case.answered')).sort()).toEqual([
      'case.answered',
      'case.answeredAgain',
    ]);
  });

  test('zammad/zammad#2082, #3140: the first reply stops the clock, and nobody is warned afterwards', async () => {
    await start();
    const { notification } = await desk.openByMail();
    await desk.deliver(replyTo(notification, ANSWER));
    for (let day = 0; day < 9; day += 1) await desk.later(DAY_MS);
    expect(await desk.countOf(MANAGER, /left: answer due|MISSED/)).toBe(0);
    expect(await desk.countOf(ESCALATION, /./)).toBe(0);
  });

  test('after the due moment: the customer is told that it is late, and the promise was missed', async () => {
    await start();
    const { notification } = await desk.openByMail();
    await desk.later(9 * DAY_MS);
    expect(await desk.countOf(MANAGER, /MISSED/)).toBe(1);
    await desk.deliver(replyTo(notification, ANSWER));
    expect((await desk.last(RINA)).text).toContain('It is late, and we are sorry.');
    expect((await desk.last(MANAGER, ECHO)).text).toContain('the promise was missed');
  });

  test('with nothing of their own: nothing goes out, and they are told', async () => {
    await start();
    const { reference, notification } = await desk.openByMail();
    await desk.deliver(replyTo(notification, ''));
    expect(await desk.answers(reference)).toEqual([]);
    expect((await desk.last(MANAGER, UNDONE)).text).toContain('no words of its own');
    expect(await desk.countOf(RINA, /^Re:/)).toBe(0);
  });
});

describe('who may answer', () => {
  test('a forged token is refused at RCPT, as is every other address that is none', async () => {
    await start();
    const { reference, notification } = await desk.openByMail();
    for (const to of [
      `case+${'a'.repeat(26)}@comantra.net`,
      'case+abc@comantra.net',
      'case@comantra.net',
      replyAddressOf(notification).replace('comantra.net', 'example.org'),
    ])
      expect(await desk.post(replyTo(notification, ANSWER, { to }))).toMatchObject({
        code: 550,
        reply: expect.stringContaining('no such mailbox') as string,
      });
    await desk.settle();
    expect(await desk.answers(reference)).toEqual([]);
    expect(await desk.waiting()).toEqual([]);
  });

  test('the right token from another sender: nothing is answered, and staff are alarmed at once', async () => {
    await start();
    const { reference, notification } = await desk.openByMail();
    await desk.deliver(replyTo(notification, ANSWER, { from: STRANGER }));
    expect(await desk.whyWaiting()).toEqual(['quarantined: untrustedSender']);
    expect(await desk.answers(reference)).toEqual([]);
    const alarm = await desk.last(MANAGER, ALARM);
    expect(alarm.text).toContain(STRANGER);
    expect(alarm.text).toContain('we keep them for two years');
    // Nor can they release it themselves.
    await desk.deliver(replyTo(notification, '#send', { from: STRANGER }));
    expect(await desk.answers(reference)).toEqual([]);
    expect(await desk.waiting()).toHaveLength(2);
    expect(await desk.countOf(RINA, /^Re:/)).toBe(0);
  });

  test('#send lets it through once, with the time at which it was received', async () => {
    await start();
    const { reference, id, notification } = await desk.openByMail();
    const answeredAt = desk.clock.now();
    await desk.deliver(replyTo(notification, ANSWER, { from: STRANGER }));
    await desk.later(9 * DAY_MS);
    const alarm = await desk.last(MANAGER, ALARM);
    await desk.post(replyTo(alarm, '#send'));
    desk.clock.advance(1);
    await desk.deliver(replyTo(alarm, '#send please'));
    expect(roundOf(await desk.caseOf(reference)).answers).toMatchObject([
      { answeredAt, text: ANSWER },
    ]);
    const answers = (await desk.mails(RINA)).filter(({ text }) => text?.includes('the answer to'));
    expect(answers).toHaveLength(1);
    expect(await desk.countOf(MANAGER, UNDONE)).toBe(1);
    const entry = (await desk.office.audit.entriesOfCase(id)).find(
      ({ action }) => action === 'case.answered',
    );
    expect(entry?.facts).toMatchObject({ kept: true });
    await desk.deliver(replyTo(alarm, '#discard'));
    expect(await desk.countOf(MANAGER, UNDONE)).toBe(2);
    expect(await desk.answers(reference)).toEqual([ANSWER]);
  });

  test('#discard throws it away once', async () => {
    await start();
    const { reference, id, notification } = await desk.openByMail();
    await desk.deliver(replyTo(notification, ANSWER, { from: STRANGER }));
    const alarm = await desk.last(MANAGER, ALARM);
    await Promise.all([
      desk.deliver(replyTo(alarm, '#discard')),
      desk.deliver(replyTo(alarm, '#discard, thanks')),
    ]);
    expect(await desk.waiting()).toEqual([]);
    expect(await desk.countOf(MANAGER, UNDONE)).toBe(1);
    await desk.deliver(replyTo(alarm, '#send'));
    expect(await desk.answers(reference)).toEqual([]);
    const actions = await desk.audited(id);
    expect(actions.filter((action) => action === 'mail.discarded')).toHaveLength(1);
    expect(actions).not.toContain('mail.released');
  });

  test('#send of one manager and #discard of another at once: one of them counts', async () => {
    await start({ env: { PRIVACY_MANAGER_EMAIL: `${MANAGER}, second@example.com` } });
    const { id, notification } = await desk.openByMail();
    await desk.deliver(replyTo(notification, ANSWER, { from: STRANGER }));
    const alarms = [await desk.last(MANAGER, ALARM), await desk.last('second@example.com', ALARM)];
    await Promise.all(
      alarms.map((alarm, index) =>
        desk.deliver(replyTo(alarm, index === 0 ? '#send' : '#discard')),
      ),
    );
    const actions = await desk.audited(id);
    const decided = actions.filter((each) => /^mail\.(?:released|discarded)$/.test(each));
    expect(decided).toHaveLength(1);
    expect(actions.includes('case.answered')).toBe(decided[0] === 'mail.released');
    const undone = (await desk.mails()).filter(({ subject = '' }) =>
      subject.includes('Nothing was done with your reply'),
    );
    expect(undone).toHaveLength(1);
  });

  test('a manager’s mail without a reply address waits, and they are asked whether it was them', async () => {
    await start();
    const { reference, notification } = await desk.openByMail();
    await desk.deliver(replyTo(notification, ANSWER, { to: INFO }));
    expect(await desk.whyWaiting()).toEqual(['quarantined: noReplyAddress']);
    await desk.deliver(replyTo(await desk.last(MANAGER, ALARM), '#send'));
    expect(await desk.answers(reference)).toEqual([ANSWER]);
    expect(await desk.cases()).toHaveLength(1);
  });

  test('a case about the privacy manager is for nobody but the escalation address', async () => {
    await start();
    const text = 'Your privacy manager read out my file to a friend of his. I want to complain.';
    const { reference, notification } = await desk.openByMail(
      { text, subject: 'Complaint' },
      ESCALATION,
    );
    expect(await desk.mails(MANAGER)).toEqual([]);
    await desk.deliver(replyTo(notification, 'He did no such thing.', { from: MANAGER }));
    expect(await desk.whyWaiting()).toEqual(['quarantined: untrustedSender']);
    expect(await desk.mails(MANAGER)).toEqual([]);
    expect(await desk.countOf(ESCALATION, ALARM)).toBe(1);
    await desk.deliver(replyTo(notification, 'I have spoken to him.'));
    expect(await desk.answers(reference)).toEqual(['I have spoken to him.']);
    expect(await desk.mails(MANAGER)).toEqual([]);
  });
});

describe('Nine-Minds/alga-psa#3242: a forged From is no member of staff', () => {
  const ANITA = 'anita@company.test';
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const key = `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`;
  const RECORDS: Readonly<Record<string, string>> = {
    'mail._domainkey.company.test': key,
    'mail._domainkey.evil.test': key,
    '_dmarc.company.test': 'v=DMARC1; p=reject',
  };
  let dnsIsDown = false;
  const resolver = async (name: string): Promise<unknown> => {
    const code = dnsIsDown ? 'ETIMEOUT' : 'ENOTFOUND';
    const found = dnsIsDown ? undefined : RECORDS[name];
    if (found === undefined) throw Object.assign(new Error(code), { code });
    return [[found]];
  };
  const dkim = (domainName: string) => ({ domainName, keySelector: 'mail', privateKey });
  const facingTheInternet = () =>
    start({ resolver, env: { INBOUND_DMARC: 'true', PRIVACY_MANAGER_EMAIL: ANITA } });

  beforeEach(() => {
    dnsIsDown = false;
  });

  test.each<[string, (mail: SendMailOptions) => Promise<SendMailOptions>]>([
    ['without a signature', async (mail) => mail],
    [
      'with the signature of another domain',
      async (mail) => ({ ...mail, dkim: dkim('evil.test') }),
    ],
    ['with words that were changed since they were signed', tampered],
  ])('%s: it waits, and staff are alarmed', async (_, forged) => {
    await facingTheInternet();
    const { reference, notification } = await desk.openByMail({}, ANITA);
    await desk.deliver(await forged(replyTo(notification, ANSWER)));
    expect(await desk.whyWaiting()).toEqual(['quarantined: unauthenticated']);
    expect(await desk.answers(reference)).toEqual([]);
    expect((await desk.last(ANITA, ALARM)).text).toContain('no aligned DKIM signature, no SPF');
  });

  test('with the signature of their own domain it is an answer', async () => {
    await facingTheInternet();
    const { reference, notification } = await desk.openByMail({}, ANITA);
    await desk.deliver(replyTo(notification, ANSWER, { dkim: dkim('company.test') }));
    expect(await desk.answers(reference)).toEqual([ANSWER]);
    expect(await desk.waiting()).toEqual([]);
    // A customer's mail is taken without one.
    expect(notification.text).toContain('Nothing shows that the mail came from the address');
  });

  test('while DNS does not answer it is neither: it is looked at again, and counts from its receipt', async () => {
    await facingTheInternet();
    const { reference, notification } = await desk.openByMail({}, ANITA);
    dnsIsDown = true;
    const answeredAt = desk.clock.now();
    await desk.deliver(replyTo(notification, ANSWER, { dkim: dkim('company.test') }));
    expect(await desk.answers(reference)).toEqual([]);
    expect(await desk.waiting()).toEqual([]);
    dnsIsDown = false;
    await desk.later(MINUTE_MS);
    expect(roundOf(await desk.caseOf(reference)).answers).toMatchObject([{ answeredAt }]);
  });

  async function tampered(mail: SendMailOptions): Promise<SendMailOptions> {
    const { raw, envelope } = await bytesOf(mail);
    const key = { ...dkim('company.test'), privateKey: readDkimKey(privateKey) };
    const whole = (await signed(raw, key)).toString('latin1');
    return { envelope, raw: whole.replaceAll('two years', 'two weeks') };
  }
});

describe('what looks like no answer to a customer alone is asked about first', () => {
  test.each<[string, Parameters<typeof replyTo>[2]]>([
    ['a copy to somebody else', { cc: 'friend@example.net' }],
    ['the customer beside the reply address', { cc: RINA }],
    ['a forward', { subject: 'Fwd: Privacy question' }],
    ['an answer below the quoted mail', { program: 'bottom' }],
  ])('%s', async (_, changes) => {
    await start();
    const { reference, notification } = await desk.openByMail();
    const answeredAt = desk.clock.now();
    const mail = replyTo(notification, ANSWER, changes);
    // What a mail server hands to the desk is the desk's part alone.
    const envelope = { from: MANAGER, to: replyAddressOf(notification) };
    await desk.deliver({ ...mail, envelope });
    expect(await desk.whyWaiting()).toEqual(['held: asked']);
    expect(await desk.countOf(RINA, /^Re:/)).toBe(0);
    const asked = await desk.last(MANAGER, HELD);
    expect(asked.text).toContain('we keep them for two years');
    await desk.later(HOUR_MS);
    await desk.deliver(replyTo(asked, '#send'));
    const [answer] = roundOf(await desk.caseOf(reference)).answers;
    expect(answer).toMatchObject({ answeredAt, by: MANAGER });
    expect(answer?.text).toContain('we keep them for two years');
    expect(answer?.text).not.toContain('A customer has written');
    expect(await desk.countOf(RINA, /^Re:/)).toBe(1);
  });

  test('a copy to a colleague who handles cases is nothing odd, and #send then does nothing', async () => {
    await start();
    const { reference, notification } = await desk.openByMail();
    const envelope = { from: MANAGER, to: replyAddressOf(notification) };
    await desk.deliver({ ...replyTo(notification, ANSWER, { cc: ESCALATION }), envelope });
    await desk.deliver(replyTo(notification, '#send'));
    expect(await desk.answers(reference)).toEqual([ANSWER]);
    expect(await desk.countOf(MANAGER, UNDONE)).toBe(1);
  });
});

describe('several who may answer', () => {
  const [FIRST, SECOND, DEPUTY] = ['first@example.com', 'second@example.com', 'deputy@example.com'];
  const env = { PRIVACY_MANAGER_EMAIL: `${FIRST},${SECOND}` };

  test('are all told, each with a reply address of their own; whoever is first answers', async () => {
    await start({ env });
    const { reference, id } = await desk.openByMail({}, FIRST);
    const about = new RegExp(reference);
    const [one, two] = [await desk.last(FIRST, about), await desk.last(SECOND, about)];
    expect(replyAddressOf(one)).not.toBe(replyAddressOf(two));
    await desk.deliver(replyTo(two, 'Two years.'));
    await desk.deliver(replyTo(one, 'Two years, from your last visit.'));
    expect(await desk.answers(reference)).toEqual([
      'Two years.',
      'Two years, from your last visit.',
    ]);
    const entries = await desk.office.audit.entriesOfCase(id);
    expect(entries.find(({ action }) => action === 'case.answered')?.by).toBe(
      desk.office.audit.fingerprint(SECOND),
    );
    expect(await desk.countOf(FIRST, ECHO)).toBe(2);
  });

  test('a deputy is told and may answer on their days, and not after them', async () => {
    await start({ env });
    const deputy = { id: 'd1', address: DEPUTY, from: '2026-11-23', until: '2026-11-24' };
    await desk.office.staff.addDeputy(deputy);
    const before = await desk.openByMail({}, DEPUTY);
    await desk.deliver(replyTo(before.notification, 'From the deputy.'));
    expect(await desk.answers(before.reference)).toEqual(['From the deputy.']);

    const later = await desk.openByMail({ from: TARA }, DEPUTY);
    // 23:59 on the last day in Kolkata, and two minutes later.
    desk.clock.set(new Date('2026-11-24T18:29:00Z'));
    await desk.deliver(replyTo(later.notification, 'In the last minute.'));
    expect(await desk.answers(later.reference)).toEqual(['In the last minute.']);
    await desk.later(2 * MINUTE_MS);
    await desk.deliver(replyTo(later.notification, 'Too late.'));
    expect(await desk.whyWaiting()).toEqual(['quarantined: untrustedSender']);
    expect(await desk.countOf(FIRST, ALARM)).toBe(1);
    expect(await desk.countOf(DEPUTY, ALARM)).toBe(0);
    const after = await desk.openByMail({ from: 'asha@example.org' }, FIRST);
    expect(await desk.countOf(DEPUTY, new RegExp(after.reference))).toBe(0);
  });

  test('a deputy’s answer that reached the desk on their last day counts, though it is read on the next', async () => {
    await start({ env });
    const deputy = { id: 'd1', address: DEPUTY, from: '2026-11-23', until: '2026-11-24' };
    await desk.office.staff.addDeputy(deputy);
    const { reference, notification } = await desk.openByMail({}, DEPUTY);
    const { raw, envelope } = await bytesOf(replyTo(notification, 'Just in time.'));
    const receivedAt = new Date('2026-11-24T18:29:00Z');
    desk.clock.set(new Date('2026-11-24T19:30:00Z'));
    await desk.running.product.intake.take({ raw, envelope, door: 'smtp', receivedAt });
    await desk.settle();
    expect(await desk.answers(reference)).toEqual(['Just in time.']);
  });

  const away = (changes: object = {}) => ({
    program: 'bare' as const,
    headers: { 'Auto-Submitted': 'auto-replied' },
    ...changes,
  });

  test('an out-of-office of one alerts the next, once, and is no answer', async () => {
    await start({ env });
    const { reference } = await desk.openByMail({}, FIRST);
    const notification = await desk.last(FIRST, new RegExp(reference));
    const words = 'I am out of the office until Monday.';
    await desk.deliver(replyTo(notification, words, away()));
    await desk.deliver(
      replyTo(notification, words, {
        program: 'bare',
        subject: 'Automatic reply: Privacy question',
      }),
    );
    expect(await desk.countOf(SECOND, /first@example\.com seems to be away/)).toBe(1);
    expect(await desk.answers(reference)).toEqual([]);
    expect(await desk.countOf(RINA, /^Re:/)).toBe(0);
    expect(await desk.waiting()).toEqual([]);
    await desk.deliver(replyTo(await desk.last(SECOND, /seems to be away/), ANSWER));
    expect(await desk.answers(reference)).toEqual([ANSWER]);
  });

  test('an out-of-office of the only one alerts the escalation address; theirs alerts nobody', async () => {
    await start();
    const { notification } = await desk.openByMail();
    const words = 'I am on annual leave.';
    await desk.deliver(replyTo(notification, words, away()));
    const alert = await desk.last(ESCALATION, /seems to be away/);
    const before = desk.sink.taken.length;
    await desk.deliver(replyTo(alert, words, away()));
    await desk.deliver(replyTo(alert, words, away({ subject: 'Out of office' })));
    expect(desk.sink.taken).toHaveLength(before);
  });
});

describe('an answer that does not arrive is marked, and staff are alarmed', () => {
  const undelivered = /Not delivered: the answer/;
  const marks = async (reference: string) =>
    roundOf(await desk.caseOf(reference)).answers.map((answer) => answer.undelivered ?? false);

  test.each<[string, (answer: GotMail) => ReturnType<typeof bounceOf>]>([
    ['a bounce to the reply address that names no mail', ({ sentFrom }) => bounceOf(sentFrom)],
    [
      'a bounce to another of our addresses that names the mail',
      ({ messageId = '' }) =>
        bounceOf('privacy-desk@comantra.net', { returned: `Message-ID: ${messageId}\r\n` }),
    ],
  ])('%s', async (_, bounce) => {
    await start();
    const { reference, notification } = await desk.openByMail();
    await desk.deliver(replyTo(notification, ANSWER));
    const answer = await desk.last(RINA, /^Re:/);
    await desk.deliver(replyTo(notification, 'One thing more.'));
    await desk.deliver(bounce(answer));
    expect(await marks(reference)).toEqual([true, false]);
    expect((await desk.last(MANAGER, undelivered)).text).toContain('5.1.1');
    await desk.deliver(bounce(answer));
    expect(await desk.countOf(MANAGER, undelivered)).toBe(1);
  });

  test('a refusal for good when it is sent', async () => {
    await start();
    const { reference, notification } = await desk.openByMail();
    desk.sinkSays.refusal = (to) => (to === RINA ? 550 : undefined);
    await desk.deliver(replyTo(notification, ANSWER));
    expect(await marks(reference)).toEqual([true]);
    expect(await desk.countOf(MANAGER, undelivered)).toBe(1);
  });

  test('zammad/zammad#4941: not for another mail, nor for a delay; and the bounce of an alarm alarms nobody', async () => {
    await start();
    const { reference, acknowledgement, notification } = await desk.openByMail();
    await desk.deliver(replyTo(notification, ANSWER));
    const { sentFrom } = await desk.last(RINA, /^Re:/);
    await desk.deliver(bounceOf(acknowledgement.sentFrom));
    expect(await desk.countOf(MANAGER, /Not delivered: the acknowledgement/)).toBe(1);
    await desk.deliver(bounceOf(sentFrom, { action: 'delayed', status: '4.4.1' }));
    expect(await marks(reference)).toEqual([false]);
    expect(await desk.countOf(MANAGER, undelivered)).toBe(0);

    await desk.deliver(bounceOf(sentFrom));
    const alarm = await desk.last(MANAGER, undelivered);
    const before = desk.sink.taken.length;
    await desk.deliver(bounceOf(alarm.sentFrom));
    await desk.deliver(
      bounceOf(alarm.sentFrom, { returned: `Message-ID: ${alarm.messageId ?? ''}` }),
    );
    expect(desk.sink.taken).toHaveLength(before);
    expect(await desk.waiting()).toEqual([]);
  });

  test('when no mail to the manager arrives, the escalation address hears of it, and the alarms end', async () => {
    await start();
    desk.sinkSays.refusal = (to) => (to === MANAGER ? 550 : undefined);
    await desk.deliver({ from: RINA, to: INFO, subject: 'Cookies', text: 'How long?' });
    await desk.later(HOUR_MS);
    expect(await desk.countOf(ESCALATION, /Not delivered: a mail to privacy\.manager/)).toBe(1);
    expect(await desk.mails(ESCALATION)).toHaveLength(1);
    expect(referenceIn(await desk.last(ESCALATION))).not.toBe('');
  });
});

test('zammad/zammad#5113: what a machine of the customer’s sends reopens nothing, and nobody hears of it', async () => {
  await start();
  const { reference, notification } = await desk.openByMail();
  await desk.deliver(replyTo(notification, ANSWER));
  const to = replyAddressOf(await desk.last(RINA, /^Re:/));
  const before = desk.sink.taken.length;
  const mail = {
    from: RINA,
    to,
    subject: 'Re: cookies',
    text: 'I am on leave. Who covers for me?',
  };
  const receipt = [
    ...[`From: ${RINA}`, `To: ${to}`, 'Subject: Read: your answer'],
    'Content-Type: multipart/report; report-type=disposition-notification; boundary=e',
    ...['', '--e', 'Content-Type: text/plain', '', 'Your mail was read. What now?'],
    ...['--e', 'Content-Type: message/disposition-notification', ''],
    ...['Disposition: manual-action/MDN-sent-manually; displayed', '--e--', ''],
  ];
  await desk.deliver({ ...mail, headers: { 'Auto-Submitted': 'auto-replied' } });
  await desk.deliver({ ...mail, subject: 'Automatic reply: your case' });
  await desk.deliver({ envelope: { from: RINA, to }, raw: receipt.join('\r\n') });
  expect(await desk.count('inboundMails')).toBe(5);
  const { rounds, followUps } = await desk.caseOf(reference);
  expect([rounds.length, followUps.length]).toEqual([1, 0]);
  expect(desk.sink.taken).toHaveLength(before);
  expect(await desk.waiting()).toEqual([]);
});
