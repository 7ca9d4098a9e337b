import { useState } from 'preact/hooks';
import type { CallAnswerView, CallView } from '../../../bot/console/contract';
import { post } from '../api';
import { Notice } from '../ui';
import { FormBox, TextField } from './fields';
import { ofLength, useForm } from './form';
import { pathOf } from './oneCall';

/** A question, and what the policy says to it: to be read out. */
export function CallQuestion({ call }: { call: CallView }) {
  const [answer, setAnswer] = useState<CallAnswerView | undefined>();
  const form = useForm({
    start: { text: '' },
    checks: { text: ofLength(1, 1000, 'Please write what the caller asks.') },
    keep: true,
    send: async ({ text }) => {
      setAnswer(await post<CallAnswerView>(`${pathOf(call)}/question`, { text: text.trim() }));
    },
  });
  return (
    <section class="card" aria-label="Question">
      <h2>Question about the policy</h2>
      <FormBox form={form} send="Find the words" kind="plain">
        <TextField
          form={form}
          name="text"
          label="What the caller asks"
          control={{ maxLength: 1000, required: true }}
        />
      </FormBox>
      <div aria-live="polite">{answer && <Answer answer={answer} />}</div>
    </section>
  );
}

function Answer({ answer: { outcome, passages } }: { answer: CallAnswerView }) {
  if (outcome === 'none')
    return (
      <Notice>
        The policy says nothing that fits. Ask in other words, or take the question down as a case
        for the privacy manager; do not answer in words of your own.
      </Notice>
    );
  return (
    <div class="answers">
      <p class="soft">
        {outcome === 'answer'
          ? 'Read this out, with its section.'
          : 'Ask which of these the caller means, and read that one out.'}
      </p>
      {passages.map(({ id, section, text, url }) => (
        <figure key={id} class="read-out">
          <figcaption>
            The policy says, under “
            <a href={url} target="_blank" rel="noreferrer">
              {section}
              <span class="visually-hidden"> (opens in a new tab)</span>
            </a>
            ”:
          </figcaption>
          <blockquote class="aloud">
            {text.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </blockquote>
        </figure>
      ))}
    </div>
  );
}
