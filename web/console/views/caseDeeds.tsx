import { useState } from 'preact/hooks';
import type { CaseDoneView, CaseView } from '../../../bot/console/contract';
import { Button } from '../ui';
import { AnswerForm } from './caseAnswer';
import { CloseForm, ExtendForm, NameForm, NoteForm, ReopenForm } from './caseForms';

/** A form that does something to a case. */
export interface CaseFormProps {
  readonly shown: CaseView;
  readonly done: (answer: CaseDoneView) => void;
}

type Action = 'answer' | 'note' | 'extend' | 'close' | 'reopen' | 'name';

const FORMS = {
  answer: AnswerForm,
  note: NoteForm,
  extend: ExtendForm,
  close: CloseForm,
  reopen: ReopenForm,
  name: NameForm,
} as const;

const WORDS: Readonly<Record<Action, string>> = {
  answer: 'Answer',
  note: 'Note',
  extend: 'Extend',
  close: 'Close',
  reopen: 'Reopen',
  name: 'Name staff',
};

function actionsFor({ state, extendable }: CaseView): readonly Action[] {
  switch (state) {
    case 'open':
    case 'late':
      return ['answer', 'note', ...(extendable ? (['extend'] as const) : []), 'close', 'name'];
    case 'answered':
      return ['answer', 'note', 'close', 'reopen', 'name'];
    case 'closed':
      return ['note', 'reopen', 'name'];
  }
}

/** What can be done about a case; one form at a time. */
export function CaseDeeds({ shown, done }: CaseFormProps) {
  const [action, setAction] = useState<Action | undefined>();
  const actions = actionsFor(shown);
  const chosen = action && actions.includes(action) ? action : undefined;
  const Form = chosen && FORMS[chosen];
  return (
    <section class="card" aria-label="What to do">
      <div class="button-row deeds">
        {actions.map((each) => (
          <Button
            key={each}
            kind={each === 'answer' && !chosen ? 'primary' : 'plain'}
            aria-expanded={chosen === each}
            onClick={() => {
              setAction(chosen === each ? undefined : each);
            }}
          >
            {each === 'answer' && shown.state === 'answered' ? 'Answer again' : WORDS[each]}
          </Button>
        ))}
      </div>
      {Form && (
        <Form
          shown={shown}
          done={(answer) => {
            if (answer.done) setAction(undefined);
            done(answer);
          }}
        />
      )}
    </section>
  );
}
