import type { Deputy, DeputyRecords } from '../models/deputies';
import { comparable } from './addresses';
import { localDate } from './businessDays';
import { isMeantAt, type CaseSubject } from './caseSight';
import type { Clock } from './ports';
import { may, type Right, type Role } from './roles';

export type { Deputy } from '../models/deputies';

/** Who handles cases, as the settings name them. */
export interface StaffAddresses {
  readonly managers: readonly string[];
  /** Unset: mails for it wait in their case until it is configured. */
  readonly escalation?: string;
}

/** Which of the staff a mail is for. */
export type StaffAudience = 'managers' | 'managersAndEscalation' | 'escalation';

/** An address that a mail about a case goes to. */
export interface CaseRecipient {
  readonly address: string;
  /** From 1 on; the same address has the same place, whoever else is left out. */
  readonly place: number;
}

interface StaffAccount {
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
}

/** Those who may sign in to the console. */
export interface StaffDirectory {
  /** @returns nobody for an account that is not set up, or may not sign in any more. */
  activeByEmail(email: string): Promise<StaffAccount | undefined>;
  /** Whatever the state of the account. */
  byId(accountId: string): Promise<StaffAccount | undefined>;
}

/** Accounts with one of these rights act for the company when they write a mail. */
const ACTING: readonly Right[] = ['updates.decide', 'conversations.hold'];

/**
 * Who of the staff is told of a case, and who may handle it: managers, their deputies on duty, the escalation address, and
 * those whose account gives them the right to.
 */
export class Staff {
  constructor(
    private readonly addresses: StaffAddresses,
    private readonly deputies: DeputyRecords,
    private readonly clock: Clock,
    /** IANA zone in which the deputies' days begin and end. */
    private readonly zone: string,
    private readonly accounts?: StaffDirectory,
  ) {}

  /** Managers, then their deputies on duty, each once; now, unless another instant is given. */
  async onDuty(at = this.clock.now()): Promise<string[]> {
    const day = localDate(at, this.zone);
    const deputies = (await this.deputies.all()).filter(
      ({ from, until }) => from <= day && day <= until,
    );
    return distinct([...this.addresses.managers, ...deputies.map(({ address }) => address)]);
  }

  /** @returns nobody where the escalation address is not set. */
  async addressesOf(audience: StaffAudience, at = this.clock.now()): Promise<string[]> {
    const escalation = this.addresses.escalation ? [this.addresses.escalation] : [];
    switch (audience) {
      case 'managers':
        return this.onDuty(at);
      case 'managersAndEscalation':
        return distinct([...(await this.onDuty(at)), ...escalation]);
      case 'escalation':
        return escalation;
    }
  }

  /**
   * Who gets a mail about a case: nobody whom it is about. Where nobody else is left, it is for the escalation address.
   * @param to an audience, or addresses.
   */
  async recipientsOf(
    to: StaffAudience | readonly string[],
    about: CaseSubject,
  ): Promise<readonly CaseRecipient[]> {
    const all = typeof to === 'string' ? await this.addressesOf(to) : to;
    const recipients = all.map((address, index) => ({ address, place: index + 1 }));
    const meant = await Promise.all(all.map((address) => this.isMeant(address, about)));
    const left = recipients.filter((_, index) => !meant[index]);
    if (left.length > 0) return left;
    const above = await this.addressesOf('escalation');
    return above.map((address) => ({ address, place: all.length + 1 }));
  }

  /**
   * Whether somebody may handle a case: nobody whom it is about; one about the privacy manager is for the escalation
   * address alone.
   * @param at when they did something about it: it may come to be looked at only after a deputy's last day. An account
   * counts as it is now.
   */
  async mayHandle(address: string, about: CaseSubject, at?: Date): Promise<boolean> {
    if (this.isEscalation(address)) return true;
    if (about.aboutStaff === 'privacy_manager' || (await this.isMeant(address, about)))
      return false;
    if (includes(await this.onDuty(at), address)) return true;
    return this.hasRight(address, ['cases.handle']);
  }

  /** @param at when it counts; now, unless it is given. */
  async isStaff(address: string, at?: Date): Promise<boolean> {
    if (includes(await this.addressesOf('managersAndEscalation', at), address)) return true;
    return this.hasRight(address, ACTING);
  }

  /**
   * Who takes a case over from somebody who is away: the next of those on duty, else the escalation address.
   * @param isAway who else is known to be away.
   */
  async nextAfter(
    away: string,
    about: CaseSubject,
    isAway: (address: string) => boolean = () => false,
  ): Promise<string | undefined> {
    if (about.aboutStaff === 'privacy_manager') return undefined;
    const onDuty = await this.onDuty();
    const place = onDuty.findIndex((each) => comparable(each) === comparable(away));
    const others = [...onDuty.slice(place + 1), ...onDuty.slice(0, Math.max(place, 0))];
    for (const other of others)
      if (!isAway(other) && !(await this.isMeant(other, about))) return other;
    return this.addresses.escalation;
  }

  /** Whether an address is the one that cases about the privacy manager go to. */
  isEscalation(address: string): boolean {
    const { escalation } = this.addresses;
    return escalation !== undefined && comparable(escalation) === comparable(address);
  }

  /** Whether an address is a manager’s, or that of a deputy on duty now. */
  async isOnDuty(address: string): Promise<boolean> {
    return includes(await this.onDuty(), address);
  }

  /** Whether there is an address that sees every case. */
  hasEscalation(): boolean {
    return this.addresses.escalation !== undefined;
  }

  /** Everybody who is, was or will be one of the staff. */
  async everybody(): Promise<string[]> {
    const deputies = (await this.deputies.all()).map(({ address }) => address);
    const { managers, escalation } = this.addresses;
    return distinct([...managers, ...deputies, ...(escalation ? [escalation] : [])]);
  }

  /** Those who are or were to be deputies, the earliest first. */
  allDeputies(): Promise<Deputy[]> {
    return this.deputies.all();
  }

  addDeputy(deputy: Deputy): Promise<void> {
    return this.deputies.insert(deputy);
  }

  removeDeputy(id: string): Promise<void> {
    return this.deputies.remove(id);
  }

  /** Whether a case is about whoever reads mail at an address; whoever stands above all is told of it nevertheless. */
  private async isMeant(address: string, about: CaseSubject): Promise<boolean> {
    const { namedStaff = [], aboutStaff } = about;
    if (this.isEscalation(address) || (aboutStaff === 'no' && namedStaff.length === 0))
      return false;
    const named: string[] = [];
    for (const id of namedStaff) named.push((await this.accounts?.byId(id))?.email ?? '');
    const account = await this.accounts?.activeByEmail(address);
    return isMeantAt(address, about, named, account);
  }

  private async hasRight(address: string, anyOf: readonly Right[]): Promise<boolean> {
    const account = await this.accounts?.activeByEmail(address);
    return account !== undefined && anyOf.some((right) => may(account.roles, right));
  }
}

const includes = (addresses: readonly string[], address: string): boolean =>
  addresses.some((each) => comparable(each) === comparable(address));

const distinct = (addresses: readonly string[]): string[] =>
  addresses.filter(
    (address, index) =>
      addresses.findIndex((each) => comparable(each) === comparable(address)) === index,
  );
