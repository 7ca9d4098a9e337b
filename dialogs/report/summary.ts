import type { Activity } from 'botbuilder';
import { factsCard } from '../messages';
import { kindWords, STAFF_WORDS } from '../wording';
import type { Draft } from './draft';

const NOT_TOLD = 'Not told';

/** The card that the customer checks before a report is sent. */
export function summaryCard(draft: Draft): Partial<Activity> {
  const { report, kind } = draft;
  const reach = report.email ?? 'In this chat, with a reference and a PIN';
  return factsCard(kind === 'question' ? 'Your question' : 'Your report', [
    ['Kind', kindWords(kind)],
    [kind === 'question' ? 'Your words' : 'What happened', report.whatHappened],
    ...(kind === 'question'
      ? []
      : ([
          ['When you noticed', report.noticed?.words ?? NOT_TOLD],
          ['About someone who works here', STAFF_WORDS[draft.aboutStaff ?? 'no']],
        ] as const)),
    ['How the answer reaches you', reach],
    ['Name', report.name ?? NOT_TOLD],
    ['Telephone', report.phone ?? NOT_TOLD],
  ]);
}
