import { INVITE_LASTS_MS } from '../../services/links';
import { ROLES, needsSecondFactor } from '../../services/roles';
import {
  SESSION_IDLE_MS,
  SESSION_LASTS_MS,
  type Acceptance,
  type SignedIn,
} from '../../services/staffAccounts';
import { Staff } from '../../services/staff';
import { StaffAccountRecords } from '../../models/staffAccounts';
import { DeputyRecords } from '../../models/deputies';
import { RawMails } from '../../models/rawMails';
import { Reseal } from '../../models/reseal';
import { vaultOf } from '../../models/sealed';
import { caseOf } from '../support/cases';
import { accountDesk, PASSWORD, type AccountDesk, type SetUp } from '../support/accountDesk';
import { describeOnStores, STORE_KEY } from '../support/stores';

const DAY_MS = 24 * 60 * 60_000;
const MINUTE_MS = 60_000;
const STEP_MS = 30_000;
const ASHA = 'asha@example.com';

describeOnStores('accounts of staff', (open) => {
  let desk: AccountDesk;
  let first: SetUp;
  beforeEach(async () => {
    desk = await accountDesk(await open());
    first = await desk.firstAdministrator();
    desk.clock.advance(STEP_MS);
  });
  const { stringify } = JSON;
  const here = (token: string) => desk.accounts.session(token);
  const signIn = (email: string, code?: string, password = PASSWORD, origin = 'here') =>
    desk.accounts.signIn({ email, password, code }, origin);
  const signedIn = async (answer: Promise<SignedIn>) => {
    const begun = await answer;
    if (begun.outcome !== 'signedIn') throw new Error(begun.outcome);
    return begun;
  };
  const by = () => desk.byOf(first);
  const agent = (email = ASHA) => desk.person(first, email, 'agent');

  describe('the first link', () => {
    test('makes an administrator, and there is none once there is one', async () => {
      expect(first.session.caller).toMatchObject({ roles: ['administrator'], name: 'Meera Iyer' });
      expect(first.session).toMatchObject({ hasTotp: true, mustSetUpTotp: false });
      expect(await desk.accounts.firstLink()).toBeUndefined();
    });

    test('replaces the one before it, at each start', async () => {
      const other = await accountDesk(await open());
      const [one, two] = [await other.accounts.firstLink(), await other.accounts.firstLink()];
      expect(one).toMatch(/^https:\/\/desk\.example\.com\/console#invite=/);
      const look = (url?: string) => other.accounts.lookAtInvitation(other.tokenIn(url));
      expect(await look(one)).toEqual({ outcome: 'expired' });
      expect(await look(two)).toMatchObject({ outcome: 'open', totpNeeded: true, name: '' });
      expect(await look(two)).not.toHaveProperty('email');
      expect(await other.accounts.list()).toEqual([]);
    });
  });

  describe('an invitation', () => {
    const accept = (token: string, change: Partial<Acceptance> = {}) =>
      desk.accounts.accept(token, { name: 'Asha', password: PASSWORD, ...change }, 'here');
    const invited = async (...roles: string[]) => {
      await desk.accounts.invite(by(), { email: ASHA, name: 'Asha', roles });
      return desk.invitationOf(ASHA);
    };
    const secretOf = async (token: string): Promise<string> => {
      const looked = await desk.accounts.lookAtInvitation(token);
      return looked.outcome === 'open' ? looked.totp.secret : '';
    };

    test('goes to the mailbox, and says what it is', async () => {
      const token = await invited('agent', 'privacyManager');
      expect(token).toHaveLength(43);
      const [mail] = desk.mails;
      expect(mail?.to).toBe(ASHA);
      expect(mail?.text).toContain(`https://desk.example.com/console#invite=${token}`);
      expect(mail?.text).toContain('as agent, privacy manager.');
      expect(mail?.text).toContain('for 72 hours');
    });

    test('is used once, also of ten at once', async () => {
      const token = await invited('agent');
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => accept(token)));
      expect(outcomes.filter(({ outcome }) => outcome === 'signedIn')).toHaveLength(1);
      expect(await accept(token)).toEqual({ outcome: 'used' });
      expect(await desk.accounts.lookAtInvitation(token)).toEqual({ outcome: 'used' });
    });

    test('lasts 72 hours, and not a moment longer', async () => {
      const token = await invited('agent');
      desk.clock.advance(INVITE_LASTS_MS - 1);
      expect(await desk.accounts.lookAtInvitation(token)).toMatchObject({ outcome: 'open' });
      desk.clock.advance(1);
      expect(await accept(token)).toEqual({ outcome: 'expired' });
    });

    test.each(ROLES)('as %s asks for a second factor where the role needs one', async (role) => {
      const token = await invited(role);
      const answer = await accept(token);
      if (!needsSecondFactor([role]))
        expect(answer).toMatchObject({ outcome: 'signedIn', session: { hasTotp: false } });
      else {
        expect(answer).toEqual({ outcome: 'codeNeeded' });
        expect(await accept(token, { code: '000000x' })).toEqual({ outcome: 'wrongCode' });
        const code = desk.codeOf(await secretOf(token));
        expect(await accept(token, { code })).toMatchObject({ session: { hasTotp: true } });
      }
    });

    test.each<[string, Partial<Acceptance>, string]>([
      ['a short password', { password: 'elevenchars' }, 'password'],
      ['one that is endless', { password: 'a'.repeat(201) }, 'password'],
      ['the address as password', { password: ASHA.toUpperCase() }, 'password'],
      ['the name as password', { name: 'Asha Narayanan', password: 'ashanarayanan' }, 'password'],
      ['no name', { name: ' \u202e ' }, 'name'],
      ['an endless name', { name: 'a'.repeat(81) }, 'name'],
    ])('with %s is refused, and can be used still', async (_what, change, field) => {
      const token = await invited('agent');
      expect(await accept(token, change)).toMatchObject({ outcome: 'invalid', field });
      expect(await accept(token)).toMatchObject({ outcome: 'signedIn' });
    });

    test.each([12, 200])('takes a password of %i characters', async (length) => {
      const password = 'x'.repeat(length);
      expect(await accept(await invited('agent'), { password })).toMatchObject({
        outcome: 'signedIn',
      });
    });

    test('sent again replaces the one before, and makes the password and the factor void', async () => {
      const asha = await desk.person(first, ASHA, 'supervisor');
      expect(await desk.accounts.inviteAgain(by(), asha.id)).toEqual({ outcome: 'invited' });
      expect(await here(asha.token)).toBeUndefined();
      expect(await signIn(ASHA, desk.codeOf(asha.secret))).toEqual({ outcome: 'wrong' });
      const token = await desk.invitationOf(ASHA);
      await desk.accounts.inviteAgain(by(), asha.id);
      expect(await accept(token)).toEqual({ outcome: 'expired' });
      const secret = await secretOf(await desk.invitationOf(ASHA));
      expect(secret).not.toBe(asha.secret);
    });

    test('to an address that has an account says so', async () => {
      await agent();
      const invitee = { email: ' ASHA@Example.com', name: 'Other', roles: ['agent'] };
      expect(await desk.accounts.invite(by(), invitee)).toEqual({ outcome: 'emailTaken' });
    });

    test.each([
      ['no address', { email: 'asha' }, 'email'],
      ['a mailbox of the desk', { email: 'Info@comantra.net' }, 'email'],
      ['no name', { name: ' ' }, 'name'],
      ['no role', { roles: [] }, 'roles'],
      ['a role that is none', { roles: ['agent', 'root'] }, 'roles'],
    ])('with %s is not made', async (_what, change, field) => {
      const invitee = { email: ASHA, name: 'Asha', roles: ['agent'], ...change };
      expect(await desk.accounts.invite(by(), invitee)).toMatchObject({
        outcome: 'invalid',
        field,
      });
      expect(await desk.accounts.list()).toHaveLength(1);
    });
  });

  describe('signing in', () => {
    test('takes the password, and the code where there is a second factor', async () => {
      await agent();
      await signedIn(signIn(' Asha@EXAMPLE.com '));
      expect(await signIn(first.email)).toEqual({ outcome: 'codeNeeded' });
      expect(await signIn(first.email, '12')).toEqual({ outcome: 'wrong' });
      const { session, token } = await signedIn(signIn(first.email, desk.codeOf(first.secret)));
      expect(await here(token)).toEqual(session);
    });

    test('says the same of a wrong password and of nobody', async () => {
      await agent();
      expect(await signIn(ASHA, undefined, 'another password')).toEqual({ outcome: 'wrong' });
      expect(await signIn('nobody@example.com')).toEqual({ outcome: 'wrong' });
      expect(await signIn(first.email, undefined, 'another password')).toEqual({
        outcome: 'wrong',
      });
    });

    test('takes a password however its letters are composed', async () => {
      const { id, session } = await agent();
      const typed = { old: PASSWORD, new: 'Caf\u00e9 au lait encore' };
      await desk.accounts.changePassword(session.caller.accountId, typed, 'here');
      await signedIn(signIn(ASHA, undefined, 'Cafe\u0301 au lait encore'));
      expect(id).toBe(session.caller.accountId);
    });

    test('takes no code twice, and none before one that was taken', async () => {
      const code = desk.codeOf(first.secret);
      const next = desk.codeOf(first.secret, new Date(desk.clock.now().getTime() + STEP_MS));
      const all = await Promise.all(Array.from({ length: 5 }, () => signIn(first.email, code)));
      expect(all.filter(({ outcome }) => outcome === 'signedIn')).toHaveLength(1);
      expect(await signIn(first.email, next)).toMatchObject({ outcome: 'signedIn' });
      expect(await signIn(first.email, code)).toEqual({ outcome: 'wrong' });
    });

    test.each([
      ['half a minute early', -STEP_MS, 'signedIn'],
      ['half a minute late', STEP_MS, 'signedIn'],
      ['a minute early', -2 * STEP_MS, 'wrong'],
      ['a minute late', 2 * STEP_MS, 'wrong'],
    ])('with a code that comes %s', async (_what, shift, outcome) => {
      desk.clock.advance(10 * STEP_MS);
      const at = new Date(desk.clock.now().getTime() + shift);
      expect(await signIn(first.email, desk.codeOf(first.secret, at))).toMatchObject({ outcome });
    });

    test('takes a code with a space, in the digits of any script', async () => {
      const code = desk
        .codeOf(first.secret)
        .replace(/\d/g, (digit) => String.fromCodePoint(0x966 + Number(digit)));
      const typed = `${code.slice(0, 3)} ${code.slice(3)}`;
      expect(await signIn(first.email, typed)).toMatchObject({ outcome: 'signedIn' });
    });

    test.each(['first@example.com', 'nobody@example.com'])(
      'for %s is throttled after ten wrong ones, for fifteen minutes',
      async (email) => {
        const wrong = () => signIn(email, undefined, 'a wrong password');
        for (let tries = 0; tries < 10; tries += 1) expect((await wrong()).outcome).toBe('wrong');
        expect(await wrong()).toEqual({ outcome: 'throttled' });
        const right = () => signIn(email, desk.codeOf(first.secret));
        expect(await right()).toEqual({ outcome: 'throttled' });
        desk.clock.advance(15 * MINUTE_MS);
        const known = email === first.email;
        expect((await right()).outcome).toBe(known ? 'signedIn' : 'wrong');
        expect(
          (await desk.actionsAbout(first.id)).filter((each) => each === 'account.guessed'),
        ).toHaveLength(known ? 1 : 0);
      },
    );

    test('counts a wrong code like a wrong password, and a right one not at all', async () => {
      await agent();
      for (let times = 0; times < 15; times += 1) await signedIn(signIn(ASHA));
      for (let tries = 0; tries < 10; tries += 1) await signIn(first.email, '12');
      const code = desk.codeOf(first.secret);
      expect(await signIn(first.email, code)).toEqual({ outcome: 'throttled' });
    });

    test('counts the wrong ones for an account together, wherever they come from', async () => {
      for (let tries = 0; tries < 10; tries += 1)
        await signIn(tries % 2 ? first.email : 'FIRST@example.com', '12', 'x', `place ${tries}`);
      const code = desk.codeOf(first.secret);
      expect(await signIn(first.email, code, PASSWORD, 'new')).toEqual({ outcome: 'throttled' });
    });

    test('is not shut out by strangers where its owner has signed in in the last thirty days', async () => {
      const right = (origin: string) =>
        signIn(first.email, desk.codeOf(first.secret), PASSWORD, origin);
      const strangers = async () => {
        for (let tries = 0; tries < 10; tries += 1)
          expect((await signIn(first.email, '12', 'x', `place ${tries}`)).outcome).toBe('wrong');
        expect((await signIn(first.email, '12', 'x', 'another')).outcome).toBe('throttled');
      };
      await strangers();
      expect((await right('here')).outcome).toBe('signedIn');
      // A place of their own has a budget, too, and its being full leaves the others theirs.
      for (let tries = 0; tries < 10; tries += 1)
        expect((await signIn(first.email, '12', 'x')).outcome).toBe('wrong');
      expect((await right('here')).outcome).toBe('throttled');
      expect(
        (await desk.actionsAbout(first.id)).filter((each) => each === 'account.guessed'),
      ).toHaveLength(2);
      desk.clock.advance(20 * DAY_MS);
      expect((await right('here')).outcome).toBe('signedIn');
      desk.clock.advance(20 * DAY_MS);
      await strangers();
      expect((await right('here')).outcome).toBe('signedIn');
      desk.clock.advance(30 * DAY_MS);
      await strangers();
      expect((await right('here')).outcome).toBe('throttled');
    });

    test('from one place is throttled after fifty wrong ones, whomever they name', async () => {
      for (let tries = 0; tries < 50; tries += 1)
        await desk.limits.take('desk/signIn/origin', 'there', {
          most: 50,
          windowMs: 60 * MINUTE_MS,
        });
      const code = desk.codeOf(first.secret);
      expect(await signIn(first.email, code, PASSWORD, 'there')).toEqual({ outcome: 'throttled' });
      expect(await signIn(first.email, code)).toMatchObject({ outcome: 'signedIn' });
    });
  });

  describe('a session', () => {
    test('ends when nothing is done in it for half an hour', async () => {
      const { token } = await signedIn(signIn(first.email, desk.codeOf(first.secret)));
      desk.clock.advance(SESSION_IDLE_MS - 1);
      expect(await here(token)).toBeDefined();
      desk.clock.advance(SESSION_IDLE_MS - 1);
      expect(await desk.accounts.session(token, { passive: true })).toBeDefined();
      desk.clock.advance(1);
      expect(await here(token)).toBeUndefined();
    });

    test('ends after twelve hours, whatever is done in it', async () => {
      const { token } = await signedIn(signIn(first.email, desk.codeOf(first.secret)));
      const steps = SESSION_LASTS_MS / (20 * MINUTE_MS);
      for (let step = 1; step < steps; step += 1) {
        desk.clock.advance(20 * MINUTE_MS);
        expect(await here(token)).toBeDefined();
      }
      desk.clock.advance(20 * MINUTE_MS);
      expect(await here(token)).toBeUndefined();
    });

    test('is forgotten when it is over, and not before', async () => {
      const count = () => desk.store.connection.collection('staffsessions').countDocuments();
      await desk.accounts.removeOld();
      expect(await count()).toBe(1);
      desk.clock.advance(SESSION_IDLE_MS);
      await desk.accounts.removeOld();
      expect(await count()).toBe(0);
    });

    const ENDINGS: readonly [string, (asha: SetUp) => Promise<unknown>][] = [
      ['the roles change', ({ id }) => desk.accounts.setRoles(by(), id, ['agent', 'supervisor'])],
      ['the account is disabled', ({ id }) => desk.accounts.disable(by(), id)],
      ['the account is invited again', ({ id }) => desk.accounts.inviteAgain(by(), id)],
      ['they sign out everywhere', ({ id }) => desk.accounts.signOutEverywhere(id)],
      [
        'the password changes',
        ({ id }) =>
          desk.accounts.changePassword(id, { old: PASSWORD, new: 'a whole new one' }, 'x'),
      ],
      [
        'a second factor comes',
        async ({ id }) => {
          const begun = await desk.accounts.beginTotp(id);
          const secret = begun.outcome === 'begun' ? begun.totp.secret : '';
          return desk.accounts.confirmTotp(id, desk.codeOf(secret));
        },
      ],
    ];
    test.each(ENDINGS)('ends with all others of the account when %s', async (_when, end) => {
      const asha = await agent();
      const { token } = await signedIn(signIn(ASHA));
      const before = desk.told.length;
      await end(asha);
      for (const each of [token, asha.token]) expect(await here(each)).toBeUndefined();
      expect(desk.told.slice(before)).toContainEqual({ kind: 'account', id: asha.id });
      expect(await here(first.token)).toBeDefined();
    });

    test('that ends leaves the others', async () => {
      await agent();
      const [one, two] = [await signedIn(signIn(ASHA)), await signedIn(signIn(ASHA))];
      await desk.accounts.signOut(one.session.caller);
      expect(await here(one.token)).toBeUndefined();
      expect(await here(two.token)).toBeDefined();
    });

    test('begun under a password that was changed meanwhile is none', async () => {
      const asha = await agent();
      const read = (await desk.records.accounts.byId(asha.id))!;
      const kept = (await desk.records.sessions.byId(asha.session.caller.sessionId))!;
      const typed = { old: PASSWORD, new: 'a whole new one' };
      await desk.accounts.changePassword(asha.id, typed, 'here');
      expect(await desk.records.accounts.noteSignIn(read, undefined, [])).toBe(false);
      await desk.records.sessions.insert(kept);
      expect(await here(asha.token)).toBeUndefined();
    });

    test.each(['', 'x', 'A'.repeat(43), '{"$gt":""}'])(
      'of the token “%s” is none',
      async (token) => {
        expect(await here(token)).toBeUndefined();
      },
    );
  });

  describe('one’s own account', () => {
    test('changes its password with the old one, and goes on in a new session', async () => {
      const asha = await agent();
      const change = (old: string, fresh: string) =>
        desk.accounts.changePassword(asha.id, { old, new: fresh }, 'here');
      expect(await change('not this one', 'a whole new one')).toEqual({ outcome: 'wrong' });
      expect(await change(PASSWORD, 'short')).toMatchObject({ outcome: 'invalid' });
      const begun = await change(PASSWORD, 'a whole new one');
      expect(begun).toMatchObject({ outcome: 'signedIn' });
      expect(begun.outcome === 'signedIn' && (await here(begun.token))).toBeTruthy();
      expect(await signIn(ASHA)).toEqual({ outcome: 'wrong' });
      await signedIn(signIn(ASHA, undefined, 'a whole new one'));
    });

    test('does not tell by guessing what its password is', async () => {
      const asha = await agent();
      const guess = (old: string) =>
        desk.accounts.changePassword(asha.id, { old, new: 'a whole new one' }, 'here');
      for (let tries = 0; tries < 10; tries += 1) await guess('not this one');
      expect(await guess(PASSWORD)).toEqual({ outcome: 'throttled' });
    });

    test('gets a second factor, which cannot be replaced from a page left open', async () => {
      const asha = await agent();
      expect(await desk.accounts.confirmTotp(asha.id, '123456')).toEqual({ outcome: 'wrongCode' });
      const begun = await desk.accounts.beginTotp(asha.id);
      const secret = begun.outcome === 'begun' ? begun.totp.secret : '';
      const code = desk.codeOf(secret);
      expect(await desk.accounts.confirmTotp(asha.id, code)).toMatchObject({
        session: { hasTotp: true },
      });
      expect(await signIn(ASHA)).toEqual({ outcome: 'codeNeeded' });
      expect(await signIn(ASHA, code)).toEqual({ outcome: 'wrong' });
      expect(await desk.accounts.beginTotp(asha.id)).toEqual({ outcome: 'setUpBefore' });
      desk.clock.advance(STEP_MS);
      await signedIn(signIn(ASHA, desk.codeOf(secret)));
    });

    test('with a role that needs one has to set it up before anything else', async () => {
      const asha = await agent();
      await desk.accounts.setRoles(by(), asha.id, ['privacyManager']);
      const { session } = await signedIn(signIn(ASHA));
      expect(session).toMatchObject({ mustSetUpTotp: true, hasTotp: false });
    });
  });

  describe('an administrator', () => {
    test('who is the last stays one, in every way there is', async () => {
      await agent();
      const last = { outcome: 'lastAdministrator' };
      expect(await desk.accounts.disable(by(), first.id)).toEqual(last);
      expect(await desk.accounts.setRoles(by(), first.id, ['agent'])).toEqual(last);
      expect(await desk.accounts.inviteAgain(by(), first.id)).toEqual(last);
      expect(await here(first.token)).toBeDefined();
      expect(await desk.accounts.setRoles(by(), first.id, ['agent', 'administrator'])).toEqual({
        outcome: 'changed',
      });
    });

    test('of two who disable each other at once, one stays at least', async () => {
      const other = await desk.person(first, ASHA, 'administrator');
      for (let round = 0; round < 5; round += 1) {
        await Promise.all([
          desk.accounts.disable(by(), other.id),
          desk.accounts.disable(desk.byOf(other), first.id),
        ]);
        expect(await desk.records.accounts.hasActive('administrator')).toBe(true);
        for (const { id } of [first, other]) await desk.accounts.enable(by(), id);
      }
    });

    test('disables and enables, and voids an invitation by it', async () => {
      const asha = await agent();
      expect(await desk.accounts.disable(by(), asha.id)).toEqual({ outcome: 'disabled' });
      expect(await signIn(ASHA)).toEqual({ outcome: 'wrong' });
      expect(await desk.accounts.activeByEmail(ASHA)).toBeUndefined();
      expect(await desk.accounts.inviteAgain(by(), asha.id)).toEqual({ outcome: 'disabled' });
      expect(await desk.accounts.enable(by(), asha.id)).toEqual({ outcome: 'enabled' });
      await signedIn(signIn(ASHA));
      await desk.accounts.inviteAgain(by(), asha.id);
      await desk.accounts.disable(by(), asha.id);
      const token = await desk.invitationOf(ASHA);
      expect(await desk.accounts.lookAtInvitation(token)).toEqual({ outcome: 'expired' });
      await desk.accounts.enable(by(), asha.id);
      expect(await desk.accounts.byId(asha.id)).toMatchObject({ state: 'invited' });
      expect(await desk.accounts.lookAtInvitation(token)).toEqual({ outcome: 'expired' });
    });

    test('is told that there is no such account', async () => {
      const id = '99999999-9999-4999-8999-999999999999';
      const unknown = { outcome: 'unknown' };
      expect(await desk.accounts.disable(by(), id)).toEqual(unknown);
      expect(await desk.accounts.enable(by(), id)).toEqual(unknown);
      expect(await desk.accounts.enable(by(), first.id)).toEqual(unknown);
      expect(await desk.accounts.setRoles(by(), id, ['agent'])).toEqual(unknown);
      expect(await desk.accounts.inviteAgain(by(), id)).toEqual(unknown);
    });

    test('sees who there is', async () => {
      await agent();
      await desk.accounts.invite(by(), {
        email: 'b@example.com',
        name: 'B',
        roles: ['supervisor'],
      });
      expect(
        (await desk.accounts.list()).map(({ email, state, hasTotp }) => [email, state, hasTotp]),
      ).toEqual([
        [first.email, 'active', true],
        [ASHA, 'active', false],
        ['b@example.com', 'invited', false],
      ]);
      expect((await desk.accounts.allActive()).map(({ name }) => name)).toEqual([
        'Meera Iyer',
        'asha',
      ]);
    });
  });

  test('what happens to an account is audited, without saying who it is', async () => {
    const asha = await agent();
    await signedIn(signIn(ASHA));
    await desk.accounts.setRoles(by(), asha.id, ['supervisor']);
    await desk.accounts.disable(by(), asha.id);
    await desk.accounts.enable(by(), asha.id);
    expect(await desk.actionsAbout(asha.id)).toEqual([
      ...['account.invited', 'account.activated', 'account.signedIn'],
      ...['account.changed', 'account.disabled', 'account.enabled'],
    ]);
    const entries = await desk.audit.entriesAbout('staff', asha.id);
    expect(entries.map(({ by: who }) => who)).toEqual(
      [first.email, ASHA, ASHA, first.email, first.email, first.email].map((email) =>
        desk.audit.fingerprint(email),
      ),
    );
    expect(stringify(entries)).not.toContain('asha');
  });

  test('nothing of an account, of its sessions or of the log can be read or used', async () => {
    const asha = await desk.person(first, ASHA, 'supervisor');
    const { collections } = desk.store.connection;
    const kept = await Promise.all(
      Object.values(collections).map((collection) => collection.find().toArray()),
    );
    const [account] = await desk.store.connection.collection('staffaccounts').find().toArray();
    expect(account).toHaveProperty('roles', ['administrator']);
    const secrets = [asha.token, asha.session.csrf, asha.secret, ASHA, PASSWORD, 'argon2'];
    for (const each of secrets) expect(stringify([kept, desk.log])).not.toContain(each);
    const read = await desk.records.accounts.byEmail(ASHA);
    expect(read?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  test('an address is one account’s after the key was changed, too', async () => {
    await agent();
    const vault = vaultOf([{ id: 'k2', secret: Buffer.alloc(32, 9) }, STORE_KEY]);
    const later = new StaffAccountRecords({ ...desk.store, vault });
    const asha = await later.byEmail('ASHA@example.com');
    expect(asha?.email).toBe(ASHA);
    const other = { ...asha!, id: '99999999-9999-4999-8999-999999999999' };
    expect(await later.insert(other, [])).toBe(false);
    const meera = (await later.byEmail(first.email))!;
    expect(await later.change({ ...meera, email: ASHA }, [])).toBe('emailTaken');
    const rotated = { ...desk.store, vault };
    await new Reseal(rotated, new RawMails('/nowhere', vault)).run(() => undefined);
    const alone = vaultOf([{ id: 'k2', secret: Buffer.alloc(32, 9) }]);
    const last = new StaffAccountRecords({ ...desk.store, vault: alone });
    expect(await last.byEmail(ASHA)).toEqual(asha);
  });

  describe('among those who write mails', () => {
    const OF_MANAGER = caseOf({ aboutStaff: 'privacy_manager' });
    const staffOf = (accounts = desk.accounts) =>
      new Staff(
        { managers: ['manager@example.com'], escalation: 'above@example.com' },
        new DeputyRecords(desk.store),
        desk.clock,
        'Asia/Kolkata',
        accounts,
      );

    test.each([
      ['agent', true, false],
      ['supervisor', true, true],
      ['privacyManager', true, true],
      ['administrator', false, false],
    ] as const)('%s: acts for the company %s, handles cases %s', async (role, acts, handles) => {
      const { id } = await desk.person(first, ASHA, role);
      const staff = staffOf();
      expect(await staff.isStaff('ASHA@example.com')).toBe(acts);
      expect(await staff.mayHandle(ASHA, caseOf())).toBe(handles);
      expect(await staff.mayHandle(ASHA, caseOf({ aboutStaff: 'staff' }))).toBe(handles);
      expect(await staff.mayHandle(ASHA, OF_MANAGER)).toBe(false);
      await desk.accounts.disable(by(), id);
      expect(await staff.isStaff(ASHA)).toBe(false);
      expect(await staff.mayHandle(ASHA, caseOf())).toBe(false);
    });

    test('the escalation address alone handles what is about the manager, account or not', async () => {
      await desk.person(first, 'above@example.com', 'privacyManager');
      expect(await staffOf().mayHandle('above@example.com', OF_MANAGER)).toBe(true);
      expect(await staffOf().mayHandle('manager@example.com', OF_MANAGER)).toBe(false);
    });
  });
});
