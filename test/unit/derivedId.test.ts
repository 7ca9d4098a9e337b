import { draftIdOf } from '../../dialogs/report/draft';
import { derivedId } from '../../services/derivedId';

test('an id made of a text is a UUID, the same for the same text, and stays what it was', () => {
  expect(derivedId('disown/1')).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  expect(derivedId('disown/1')).toBe(derivedId('disown/1'));
  expect(derivedId('disown/1')).not.toBe(derivedId('disown/2'));
  // What is stored under ids that were made before is found under them.
  expect(draftIdOf('c1', 'a1')).toBe('902cc73c-ccc6-8d80-8fc7-8fb6431113ed');
});
