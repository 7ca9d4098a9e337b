import type { AboutStaff } from '../../models/cases';
import { seesCase } from '../../services/caseSight';

const NEHA = { accountId: 'neha', name: 'Neha Rao', email: 'neha.rao@comantra.net' };

const about = (
  aboutStaff: AboutStaff,
  whatHappened = 'An agent read my letters.',
  more: Partial<Parameters<typeof seesCase>[1]> = {},
) => ({ aboutStaff, report: { whatHappened }, followUps: [], ...more });

describe('who sees a case', () => {
  test.each<[string, AboutStaff, boolean, boolean]>([
    ['about nobody: whoever handles cases', 'no', false, true],
    ['about staff: whoever it is not about', 'staff', false, true],
    ['about the privacy manager: not the managers', 'privacy_manager', false, false],
    ['about the privacy manager: the escalation address', 'privacy_manager', true, true],
  ])('%s', (_what, aboutStaff, isEscalation, sees) => {
    expect(seesCase(NEHA, about(aboutStaff), isEscalation, [])).toBe(sees);
  });

  test.each<[string, AboutStaff]>([
    ['about nobody', 'no'],
    ['about staff', 'staff'],
  ])('%s: not who was named', (_what, aboutStaff) => {
    const named = about(aboutStaff, undefined, { namedStaff: ['tom', 'neha'] });
    expect(seesCase(NEHA, named, false, [])).toBe(false);
    expect(seesCase({ ...NEHA, accountId: 'else' }, named, false, [])).toBe(true);
  });

  test('whatever it is about: the escalation address, also where they are named', () => {
    for (const aboutStaff of ['no', 'staff', 'privacy_manager'] as const) {
      const named = about(aboutStaff, 'It was Neha Rao.', { namedStaff: ['neha'] });
      expect(seesCase(NEHA, named, true, ['neha'])).toBe(true);
    }
  });

  test.each<[string, AboutStaff, readonly string[], boolean]>([
    ['about staff: not who held its conversation', 'staff', ['tom', 'neha'], false],
    ['about staff: others', 'staff', ['tom'], true],
    ['about nobody: who held its conversation as well', 'no', ['neha'], true],
  ])('%s', (_what, aboutStaff, heldBy, sees) => {
    expect(seesCase(NEHA, about(aboutStaff), false, heldBy)).toBe(sees);
  });

  test.each<[string, string]>([
    ['as it is', 'Neha Rao read my letters.'],
    ['in capitals and with other spaces', 'It was NEHA \n RAO!'],
    ['with its last name first', 'Agent: Rao, Neha'],
    ['in the genitive', 'I do not like Neha Rao’s tone.'],
    ['with marks', 'Néha Rāo did it'],
    ['as an address', 'I got a mail of Neha.Rao@comantra.net about it'],
  ])('about staff: not who stands in it, %s', (_how, text) => {
    expect(seesCase(NEHA, about('staff', text), false, [])).toBe(false);
    expect(seesCase(NEHA, about('no', text), false, [])).toBe(true);
  });

  test.each([
    ['what the customer wrote later', { followUps: [{ text: 'It was Neha Rao', subject: '' }] }],
    ['a later subject', { followUps: [{ text: '', subject: 'Neha Rao again' }] }],
    ['the subject', { origin: { subject: 'Neha Rao' } }],
  ])('about staff: not who stands in %s', (_where, more) => {
    const found = about('staff', undefined, more as object);
    expect(seesCase(NEHA, found, false, [])).toBe(false);
  });

  test.each([
    ['one of their names', 'Neha is a nice name, and so is Rao in Goa.'],
    ['somebody with a longer name', 'It was Neha Raokar.'],
    ['nobody', 'An agent was rude.'],
  ])('about staff: who is not in it, where it names %s', (_whom, text) => {
    expect(seesCase(NEHA, about('staff', text), false, [])).toBe(true);
  });
});
