import { Secret, TOTP } from 'otpauth';
import { LinkRecords } from '../../models/links';
import { StaffAccountRecords } from '../../models/staffAccounts';
import { StaffSessionRecords } from '../../models/staffSessions';
import type { Store } from '../../models/store';
import { DeskNews, type DeskEvent } from '../../services/deskNews';
import { Limits } from '../../services/limits';
import { Links } from '../../services/links';
import { Notices } from '../../services/notices';
import { RecordEffects } from '../../services/recordEffects';
import type { Role } from '../../services/roles';
import { StaffAccounts, type BegunSession } from '../../services/staffAccounts';
import { caseDesk } from './caseDesk';

export const PASSWORD = 'four plain words suffice';
const PLACE = 'https://desk.example.com';

/** Who set up an account, with what they know. */
export interface SetUp {
  readonly id: string;
  readonly email: string;
  readonly secret: string;
  readonly token: string;
  readonly session: BegunSession['session'];
}

/** Accounts of staff over a store, without HTTP; mails are kept. */
export async function accountDesk(store: Store, publicUrl = PLACE) {
  const desk = await caseDesk(store);
  const { audit, cases, clock, ids, log, mails, outbox, replyTokens, staff } = desk;
  const records = {
    accounts: new StaffAccountRecords(store),
    sessions: new StaffSessionRecords(store),
    links: new LinkRecords(store),
  };
  for (const each of Object.values(records)) await each.ensureIndexes();
  const news = new DeskNews();
  const told: DeskEvent[] = [];
  news.listen((event) => told.push(event));
  const links = new Links(records.links, clock, ids, publicUrl);
  const limits = new Limits(desk.records.attempts, clock);
  const accounts = new StaffAccounts({
    ...{ ...records, limits, news, clock, ids, log, onEffects: () => undefined },
    ...{ links, deskMailboxes: ['info@comantra.net'] },
  });
  const notices = new Notices(outbox, replyTokens, staff, clock);
  const messenger = { send: async () => undefined };
  const effects = new RecordEffects(
    [records.accounts.effects],
    { audit, cases, messenger, notices },
    clock,
    log,
  );
  /** The code that an app shows at that moment. */
  const codeOf = (secret: string, at = clock.now()): string =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() });
  const settle = async (): Promise<void> => {
    while ((await effects.sweep()) > 0);
    await outbox.deliverDue();
  };
  const tokenIn = (text = ''): string => /#invite=([\w-]{43})/.exec(text)?.[1] ?? '';
  /** The token of the newest invitation that was mailed to an address. */
  const invitationOf = async (email: string): Promise<string> => {
    await settle();
    return tokenIn(mails.filter(({ to }) => to === email).at(-1)?.text);
  };
  const acceptedBy = async (token: string, email: string, name: string): Promise<SetUp> => {
    const looked = await accounts.lookAtInvitation(token);
    if (looked.outcome !== 'open') throw new Error(`The invitation is ${looked.outcome}.`);
    const { secret } = looked.totp;
    const code = looked.totpNeeded ? codeOf(secret) : undefined;
    const begun = await accounts.accept(token, { name, email, password: PASSWORD, code }, 'here');
    if (begun.outcome !== 'signedIn') throw new Error(`The invitation was ${begun.outcome}.`);
    const { token: sessionToken, session } = begun;
    return { id: session.caller.accountId, email, secret, token: sessionToken, session };
  };
  return {
    ...{ accounts, audit, clock, codeOf, invitationOf, links, limits, log, mails, news, records },
    ...{ settle, staff, store, tokenIn, told },
    firstAdministrator: async (): Promise<SetUp> =>
      acceptedBy(tokenIn(await accounts.firstLink()), 'first@example.com', 'Meera Iyer'),
    /** Invites somebody, who sets up their account; the clock moves on, so that their next code is a new one. */
    async person(by: SetUp, email: string, ...roles: Role[]): Promise<SetUp> {
      const name = email.slice(0, email.indexOf('@'));
      await accounts.invite({ accountId: by.id, email: by.email }, { email, name, roles });
      const made = await acceptedBy(await invitationOf(email), email, name);
      clock.advance(30_000);
      return made;
    },
    byOf: ({ id: accountId, email }: SetUp) => ({ accountId, email }),
    actionsAbout: async (id: string): Promise<string[]> => {
      await settle();
      return (await audit.entriesAbout('staff', id)).map(({ action }) => action);
    },
  };
}

export type AccountDesk = Awaited<ReturnType<typeof accountDesk>>;
