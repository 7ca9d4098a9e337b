/** The words by which letters are told apart on the telephone (ICAO). */
const WORDS = (
  'Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa ' +
  'Quebec Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu'
).split(' ');

/** A reference as it is read out: letters as words, digits one by one. */
export function spelled(reference: string): string {
  const groups = reference
    .split('-')
    .map((group) =>
      Array.from(group, (each) => WORDS[each.toUpperCase().charCodeAt(0) - 65] ?? each).join(' '),
    );
  return groups.join(' – ');
}
