import type { Call } from '../../models/callContent';
import type { AboutStaff, CaseKind, OpenedCase, Report, Urgency } from '../cases';
import { findNoticing, isEmail } from '../entities';
import { readPhone } from '../entities/phones';
import { ProductError } from '../errors';
import { stepsOf } from '../guidance';
import { isFrozen } from '../records/freezes';
import { redact } from '../redact';
import type { StaffMember } from '../staffMember';
import { triage } from '../triage';
import { changeCall, ownCall, withDeed } from './changing';
import type { CallParts } from './parts';
import { provedIn } from './verifying';

/** What a caller reports, as the agent takes it down. */
export interface PhoneReport {
  /** UUID given by the page: the same report twice is one case. */
  readonly id: string;
  readonly kind: CaseKind;
  readonly urgency: Urgency;
  readonly aboutStaff: AboutStaff;
  readonly whatHappened: string;
  /** When they noticed, in their words. */
  readonly noticed?: string;
  readonly email?: string;
  readonly name?: string;
  readonly phone?: string;
}

/**
 * Opens a case that was received when the caller called, also where it is taken down when the call is over or stopped.
 * @throws ProductError `BadArgument`: the e-mail address cannot be one.
 */
export async function report(
  parts: CallParts,
  id: string,
  agent: StaffMember,
  told: PhoneReport,
): Promise<OpenedCase> {
  const call = await ownCall(parts, id, agent);
  const { danger } = triage(told.whatHappened);
  const opened = await parts.cases.open({
    ...{ id: told.id, kind: told.kind, urgency: told.urgency, aboutStaff: told.aboutStaff },
    ...{ confirmed: true, channel: 'phone', receivedAt: call.startedAt },
    report: { ...reportOf(parts, call, told), ...(await recordOf(parts, call)) },
    ...(danger && told.urgency === 'now' ? { safetySteps: stepsOf(parts.guidance[danger]) } : {}),
  });
  const { reference } = opened;
  await changeCall(parts, id, (found) =>
    found.deeds.some(({ detail }) => detail === reference)
      ? undefined
      : {
          changed: withDeed(found, { at: parts.clock.now(), what: 'reported', detail: reference }),
        },
  );
  return opened;
}

function reportOf(
  { terms }: CallParts,
  { startedAt }: Call,
  { whatHappened, noticed, email, name, phone }: PhoneReport,
): Report {
  const address = email?.trim() ?? '';
  if (address !== '' && !isEmail(address))
    throw new ProductError('BadArgument', 'That is no e-mail address.');
  const number = phone === undefined ? undefined : (readPhone(phone) ?? clean(phone));
  return {
    whatHappened: clean(whatHappened),
    ...(filled(noticed) ? { noticed: noticedIn(noticed, startedAt, terms.zone) } : {}),
    ...(address === '' ? {} : { email: address }),
    ...(filled(name) ? { name: clean(name) } : {}),
    ...(filled(number) ? { phone: number } : {}),
  };
}

const filled = (text: string | undefined): text is string => (text ?? '').trim() !== '';

const clean = (text: string): string => redact(text.trim()).text;

function noticedIn(words: string, at: Date, zone: string): NonNullable<Report['noticed']> {
  const found = findNoticing(words, at, zone);
  return { words: clean(words), ...(found?.outcome === 'found' ? { date: found.date } : {}) };
}

/** The record whose mailbox was proved in the call. */
async function recordOf(parts: CallParts, call: Call): Promise<Pick<Report, 'record'>> {
  const proof = await provedIn(parts, call);
  const customer = proof && (await parts.customers.byId(proof.customerId));
  if (!customer) return {};
  const frozen = isFrozen(customer, parts.clock.now());
  return { record: { userName: customer.userName, frozen } };
}
