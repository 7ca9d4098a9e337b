import type { ConversationView, HandoffDoneView } from '../../../bot/console/contract';
import { post } from '../api';
import { Time } from '../ui';
import { FormBox, TextArea } from '../views/fields';
import { ofLength, useForm } from '../views/form';
import { NOT_HELD } from './words';

/** Notes of staff; the customer never sees them. */
export function Notes({ view, canWrite }: { view: ConversationView; canWrite: boolean }) {
  const form = useForm({
    start: { text: '' },
    checks: { text: ofLength(1, 2000, 'Please write something first.') },
    send: async ({ text }, id) => {
      const { outcome } = await post<HandoffDoneView>(`/handoffs/${view.id}/note`, {
        id,
        text: text.trim(),
      });
      return outcome === 'done' ? undefined : { problem: NOT_HELD };
    },
  });
  return (
    <section class="side-section">
      <h2>Private notes</h2>
      {view.notes.length === 0 && <p class="soft">None yet.</p>}
      <ul class="notes">
        {view.notes.map(({ id, at, by, text }) => (
          <li key={id}>
            <p class="message-by">
              <span>{by}</span> <Time at={at} />
            </p>
            <p class="message-text">{text}</p>
          </li>
        ))}
      </ul>
      {canWrite && (
        <FormBox form={form} send="Keep the note" kind="plain">
          <TextArea
            form={form}
            name="text"
            label="New note"
            control={{ rows: 2, maxLength: 2000 }}
          />
        </FormBox>
      )}
    </section>
  );
}
