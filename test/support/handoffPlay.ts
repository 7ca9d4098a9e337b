import { randomUUID } from 'node:crypto';
import type { CallView, ConversationView } from '../../bot/console/contract';
import { ChatCustomer } from './chatCustomer';
import type { StaffPage } from './consoleDesk';
import { customerOf, storeCustomers } from './customers';
import { accepted, invite, inviteTokenIn } from './invitations';
import type { RunningProduct } from './product';
import { lastCode, lastMail, settled } from './sentMails';
import { until } from './until';

/** Somebody whose every value is a word that stands nowhere else. */
export const DEVAYANI = customerOf({
  userName: 'devayani.t',
  name: 'Devayani Tamariskwala',
  email: 'devayani.t@example.org',
  phone: '+919830066778',
  mailingAddress: '3 Gooseberry Gardens\nSamarkandh 700091',
});
/** What was said and written between them and staff, each with a word of its own. */
export const WORDS = {
  toAgent: 'It is about the walnut cabinet that I ordered',
  fromAgent: 'I have found the mulberry order',
  note: 'Speaks softly; mentioned her rutabaga',
  draft: 'Let me look at the pomegranate',
  reason: 'Her kumquat certificate was seen',
  address: '8 Elderberry Esplanade, Ulaanbaatarpur 700092',
  scope: 'Look at the apricot settings of her browser',
  case: 'A caller asked for her lingonberry number',
  reply: 'We will send the cranberry form',
  callBackNumber: '98302 33445',
  callBackAbout: 'my boysenberry account',
  question: 'do you sell my loganberry data?',
  callAddress: '5 Huckleberry Heights, Antananarivopur 700093',
  report: 'Somebody rang about her cloudberry parcel',
  caller: 'Parvatidevi Snowberry',
  callerEmail: 'parvatidevi.s@example.net',
  callerPhone: '98303 44556',
};
export const ADMINISTRATOR = { name: 'Kamakshi Whortle', email: 'kamakshi@staff.example' };
export const AGENT = { name: 'Oleandra Banerjee', email: 'oleandra@staff.example' };
const CARD = '5555 5555 5555 4444';

/** What a test has to know of the play. */
export interface PlayedHandoff {
  /** What gives whoever has it a right, and stands in no mail of the desk. */
  readonly secrets: readonly string[];
  /** Of the case that was opened on the telephone. */
  readonly pin: string;
}

/**
 * Staff are invited; a customer talks to an agent, who does all there is to do for them, rates the talk and has it mailed;
 * another is called back, is proved on the telephone, has something changed, and reports something.
 */
export async function playHandoff(running: RunningProduct): Promise<PlayedHandoff> {
  const { url, product } = running;
  await storeCustomers(product.office.records.customers, DEVAYANI);
  const first = inviteTokenIn(product.firstLink() ?? '');
  const administrator = await accepted(url, first, ADMINISTRATOR);
  await invite(administrator.page, AGENT, 'agent', 'supervisor');
  const { text } = await lastMail(running, AGENT.email, /#invite=/);
  const agent = await accepted(url, inviteTokenIn(text), AGENT);
  const live = await agent.page.live();
  await talk(running, agent.page);
  const pin = await callBack(running, agent.page);
  live.close();
  await settled(running);
  const ofPages = [administrator, agent].flatMap(({ page, totpSecret }) => [
    ...[totpSecret, page.csrf, page.cookie.replace(/^[^=]*=/, '')],
  ]);
  return { secrets: [first, ...ofPages], pin };
}

async function talk(running: RunningProduct, page: StaffPage): Promise<void> {
  const customer = await ChatCustomer.open(running.url);
  await customer.ask('I want to talk to a person', /I have asked for a person/);
  const id = await handoffOf(running, customer);
  const deed = deedsOf(page, `/handoffs/${id}`);
  await deed('claim', 'claimed');
  await deed('say', 'said', { id: randomUUID(), text: `${WORDS.fromAgent}, card ${CARD}` });
  await customer.until(/mulberry/);
  await customer.say(`${WORDS.toAgent}, my card is ${CARD}`);
  await deed('note', 'done', { id: randomUUID(), text: WORDS.note });
  await deed('draft', 'done', { text: WORDS.draft });
  await page.did('/replies', { title: 'A form', text: WORDS.reply });

  await deed('verify', 'sent', { claimed: DEVAYANI.userName });
  await customer.ask(await lastCode(running, DEVAYANI.email!), /that is the code/);
  const changes = { mailingAddress: WORDS.address };
  await deed('propose', 'proposed', { changes, reason: WORDS.reason });

  await deed('consent', 'asked', { scope: WORDS.scope, minutes: 10 });
  await customer.until(/Do you agree/);
  await customer.ask('I agree', /You can stop it at any time/);
  await customer.ask('Stop the remote session', /You have taken your consent back/);

  const { messages } = await page.read<ConversationView>(`/handoffs/${id}`);
  const sequence = messages.find(({ from }) => from === 'customer')?.sequence;
  await deed('case', 'opened', {
    ...{ id: randomUUID(), kind: 'complaint', urgency: 'normal', aboutStaff: 'no' },
    ...{ sequence, words: WORDS.case },
    email: WORDS.callerEmail,
  });
  await deed('close', 'done', { disposition: 'caseOpened' });
  await customer.until(/How was the talk/);
  await customer.ask('5 – very good', /Shall I send you what was written/);
  await customer.ask('Yes', /It is on its way/);
  await lastMail(running, DEVAYANI.email!, /walnut cabinet/);
}

async function callBack(running: RunningProduct, page: StaffPage): Promise<string> {
  const customer = await ChatCustomer.open(running.url);
  await customer.ask('call me back', /On which number/);
  await customer.ask(WORDS.callBackNumber, /What is it about/);
  await customer.ask(WORDS.callBackAbout, /Somebody will call you/);
  const handoffId = await handoffOf(running, customer);

  const id = randomUUID();
  const startedAt = new Date().toISOString();
  const begun = await page.did<CallView>('/calls', { id, startedAt, handoffId });
  if (begun.callBack?.words !== WORDS.callBackAbout) throw new Error('It is another call-back.');
  const deed = deedsOf(page, `/calls/${id}`);
  await deed('question', 'answer', { text: WORDS.question });
  await deed('code', 'sent', { claimed: DEVAYANI.email, purpose: 'change' });
  await deed('check', 'verified', { code: await lastCode(running, DEVAYANI.email!) });
  const changes = { mailingAddress: WORDS.callAddress };
  await deed('change', 'done', { id: randomUUID(), changes });
  const { pin = '' } = await deed('report', 'opened', {
    ...{ id: randomUUID(), kind: 'breach', urgency: 'high', aboutStaff: 'no' },
    ...{ whatHappened: `${WORDS.report} ${CARD}`, noticed: 'yesterday' },
    ...{ name: WORDS.caller, phone: WORDS.callerPhone },
  });
  await page.did(`/calls/${id}/end`);
  return pin;
}

/** The id by which a customer waits. */
async function handoffOf(
  { product }: RunningProduct,
  { conversationId }: ChatCustomer,
): Promise<string> {
  const { handoffs } = product.office.records;
  const found = await until('the handoff', () => handoffs.newestOf(conversationId));
  return found.id;
}

interface Done {
  readonly outcome: string;
  readonly pin?: string;
}

/** Does something through the console, which has to come out as it should. */
const deedsOf =
  (page: StaffPage, path: string) =>
  async (name: string, outcome: string, body: object = {}): Promise<Done> => {
    const done = await page.did<Done>(`${path}/${name}`, body);
    if (done.outcome !== outcome) throw new Error(`${name} came out as ${done.outcome}.`);
    return done;
  };
