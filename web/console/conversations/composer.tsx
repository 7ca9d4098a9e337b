import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { CannedReplyView, ConversationView } from '../../../bot/console/contract';
import { useShortcuts } from '../keys';
import { useSession } from '../session';
import { Button } from '../ui';
import { filled, matching, openField, ReplyPicker } from './cannedReplies';
import type { ConversationStore } from './conversationStore';
import { draftOf } from './draft';
import { knownOf } from './known';
import { useReplies } from './replies';
import { wasJustTaken } from './taking';

const LONGEST = 4000;
const WARNED_FROM = 3600;

interface ComposerProps {
  readonly store: ConversationStore;
  readonly view: ConversationView;
  /** Words that could not be said, to be put back; each time another object. */
  readonly takenBack: { readonly text: string } | undefined;
}

/** Where the agent writes: Enter sends, Shift+Enter begins a line, `/` shows the canned replies. */
export function Composer({ store, view, takenBack }: ComposerProps) {
  const { me, mailbox, phone } = useSession();
  const [draft] = useState(() => draftOf(view.id));
  const [text, setText] = useState(() => draft.begin(view.draft));
  const [at, setAt] = useState(0);
  const [pickerClosed, setPickerClosed] = useState(false);
  /** The replies were asked for by their button, whatever stands in the field. */
  const [browsing, setBrowsing] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const replies = useReplies();
  const asked = text.startsWith('/') && !text.includes('\n') && !pickerClosed;
  const picking = asked || browsing;
  const shown = asked ? matching(replies, text) : browsing ? replies : [];

  useEffect(() => {
    if (wasJustTaken(view.id)) field.current?.focus();
    const leave = (): void => {
      draft.leave();
    };
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [draft, view.id]);
  useEffect(() => {
    if (!takenBack) return;
    change([takenBack.text, text].filter(Boolean).join('\n'));
    field.current?.focus();
    // Only what is taken back anew.
  }, [takenBack]);
  useShortcuts({
    r: () => {
      field.current?.focus();
    },
  });

  const change = (next: string): void => {
    setText(next);
    setAt(0);
    setProblem(undefined);
    if (!next.startsWith('/')) setPickerClosed(false);
    draft.change(next.startsWith('/') ? '' : next);
  };
  const pick = ({ text: reply }: CannedReplyView): void => {
    const words = filled(reply, { agent: me.name, mailbox, phone, ...knownOf(view.id) });
    const next = asked || text === '' ? words : `${text.trimEnd()} ${words}`;
    setBrowsing(false);
    change(next);
    field.current?.focus();
    const open = openField(next);
    // After the field shows the new text.
    requestAnimationFrame(() => {
      if (open) field.current?.setSelectionRange(open.at, open.at + open.name.length);
    });
  };
  const send = (): void => {
    const words = text.trim();
    if (words === '') return;
    const open = openField(words);
    if (open) {
      setProblem(`Fill in ${open.name} first.`);
      const start = text.indexOf(open.name);
      field.current?.focus();
      field.current?.setSelectionRange(start, start + open.name.length);
      return;
    }
    store.sending.add(words);
    change('');
  };
  const press = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (picking && event.key === 'Escape') {
      setPickerClosed(true);
      setBrowsing(false);
    } else if (shown.length > 0 && event.key === 'ArrowDown') setAt((at + 1) % shown.length);
    else if (shown.length > 0 && event.key === 'ArrowUp')
      setAt((at + shown.length - 1) % shown.length);
    else if (event.key === 'Enter' && !event.shiftKey) {
      const reply = shown[at];
      if (reply) pick(reply);
      else send();
    } else return;
    event.preventDefault();
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {picking && <ReplyPicker id={`${id}-replies`} replies={shown} at={at} onPick={pick} />}
      <label class="visually-hidden" for={id}>
        Message to the customer
      </label>
      <textarea
        ref={field}
        id={id}
        rows={2}
        maxLength={LONGEST}
        placeholder="Write to the customer – Enter sends, / for replies"
        aria-describedby={problem ? `${id}-problem` : undefined}
        aria-invalid={problem ? 'true' : undefined}
        aria-autocomplete="list"
        aria-controls={picking ? `${id}-replies` : undefined}
        aria-activedescendant={shown.length > 0 ? `${id}-replies-${at}` : undefined}
        value={text}
        onInput={(event) => {
          change(event.currentTarget.value);
        }}
        onKeyDown={press}
      />
      <div class="composer-end">
        <p class="field-error" id={`${id}-problem`} role="alert">
          {problem}
        </p>
        <span class="soft composer-length">
          {text.length >= WARNED_FROM && `${text.length} of ${LONGEST}`}
        </span>
        <Button
          small
          kind="quiet"
          aria-expanded={picking}
          onClick={() => {
            setBrowsing(!browsing);
            field.current?.focus();
          }}
        >
          Replies
        </Button>
        <Button small kind="primary" type="submit">
          Send
        </Button>
      </div>
    </form>
  );
}
