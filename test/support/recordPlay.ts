import { systemClock, systemIds } from '../../bot/system';
import { newMail, replyOf, trayDelivery, type TrayMail } from '../../bot/trayReply';
import { ChatCustomer } from './chatCustomer';
import { customerOf, storeCustomers } from './customers';
import type { RunningProduct } from './product';
import { lastCode, lastMail, settled, type SentMail } from './sentMails';

export const MANAGER = 'privacy.manager@example.com';
export const ESCALATION = 'escalation@example.com';

/** Somebody whose every value is a word that stands nowhere else. */
export const PRIYA = customerOf({
  userName: 'priyamvada.q',
  name: 'Priyamvada Zanzibarwala',
  email: 'priyamvada.z@example.org',
  phone: '+919830055667',
  mailingAddress: '14 Marmalade Mews\nTimbuktoo 700099',
  billingAddress: '14 Marmalade Mews\nTimbuktoo 700099',
  newsletter: true,
  cardBrand: 'Visa',
  cardLast4: '8642',
});
/** What it becomes. */
export const NEW = {
  name: 'Priyamvada Quillfeather',
  email: 'quillfeather@example.net',
  phone: '98301 12233',
  address: '7 Persimmon Parade\nKatmandoo 700098',
  shipping: '9 Tamarind Terrace, Kolkata 700097',
};
/** Why somebody of staff approved it. */
const REASON = 'The Xylophone certificate was seen';
/** A child's name. */
const CHILD = 'Bartholomew';
/** What she wrote in a mail that no chat went on with. */
export const BY_MAIL = 'Please call me in the morning, because of the rhubarb.';
const STATIONERY = { clock: systemClock, ids: systemIds };

/** What a test has to know of the play. */
export interface Played {
  /** A code that was typed and was not right. */
  readonly wrongCode: string;
  /** The chat of somebody who was stopped as a child. */
  readonly child: ChatCustomer;
}

/** Has a customer's record changed in every way there is, in chat, by mail, by links and by staff, and held still in the end. */
export async function playRecordChanges(running: RunningProduct): Promise<Played> {
  await storeCustomers(running.product.office.records.customers, PRIYA);
  const wrongCode = await changeThreeFields(running);
  await waitForASecondPerson(running);
  await goOnFromMail(running);
  await proveByReply(running);
  await askForAPassword(running);
  await askAPersonWithoutMailbox(running);
  const child = await beAChild(running);
  await haveItHeldStill(running);
  await disown(running);
  await settled(running);
  return { wrongCode, child };
}

/** Says one thing after the other, each time once the bot has asked for it. */
async function talk(
  { url }: RunningProduct,
  ...said: readonly (readonly [string, RegExp])[]
): Promise<ChatCustomer> {
  const customer = await ChatCustomer.open(url);
  for (const [text, answer] of said) await customer.ask(text, answer);
  return customer;
}

const prove = async (
  running: RunningProduct,
  customer: ChatCustomer,
  email: string,
  answer: RegExp,
): Promise<string> => customer.ask(await lastCode(running, email), answer);

async function changeThreeFields(running: RunningProduct): Promise<string> {
  const customer = await talk(
    running,
    ['Change my details', /What shall I change/],
    ['my mailing address', /What is your new mailing address/],
    [NEW.address, /which user name, is on your record/],
    [PRIYA.userName, /What is the code/],
  );
  const right = await lastCode(running, PRIYA.email!);
  const wrongCode = String((Number(right) + 1) % 1_000_000).padStart(6, '0');
  await customer.ask(wrongCode, /That is not the code/);
  await prove(running, customer, PRIYA.email!, /Shall I change it/);
  await customer.ask(`my number is ${NEW.phone}`, /Shall I change it/);
  await customer.ask(`my new email is ${NEW.email}`, /Shall I change it/);
  await customer.ask('Yes, change it', /is on its way to quillfeather/);
  await prove(running, customer, NEW.email, /It is changed: mailing address/);
  return wrongCode;
}

async function waitForASecondPerson(running: RunningProduct): Promise<void> {
  const customer = await talk(
    running,
    [`my name is now ${NEW.name}`, /which user name, is on your record/],
    [NEW.email, /What is the code/],
  );
  await prove(running, customer, NEW.email, /Shall I change it/);
  await customer.ask('yes', /With a second person now: name/);
  const { records, updates } = running.product.office;
  const [waiting] = await records.updateRequests.waiting(1);
  const deed = { at: systemClock.now(), by: MANAGER, reason: REASON };
  const { outcome } = await updates.approve(waiting!.id, deed);
  if (outcome !== 'applied') throw new Error(`The approval ended as ${outcome}.`);
}

async function take({ product }: RunningProduct, mail: TrayMail): Promise<void> {
  const delivered = await trayDelivery(product.intake, systemClock)(mail);
  if (delivered.outcome !== 'taken') throw new Error(`The mail was ${delivered.outcome}.`);
}

/** Writes to the enquiry mailbox, and gives the answer. */
async function enquire(running: RunningProduct, subject: string, text: string): Promise<SentMail> {
  const [from, to] = [`${NEW.name} <${NEW.email}>`, 'enquiry@comantra.net'];
  await take(running, await newMail({ from, to, subject, text }, STATIONERY));
  return lastMail(running, NEW.email, /#continue=/);
}

async function goOnFromMail(running: RunningProduct): Promise<void> {
  const { text } = await enquire(running, 'Tamarind', `My shipping address is ${NEW.shipping}`);
  const customer = await talk(running);
  await customer.post({
    ...{ type: 'event', name: 'continueRequest' },
    value: /#continue=([\w-]{43})/.exec(text)?.[1],
  });
  await customer.until(/that shows that the mailbox is yours/);
  const asked = await customer.until(/Shall I change it|What is your new/);
  if (asked.includes('What is your new')) await customer.ask(NEW.shipping, /Shall I change it/);
  await customer.ask('yes', /It is changed: shipping address/);
}

async function proveByReply(running: RunningProduct): Promise<void> {
  const { parsed } = await enquire(running, 'About rhubarb', BY_MAIL);
  await take(running, await replyOf(parsed, 'YES', STATIONERY));
  await lastMail(running, NEW.email, /A person looks at your request/);
}

const askForAPassword = (running: RunningProduct) =>
  talk(running, ['I forgot my password', /which user name/], [NEW.email, /If we have a record/]);

async function askAPersonWithoutMailbox(running: RunningProduct): Promise<void> {
  const email = 'quillfeather.other@example.net';
  const customer = await talk(
    running,
    [`please change my email to ${email}`, /which user name, is on your record/],
    ['I can’t use that mailbox', /Why can’t you use/],
    ['I have lost it', /which user name, is on your record/],
    [PRIYA.userName, /What is the code/],
  );
  await prove(running, customer, email, /Shall I pass it on/);
  await customer.ask('Yes, pass it on', /It is with a person now/);
}

const beAChild = (running: RunningProduct) =>
  talk(
    running,
    [`my name is ${CHILD}, my number is ${NEW.phone}`, /which user name/],
    ['I am 11', /I have to stop here/],
  );

const haveItHeldStill = (running: RunningProduct) =>
  talk(
    running,
    ['someone changed my e-mail', /Shall I hold your record still/],
    ['Hold it still', /which user name, is on your record/],
    [NEW.email, /When did you notice it/],
    ['Just now', /Which e-mail address may we answer to/],
    [NEW.email, /I have read your address as/],
    ['No, only me', /works here/],
    ['No', /Both are optional/],
    ['Skip', /Please check it/],
    ['Send it', /reference is/],
  );

async function disown(running: RunningProduct): Promise<void> {
  const { text } = await lastMail(running, PRIYA.email!, /If this was not you/);
  const url = /https?:\S+\/link\/[\w-]{43}/.exec(text)?.[0] ?? '';
  const { status } = await fetch(url, { method: 'POST' });
  if (status !== 200) throw new Error(`The link answered ${status}.`);
}
