import type { AuditEntry, BrokenLink, Verification } from './audit';

const BROKEN_WORDS: Readonly<Record<BrokenLink, string>> = {
  missing: 'it is missing, though there are later ones',
  changed: 'it was changed, moved, or does not follow from the one before',
  forged: 'it was not written by this desk: its key does not fit',
  otherHead: 'it is not the entry that stood there when a head was noted',
  forgedHead: 'a head that was kept of it was not signed by this desk',
};

/** What a look at the whole audit log found, in a sentence, and whether all is well. */
export function verificationInWords(found: Verification): {
  readonly sound: boolean;
  readonly words: string;
} {
  switch (found.outcome) {
    case 'whole':
      return {
        sound: true,
        words: `The audit log is whole: ${count(found.entries)}${found.head ? `, head ${found.head.seq}:${found.head.hash}` : ''}.`,
      };
    case 'broken':
      return {
        sound: false,
        words: `The audit log is broken at entry ${found.seq}: ${BROKEN_WORDS[found.why]}.`,
      };
    case 'cut':
      return {
        sound: false,
        words: `The audit log was cut: it ends at entry ${found.lastSeq}, and there was an entry ${found.expectedSeq}.`,
      };
  }
}

/** What happened, such as `case answered again`. */
export const actionInWords = ({ action }: Pick<AuditEntry, 'action'>): string =>
  action.replace('.', ' ').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const count = (entries: number): string => `${entries} ${entries === 1 ? 'entry' : 'entries'}`;
