import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMail, type InboundMail } from '../../services/inbound/mail';

const FROM = 'someone@example.test';
const fixture = (name: string, envelopeFrom = FROM): Promise<InboundMail> =>
  readMail(readFileSync(join(__dirname, '../fixtures/mails', `${name}.eml`)), envelopeFrom);
const written = (headers: string, words = 'Hello.', envelopeFrom = FROM): Promise<InboundMail> =>
  readMail(Buffer.from(`From: ${FROM}\r\n${headers}\r\n\r\n${words}\r\n`), envelopeFrom);

describe('what kind of sender a mail shows', () => {
  test.each<[string, string, string]>([
    ['away-exchange', FROM, 'outOfOffice'],
    ['away-gmail', '<>', 'outOfOffice'],
    ['ticket-acknowledged', FROM, 'autoReply'],
    ['read-receipt', '', 'autoReply'],
    ['bounce-postfix', '', 'bounce'],
    ['bounce-delayed', '', 'bounce'],
    ['bounce-qmail', '', 'bounce'],
    ['bounce-exchange', FROM, 'bounce'],
    ['newsletter', FROM, 'bulk'],
    ['evidence', FROM, 'person'],
    ['reply-gmail-html-only', FROM, 'person'],
    ['reply-outlook-web', FROM, 'person'],
  ])('%s from %j: %s', async (name, envelopeFrom, nature) => {
    expect((await fixture(name, envelopeFrom)).nature).toBe(nature);
  });

  test.each<[string, string]>([
    ['Subject: Re: Automatic reply: case', 'person'],
    ['Subject: Out of office on Friday: who answers', 'person'],
    ['Subject: Absent records', 'person'],
    ['Subject: Out of office: who answers then\r\nAuto-Submitted: no', 'person'],
    ['Auto-Submitted: no', 'person'],
    ['Auto-Submitted: No (by hand)', 'person'],
    ['X-Auto-Response-Suppress: All', 'person'],
    ['Subject: Undeliverable letters', 'person'],
    ['Precedence: first-class', 'person'],
    ['Subject: Out of Office: back soon', 'outOfOffice'],
    ['Subject: Out of Office', 'outOfOffice'],
    ['Subject: Automatische Antwort: Fall', 'outOfOffice'],
    ['Subject: Abwesenheitsnotiz', 'outOfOffice'],
    ['Subject: =?utf-8?Q?R=C3=A9ponse_automatique_:_cas?=', 'outOfOffice'],
    [
      `Subject: =?utf-8?B?${Buffer.from('स्वचालित उत्तर: मामला').toString('base64')}?=`,
      'outOfOffice',
    ],
    ['X-Autorespond: yes', 'outOfOffice'],
    ['Precedence: auto_reply', 'outOfOffice'],
    ['Subject: I am on leave\r\nAuto-Submitted: auto-replied (vacation)', 'outOfOffice'],
    ['Subject: Case\r\nAuto-Submitted: auto-replied; owner=x', 'autoReply'],
    ['Auto-Submitted: auto-notified', 'autoReply'],
    ['Subject: Ticket #4\r\nX-Autoreply: true', 'autoReply'],
    ['Precedence: Bulk', 'bulk'],
    ['Precedence: list', 'bulk'],
    ['Precedence: junk', 'bulk'],
    ['List-Id: <all.example.test>', 'bulk'],
  ])('%j: %s', async (headers, nature) => {
    expect((await written(headers)).nature).toBe(nature);
  });

  test.each<[string, string]>([
    ['Subject: Re: case', 'autoReply'],
    ['Subject: Undelivered Mail Returned to Sender', 'bounce'],
    ['Subject: Unzustellbar: Fall', 'bounce'],
    ['X-Failed-Recipients: asha@example.test', 'bounce'],
    ['Subject: Out of office: back soon', 'outOfOffice'],
  ])('with an empty return path, %j: %s', async (headers, nature) => {
    for (const envelopeFrom of ['', '<>', ' < > '])
      expect(await written(headers, 'Hello.', envelopeFrom)).toMatchObject({
        nature,
        emptySender: true,
      });
  });

  test('a person who passes a bounce on is a person', async () => {
    const mail = await written('Subject: Fwd: Undelivered Mail Returned to Sender');
    expect(mail).toMatchObject({ nature: 'person', forwarded: true, emptySender: false });
    expect(mail.bounce).toBeUndefined();
  });

  test('zammad/zammad#5113: an out-of-office in a thread is no answer', async () => {
    const mail = await fixture('away-exchange');
    expect(mail).toMatchObject({
      nature: 'outOfOffice',
      references: ['<out-1@comantra.test>'],
    });
  });

  test('freescout#2445, #3670: what another desk answers by itself is told from a person', async () => {
    expect((await fixture('ticket-acknowledged')).nature).toBe('autoReply');
  });
});

describe('freescout#4250, zammad/zammad#1131, #4941: a bounce is a bounce', () => {
  test.each<[string, InboundMail['bounce']]>([
    ['bounce-postfix', { failed: true, messageIds: ['<out-7@comantra.test>'], status: '5.1.1' }],
    ['bounce-delayed', { failed: false, messageIds: ['<out-8@comantra.test>'], status: '4.4.1' }],
    ['bounce-qmail', { failed: true, messageIds: ['<out-9@comantra.test>'], status: '5.7.1' }],
    ['bounce-exchange', { failed: true, messageIds: ['<out-10@comantra.test>'], status: '5.1.10' }],
  ])('%s names the mail that came back', async (name, bounce) => {
    expect((await fixture(name, '')).bounce).toEqual(bounce);
  });

  test('a bounce of a bounce is one too, and never a person', async () => {
    const mail = await written('Subject: Undeliverable: Undeliverable: Undeliverable: x', 'y', '');
    expect(mail).toMatchObject({ nature: 'bounce', bounce: { failed: true, messageIds: [] } });
  });

  test('one of two recipients failed: it failed', async () => {
    const raw = readFileSync(join(__dirname, '../fixtures/mails/bounce-postfix.eml'), 'utf8');
    const both = raw.replace('Action: failed', 'Action: delivered\n\nAction: failed');
    expect((await readMail(Buffer.from(both), '')).bounce?.failed).toBe(true);
    const none = raw.replace('Action: failed', 'Action: relayed');
    expect((await readMail(Buffer.from(none), '')).bounce?.failed).toBe(false);
  });

  test('a warning without a report only says that it takes longer', async () => {
    const mail = await written(
      'Subject: Warning: message delayed',
      'Your message will be retried for 3 days.',
      '',
    );
    expect(mail.bounce?.failed).toBe(false);
  });
});
