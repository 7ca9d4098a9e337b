import { namesTheManager } from '../../services/caseWords';

describe('whether words speak of the privacy manager as the one concerned', () => {
  test.each([
    ['The privacy manager read my letters.'],
    ['your PRIVACY OFFICER laughed'],
    ['the privacy-manager of yours'],
    ['the privacy‑manager of yours'],
    ['one of your privacy\nmanagers'],
    ['The privacy manager’s brother has my file'],
    ['your Data Protection Officer sold it'],
    ['Your DPO did it'],
    ['Not the technician but the privacy manager.'],
    ['not only the privacy manager, your agents too'],
    // What is denied in one place may be meant in another.
    ['It was not the privacy manager of my bank, it was your privacy manager.'],
    // What is not done to the manager does not deny that it is about them.
    ['I do not trust the privacy manager: he sold my number'],
    ['please do not tell the privacy manager'],
    ['Why didn’t the privacy manager stop it?'],
  ])('%j: yes', (text) => {
    expect(namesTheManager(text)).toBe(true);
  });

  test.each([
    ['Somebody read my letters.'],
    ['the privacy policy says that the office manager may'],
    ['my adpod was stolen'],
    ['It was not the privacy manager.'],
    ['not about your privacy manager'],
    ['An agent, it wasn’t the privacy manager'],
    ["it isn't the privacy manager"],
    ['anybody except the DPO'],
    ['someone other than the privacy officer'],
    ['not the privacy manager, and not the DPO'],
  ])('%j: no', (text) => {
    expect(namesTheManager(text)).toBe(false);
  });

  test('is read in no time, whatever is written', () => {
    const began = performance.now();
    for (const piece of ['not the ', 'not   ', 'privacy ', 'not the privacy manager '])
      namesTheManager(piece.repeat(20_000 / piece.length));
    expect(performance.now() - began).toBeLessThan(500);
  });
});
