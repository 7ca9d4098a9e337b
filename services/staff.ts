import type { Deputy, DeputyRecords } from '../models/deputies';
import type { AboutStaff } from '../models/cases';
import { comparable } from './addresses';
import { localDate } from './businessDays';
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

/** Those who may sign in to the console, found by their address. */
export interface StaffByEmail {
  /** @returns nobody for an account that is not set up, or may not sign in any more. */
  activeByEmail(email: string): Promise<{ readonly roles: readonly Role[] } | undefined>;
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
    private readonly accounts?: StaffByEmail,
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
   * Whether somebody may handle a case; one about the privacy manager is for the escalation address alone.
   * @param at when they did something about it: it may come to be looked at only after a deputy's last day. An account
   * counts as it is now.
   */
  async mayHandle(
    address: string,
    about: { readonly aboutStaff: AboutStaff },
    at?: Date,
  ): Promise<boolean> {
    if (about.aboutStaff === 'privacy_manager') return this.isEscalation(address);
    if (includes(await this.addressesOf('managersAndEscalation', at), address)) return true;
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
    about: { readonly aboutStaff: AboutStaff },
    isAway: (address: string) => boolean = () => false,
  ): Promise<string | undefined> {
    if (about.aboutStaff === 'privacy_manager') return undefined;
    const onDuty = await this.onDuty();
    const place = onDuty.findIndex((each) => comparable(each) === comparable(away));
    const others = [...onDuty.slice(place + 1), ...onDuty.slice(0, Math.max(place, 0))];
    return others.find((other) => !isAway(other)) ?? this.addresses.escalation;
  }

  /** Whether an address is the one that cases about the privacy manager go to. */
  isEscalation(address: string): boolean {
    const { escalation } = this.addresses;
    return escalation !== undefined && comparable(escalation) === comparable(address);
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
