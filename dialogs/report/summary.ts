import type { Activity } from 'botbuilder';
import { factsCard } from '../messages';
import { KIND_WORDS, STAFF_WORDS } from '../../services/caseWords';
import { staffOf, storyOf, type Draft } from './draft';

const NOT_TOLD = 'Not told';

/** The card that the customer checks before a report is sent. */
export function summaryCard(draft: Draft): Partial<Activity> {
  const { report, kind } = draft;
  const reach = report.email ?? 'In this chat, with a reference and a PIN';
  return factsCard(kind === 'question' ? 'Your question' : 'Your report', [
    ['Kind', KIND_WORDS[kind]],
    [kind === 'question' ? 'Your words' : 'What happened', storyOf(draft)],
    ...(kind === 'question'
      ? []
      : ([
          ['When you noticed', report.noticed?.words ?? NOT_TOLD],
          ['About someone who works here', STAFF_WORDS[staffOf(draft)]],
        ] as const)),
    ['How the answer reaches you', reach],
    ['Name', report.name ?? NOT_TOLD],
    ['Telephone', report.phone ?? NOT_TOLD],
  ]);
}
