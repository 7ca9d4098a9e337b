import { ProductError } from '../../services/errors';
import type { Customers } from '../../services/records/customers';
import {
  fieldsInWords,
  type Approved,
  type Decided,
  type Proposed,
  type UpdateRequest,
  type Updates,
} from '../../services/updates';
import { parseConfig } from '../config';
import { composeOffice } from '../office';
import { systemClock } from '../system';
import { listedUpdates, shownUpdate } from '../updateLines';
import { updatesAsked, type UpdatesAsked } from '../updatesAsked';
import { runCommand, type CommandReport } from './run';

const MOST_LISTED = 200;

/** What the command needs of the office. */
export interface UpdatesOffice {
  readonly updates: Pick<Updates, 'approve' | 'done' | 'propose' | 'refuse' | 'vouch'>;
  readonly customers: Pick<Customers, 'byId'>;
  readonly records: {
    readonly updateRequests: {
      beginningWith: (prefix: string) => Promise<UpdateRequest[]>;
      newest: (limit: number) => Promise<UpdateRequest[]>;
      waiting: (limit: number) => Promise<UpdateRequest[]>;
    };
  };
}

/** `npm run updates`: the changes that wait for staff, beside a running desk. */
async function main(): Promise<CommandReport> {
  const config = parseConfig();
  const now = systemClock.now();
  const asked = updatesAsked(process.argv.slice(2), now);
  const office = await composeOffice(config);
  try {
    return await runUpdates(office, asked, now, config.COMPANY_TIME_ZONE);
  } finally {
    await office.close();
  }
}

/** @param zone IANA zone in which instants are told. */
export async function runUpdates(
  office: UpdatesOffice,
  asked: UpdatesAsked,
  now: Date,
  zone: string,
): Promise<CommandReport> {
  const { updates, customers, records } = office;
  if (asked.action === 'list') return { lines: await listed(office, asked.all, zone) };
  if (asked.action === 'propose') return proposedReport(await updates.propose(asked));
  const found = await theOne(records.updateRequests, asked.id);
  if (asked.action === 'show') {
    const customer =
      found.customerId === undefined ? undefined : await customers.byId(found.customerId);
    return { lines: shownUpdate(found, customer, now, zone) };
  }
  return deedReport(await did(updates, found.id, asked));
}

async function listed({ records }: UpdatesOffice, all: boolean, zone: string): Promise<string[]> {
  const { updateRequests } = records;
  const found = await (all
    ? updateRequests.newest(MOST_LISTED)
    : updateRequests.waiting(MOST_LISTED));
  if (found.length > 0) return listedUpdates(found, zone);
  return [all ? 'There are no update requests.' : 'No update request waits for a person.'];
}

async function theOne(
  records: UpdatesOffice['records']['updateRequests'],
  prefix: string,
): Promise<UpdateRequest> {
  const [found, another] = await records.beginningWith(prefix);
  if (!found) throw new ProductError('NotFound', 'There is no update request with that id.');
  if (another)
    throw new ProductError('BadArgument', 'More than one request begins so: give more of the id.');
  return found;
}

type Deed = Extract<UpdatesAsked, { action: 'vouch' | 'approve' | 'refuse' | 'done' }>;
type Did = Approved | Decided<'vouched' | 'refused' | 'done'> | { readonly outcome: 'noRecord' };

function did(updates: UpdatesOffice['updates'], id: string, asked: Deed): Promise<Did> {
  const { action, deed, userName, notice } = asked;
  switch (action) {
    case 'vouch':
      return updates.vouch(id, deed, userName);
    case 'approve':
      return updates.approve(
        id,
        deed,
        notice === undefined ? {} : { withholdNotice: notice === 'withheld' },
      );
    case 'refuse':
      return updates.refuse(id, deed);
    case 'done':
      return updates.done(id, deed);
  }
}

const NOT_STAFF =
  'That address is none of those who may decide: a privacy manager, a deputy on duty, or the escalation address. Nothing was done.';

const DONE = ['applied', 'vouched', 'refused', 'done'];

const deedReport = (result: Did): CommandReport => ({
  lines: [deedWords(result)],
  sound: DONE.includes(result.outcome),
});

function deedWords(result: Did): string {
  switch (result.outcome) {
    case 'vouched':
      return `You stand behind ${result.request.id}. Somebody else of staff has to approve it; they are told.`;
    case 'applied':
      return `${result.request.id} is done: the record is changed, and the running desk sends the mails.`;
    case 'refused':
      return `${result.request.id} is refused; the customer is told, with your reason where there is a mailbox to write to.`;
    case 'done':
      return `${result.request.id} is over; the chat that it came from is told that a person has seen to it. Others may wait that came without a mail: npm run -s updates -- list`;
    case 'unknown':
      return 'There is no update request with that id. Nothing was done.';
    case 'notWaiting':
      return `That request does not wait for this; it is “${result.state}”. Nothing was done.`;
    case 'notStaff':
      return NOT_STAFF;
    case 'notVouched':
      return 'Nobody stands behind that request yet: somebody has to vouch for it first. Nothing was done.';
    case 'samePerson':
      return 'The second person must be another than the first one, and not the customer. Nothing was done.';
    case 'noRecord':
      return 'There is no record for what they gave, or for that user name. Give the right one with --user. Nothing was done.';
    case 'noticeDue':
      return 'That customer has proved the mailbox on file, so that mailbox is told: leave --withhold-notice out. Nothing was done.';
    case 'noticeUndecided':
      return 'Somebody else reads the mailbox on file of that customer: say what happens to it. With --withhold-notice nothing goes there; with --notice it is told which fields were changed. Nothing was done.';
    case 'frozen':
      return 'The record is held still, so nothing in it can be changed (npm run freezes -- list). The request goes on waiting.';
    case 'emailTaken':
      return 'Another record has that e-mail address. The request goes on waiting: put the other record right first, or refuse it.';
    case 'conflict':
      return `Not done: the record was changed since it was asked for (${fieldsInWords(result.fields)}). Nothing was overwritten; the request is over, and the customer is told.`;
  }
}

function proposedReport(result: Proposed): CommandReport {
  return { lines: [proposedWords(result)], sound: result.outcome === 'proposed' };
}

function proposedWords(result: Proposed): string {
  switch (result.outcome) {
    case 'proposed':
      return `${result.request.id} is taken down. Somebody else of staff has to approve it; they are told.`;
    case 'notStaff':
      return NOT_STAFF;
    case 'noRecord':
      return 'There is no record with that user name. Nothing was done.';
    case 'noField':
      return 'There is no such field to --set: see the list that `npm run -s updates` shows. Nothing was done.';
    case 'invalid':
      return `${result.field}: ${result.why} Nothing was done.`;
    case 'nothing':
      return 'The record says all of that already. Nothing was done.';
  }
}

if (require.main === module) runCommand(main);
