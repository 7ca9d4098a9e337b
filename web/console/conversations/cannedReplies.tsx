import { useEffect, useRef } from 'preact/hooks';
import type { CannedReplyView } from '../../../bot/console/contract';

const FIELD = /\{(customer|agent|reference|due|phone|mailbox)\}/;

/** The first field of a canned reply that is yet to be filled in. */
export function openField(
  text: string,
): { readonly name: string; readonly at: number } | undefined {
  const found = FIELD.exec(text);
  return found ? { name: found[0], at: found.index } : undefined;
}

/** A text with the fields that are known. */
export function filled(text: string, fields: Readonly<Record<string, string | undefined>>): string {
  return text.replace(new RegExp(FIELD, 'g'), (whole, name: string) => fields[name] ?? whole);
}

/** The replies whose title or text has what was typed after the `/`. */
export function matching(
  replies: readonly CannedReplyView[],
  typed: string,
): readonly CannedReplyView[] {
  const wanted = typed.slice(1).trim().toLowerCase();
  return replies.filter(({ title, text }) => `${title} ${text}`.toLowerCase().includes(wanted));
}

interface PickerProps {
  readonly id: string;
  readonly replies: readonly CannedReplyView[];
  readonly at: number;
  readonly onPick: (reply: CannedReplyView) => void;
}

/** The canned replies to choose from; the keys are the composer's. */
export function ReplyPicker({ id, replies, at, onPick }: PickerProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  return (
    <div class="replies">
      <p class="visually-hidden" role="status">
        {replies.length === 1 ? '1 canned reply' : `${replies.length} canned replies`}
      </p>
      {replies.length === 0 && <p class="replies-none">There is no such reply.</p>}
      <ul ref={list} id={id} role="listbox" aria-label="Canned replies">
        {replies.map((reply, index) => (
          <li
            key={reply.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            // The field keeps the focus.
            onMouseDown={(event) => {
              event.preventDefault();
              onPick(reply);
            }}
          >
            <strong>{reply.title}</strong>
            <span>{reply.text}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
