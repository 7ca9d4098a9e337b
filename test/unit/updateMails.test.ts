import { listedUpdates, shownUpdate } from '../../bot/updateLines';
import { updatesAsked } from '../../bot/updatesAsked';
import { renderMail } from '../../services/mailText';
import { CHOICE_FIELDS, TEXT_FIELDS, type RecordField } from '../../models/customerContent';
import { refuseUnfitEvent } from '../../services/auditEvents';
import { onlyLeaves, riskOf, type FieldChange, type UpdateRequest } from '../../services/updates';
import { fieldFacts, standingOf, withChanges } from '../../services/updates/fields';
import {
  appliedMail,
  fieldsInWords,
  fieldsOnlyMail,
  overtakenMail,
  passwordMail,
  personMail,
  refusedMail,
  waitingMail,
  type UpdateMail,
} from '../../services/updates/mails';
import { toldOf } from '../../services/updates/recipients';
import { noticeToSettle, staffMail } from '../../services/updates/staffMail';
import { customerOf } from '../support/customers';
import { refusal } from '../support/refusal';

const URL = 'https://desk.example.com/link/abc';
const NOW = new Date('2026-11-23T04:30:00Z');
const ID = '44444444-4444-4444-8444-444444444444';
const FIELDS: readonly RecordField[] = [...TEXT_FIELDS, ...CHOICE_FIELDS];
const textOf = ({ blocks, subject }: UpdateMail): string => {
  const { text, html } = renderMail(blocks, subject);
  return `${subject}\n${text}\n${html}`;
};

describe('how much proof a change needs', () => {
  test.each<[RecordField, string]>([
    ['email', 'bothMailboxes'],
    ['name', 'secondPerson'],
    ['billingAddress', 'secondPerson'],
    ['phone', 'direct'],
    ['mailingAddress', 'direct'],
    ['shippingAddress', 'direct'],
    ['newsletter', 'direct'],
    ['marketingEmail', 'direct'],
    ['marketingPhone', 'direct'],
    ['marketingPost', 'direct'],
  ])('%s: %s', (field, risk) => {
    expect(riskOf(field)).toBe(risk);
  });

  test('what is switched off only leaves', () => {
    expect([false, true, null, 'x'].map((after) => onlyLeaves({ after }))).toEqual([
      ...[true, false, false, false],
    ]);
  });
});

describe('a mail to a customer', () => {
  const change: FieldChange = { field: 'phone', before: '+919830012345', after: '+919831067890' };
  test.each<[string, UpdateMail]>([
    ['of a change', appliedMail([change], URL)],
    ['that names the fields alone', fieldsOnlyMail(['phone'], true, URL)],
    ['of what waits', waitingMail(['phone'], URL)],
    ['of a refusal', refusedMail(['phone'], 'We could not reach you.', URL)],
    ['of a conflict', overtakenMail(['phone'], URL)],
    ['about a password', passwordMail(URL)],
  ])('%s has the link, and no value in full', (_what, mail) => {
    const text = textOf(mail);
    expect(text).toContain(`If this was not you: ${URL} opens a page with a button.`);
    expect(text).toContain(`href="${URL}"`);
    expect(text).toContain('for 72 hours');
    expect(text).not.toMatch(/98300|12345|98310|67890/);
    expect(mail.perDay).toBeGreaterThanOrEqual(50);
  });

  test('without a mailbox on file has no such link', () => {
    expect(textOf(appliedMail([change], undefined))).not.toContain('If this was not you');
  });

  test('names fields as a sentence does', () => {
    expect(fieldsInWords(['name'])).toBe('name');
    expect(fieldsInWords(['name', 'phone', 'newsletter'])).toBe(
      'name, telephone number and newsletter',
    );
    expect(fieldsInWords([])).toBe('');
  });

  test('asks whoever could prove no mailbox to answer', () => {
    const mail = personMail(ID, ['email']);
    expect(mail.about).toEqual({ updateId: ID });
    expect(textOf(mail)).toContain('a second person has to agree');
  });

  test('quotes a reason as a person’s words', () => {
    const text = textOf(refusedMail(['name'], 'See\n<b>this</b>', undefined));
    expect(text).toContain('| See\n| <b>this</b>');
    expect(text).toContain('&lt;b&gt;this&lt;/b&gt;');
  });
});

describe('a mail to staff', () => {
  const request: UpdateRequest = {
    ...{ id: ID, kind: 'change', state: 'second', door: 'chat', receivedAt: NOW, revision: 0 },
    claimed: 'asha.rao@mail.invalid',
    email: 'asha.sen@mail.invalid',
    changes: [{ field: 'name', before: 'Asha Rao', after: 'Asha Sen' }],
  };
  test.each<[string, Partial<UpdateRequest>, string]>([
    ['what waits for a second one', {}, 'approve'],
    ['what waits for a person', { state: 'person', trouble: 'lost' }, 'vouch'],
    ['a password', { kind: 'password', state: 'person', changes: [] }, 'done'],
    ['what one has proposed', { door: 'staff' }, 'approve'],
    ['what one has vouched for', { trouble: 'lost' }, 'approve'],
  ])('about %s says what to type, and nobody’s name, address or value', (_what, over, word) => {
    const text = textOf(staffMail({ ...request, ...over }, 'https://desk.example.com'));
    expect(text).toContain(`npm run -s updates -- ${word} ${ID} --by`);
    expect(text).toContain(`npm run -s updates -- show ${ID}`);
    expect(text).toContain(`https://desk.example.com/console#/updates/${ID}`);
    expect(text).not.toMatch(/asha|rao|\bsen\b|invalid/i);
  });
});

describe('what staff have to settle about the mailbox on file', () => {
  const about = (field: RecordField, over: Partial<UpdateRequest>) =>
    noticeToSettle({
      ...{ state: 'second', changes: [{ field, before: null, after: 'x' }] },
      ...over,
    });

  test('is said for every field where somebody else reads it, once it waits for the second', () => {
    for (const field of FIELDS) {
      expect(about(field, { trouble: 'shared' })).toMatch(/--withhold-notice .* --notice /);
      expect(about(field, { trouble: 'shared', state: 'person' })).toBeUndefined();
    }
  });

  test('is otherwise what happens to it when another takes its place', () => {
    for (const trouble of ['lost', 'none'] as const) {
      expect(about('email', { trouble })).toContain('add --withhold-notice');
      expect(about('phone', { trouble })).toBeUndefined();
    }
    expect(about('email', {})).toBeUndefined();
  });

  test('is shown with the request', () => {
    const request: UpdateRequest = {
      ...{ id: ID, kind: 'change', state: 'second', door: 'chat', receivedAt: NOW, revision: 0 },
      ...{ trouble: 'shared', changes: [{ field: 'phone', before: null, after: '+919831067890' }] },
    };
    const shown = shownUpdate(request, undefined, NOW, 'UTC').join('\n');
    expect(shown).toContain('Mailbox on file: somebody else reads it');
    expect(shown).toMatch(/--withhold-notice .* --notice /);
  });

  test('a request that went on in the chat is listed as that', () => {
    const request: UpdateRequest = {
      ...{ id: ID, kind: 'change', state: 'continued', door: 'mail', receivedAt: NOW },
      ...{ revision: 1, changes: [] },
    };
    expect(listedUpdates([request], 'UTC')[0]).toContain('went on in the chat: a mail');
  });
});

describe('a record and wanted changes', () => {
  const customer = customerOf({
    ...{ name: 'Asha Rao', phone: '+919830012345', newsletter: true },
    mailingAddress: '8 Lake Terrace\nKolkata 700029',
  });
  const lapsed = { at: NOW, by: 'unverified', lapsesAt: NOW } as const;

  test.each<[string, FieldChange, object]>([
    [
      'open',
      { field: 'phone', before: '+919830012345', after: null },
      { open: [{ field: 'phone', before: '+919830012345', after: null }], overtaken: [] },
    ],
    ['made already', { field: 'newsletter', before: false, after: true }, { open: [] }],
    [
      'made already, but for commas',
      { field: 'mailingAddress', before: null, after: '8 Lake Terrace, Kolkata - 700029' },
      { open: [], overtaken: [] },
    ],
    [
      'overtaken',
      { field: 'name', before: 'Asha Das', after: 'Asha Sen' },
      { overtaken: ['name'] },
    ],
    [
      'of a field that was empty then',
      { field: 'phone', before: null, after: '+919831067890' },
      { overtaken: ['phone'] },
    ],
  ])('%s', (_how, change, standing) => {
    expect(standingOf(customer, [change], NOW)).toMatchObject(standing);
    expect(standingOf({ ...customer, freeze: lapsed }, [change], NOW).frozen).toBe(false);
  });

  test('become one, in one go', () => {
    const changed = withChanges(customer, [
      { field: 'phone', before: null, after: null },
      { field: 'newsletter', before: true, after: null },
      { field: 'marketingPost', before: false, after: true },
      { field: 'name', before: 'Asha Rao', after: 'Asha Sen' },
    ]);
    const { phone: _phone, ...kept } = customer;
    expect(changed).toEqual({
      ...{ ...kept, newsletter: false, marketingPost: true, name: 'Asha Sen' },
    });
  });

  test('all fields together fit into the audit log', () => {
    const facts = fieldFacts(FIELDS);
    expect(Object.values(facts).join().split(',').sort()).toEqual([...FIELDS].sort());
    expect(() => {
      refuseUnfitEvent({
        ...{ id: 'x', action: 'update.applied', at: NOW, by: 'customer', facts },
        about: { kind: 'update', id: ID },
      });
    }).not.toThrow();
    expect(fieldFacts([])).toEqual({});
  });
});

describe('who is told of a change', () => {
  const record = (email?: string) => customerOf({ id: ID, ...(email ? { email } : {}) });
  const [OLD, NEW, CONTACT] = ['old@a.invalid', 'new@a.invalid', 'contact@a.invalid'];
  const lost = { trouble: 'lost', email: CONTACT } as const;
  test.each<[string, Partial<UpdateRequest>, [string?, string?], string[], string?]>([
    ['the mailbox on file', {}, [OLD, OLD], [OLD]],
    ['nobody, where there is none', {}, [], []],
    ['both when it changed', {}, [OLD, NEW], [NEW], OLD],
    ['the new one alone, if it has to be', { withholdNotice: true }, [OLD, NEW], [NEW]],
    ['a first mailbox', {}, [undefined, NEW], [NEW]],
    ['who could prove no other', lost, [OLD, NEW], [NEW, CONTACT], OLD],
    ['the same once', { ...lost, email: 'NEW@a.invalid' }, [OLD, NEW], [NEW], OLD],
    ['who keeps a mailbox they cannot read', lost, [OLD, OLD], [CONTACT], OLD],
    ['who has none', { ...lost, trouble: 'none' }, [], [CONTACT]],
    [
      'a doubtful mailbox no value, though it was given',
      { ...lost, email: OLD },
      [OLD, OLD],
      [],
      OLD,
    ],
    ['no mailbox that must not be told', { withholdNotice: true }, [OLD, OLD], []],
    ['who gave another instead of it', { ...lost, withholdNotice: true }, [OLD, OLD], [CONTACT]],
    [
      'no other spelling of it',
      { ...lost, email: 'Old+x@a.invalid', withholdNotice: true },
      [OLD, OLD],
      [],
    ],
  ])('%s', (...[, over, [before, after], masked, fieldsOnly]) => {
    const request: UpdateRequest = {
      ...{ id: ID, kind: 'change', state: 'approved', door: 'chat', receivedAt: NOW },
      ...{ revision: 0, changes: [], ...over },
    };
    const told = toldOf(request, record(before), record(after));
    expect(told.masked).toEqual(masked);
    expect(told.fieldsOnly).toBe(fieldsOnly);
    expect(told.withheld).toBe(over.withholdNotice === true);
  });
});

describe('npm run updates', () => {
  const SIGNED = ['--by', 'manager@example.com', '--reason', ' She called. '];
  const deed = { at: NOW, by: 'manager@example.com', reason: 'She called.' };

  test.each<[string[], object]>([
    [['list'], { action: 'list', all: false }],
    [['list', '--all'], { action: 'list', all: true }],
    [['show', '4444ABCD'], { action: 'show', id: '4444abcd' }],
    [['approve', ID, ...SIGNED], { action: 'approve', id: ID, deed }],
    [
      ['approve', ID, ...SIGNED, '--withhold-notice'],
      { action: 'approve', id: ID, deed, notice: 'withheld' },
    ],
    [['approve', ID, ...SIGNED, '--notice'], { action: 'approve', id: ID, deed, notice: 'given' }],
    [
      ['vouch', ID, ...SIGNED, '--user', 'asha'],
      { action: 'vouch', id: ID, deed, userName: 'asha' },
    ],
    [['done', ID, ...SIGNED], { action: 'done', id: ID, deed }],
    [
      ['propose', '--user', 'asha', '--set', 'phone=1=2', '--set', 'name=', ...SIGNED],
      { action: 'propose', userName: 'asha', changes: { phone: '1=2', name: '' }, deed },
    ],
    [
      ['propose', '--user', 'a', '--set', 'mailingAddress=8 Lake\\nKolkata', ...SIGNED],
      { action: 'propose', userName: 'a', changes: { mailingAddress: '8 Lake\nKolkata' }, deed },
    ],
  ])('%j is understood', (args, asked) => {
    expect(updatesAsked(args, NOW)).toEqual(asked);
  });

  test.each<[string[], string]>([
    [[], 'Usage'],
    [['list', 'x'], 'Usage'],
    [['list', '--by', 'x'], 'Usage'],
    [['show'], 'Usage'],
    [['show', '4444'], 'Usage'],
    [['show', 'four-four'], 'Usage'],
    [['show', ID, '--all'], 'Usage'],
    [['shred', ID, ...SIGNED], 'Usage'],
    [['refuse', ID, ...SIGNED, '--withhold-notice'], 'Usage'],
    [['refuse', ID, ...SIGNED, '--user', 'x'], 'Usage'],
    [['refuse', ID, 'x', ...SIGNED], 'Usage'],
    [['refuse', ID, '--reason', 'She called.'], 'Usage'],
    [['refuse', ID, '--by', 'x@example.com'], '--reason'],
    [['refuse', ID, '--by', 'x@example.com', '--reason', ' no '], '3 to 500'],
    [['refuse', ID, '--by', 'x@example.com', '--reason', 'x'.repeat(501)], '3 to 500'],
    [['propose', '--user', 'asha', ...SIGNED], 'Usage'],
    [['propose', '--user', 'asha', '--set', 'phone', ...SIGNED], 'Usage'],
    [['propose', '--set', 'phone=1', ...SIGNED], 'Usage'],
    [['propose', '--user', 'a', '--set', 'phone=1', '--set', 'phone=2', ...SIGNED], 'once'],
    [['--forever'], 'Usage'],
  ])('%j is refused in words', (args, words) => {
    const { code, message } = refusal(() => updatesAsked(args, NOW));
    expect(code).toBe('BadArgument');
    expect(message).toContain(words);
  });
});
