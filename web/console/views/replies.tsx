import { useState } from 'preact/hooks';
import type { CannedReplyView } from '../../../bot/console/contract';
import { get, post } from '../api';
import { useLoaded } from '../loading';
import { Button, Dialog, Empty, Heading, Spinner, toast, Trouble } from '../ui';
import { useDeed } from './deed';
import { FormBox, TextArea, TextField } from './fields';
import { ofLength, useForm } from './form';
import { useChanged } from './lists';

type Asked =
  | { readonly what: 'write'; readonly reply?: CannedReplyView }
  | { readonly what: 'remove'; readonly reply: CannedReplyView };

type Replies = readonly CannedReplyView[];

/** The replies that agents have at hand. */
export function CannedReplies() {
  const loaded = useLoaded(() => get<Replies>('/replies'), 'replies');
  useChanged('replies', loaded.reload);
  const [asked, setAsked] = useState<Asked | undefined>();
  const close = (): void => {
    setAsked(undefined);
  };
  const done = (replies: Replies, words: string): void => {
    loaded.put(replies);
    toast(words);
    close();
  };
  const replies = loaded.value;
  return (
    <div class="page narrow">
      <Heading title="Canned replies" />
      <p class="lead">
        Agents choose them with <kbd>/</kbd> at the start of a message. Fields are filled in:{' '}
        <code>{FIELDS}</code>.
      </p>
      <div class="button-row deeds">
        <Button
          kind="primary"
          onClick={() => {
            setAsked({ what: 'write' });
          }}
        >
          New reply…
        </Button>
      </div>
      {loaded.error !== undefined && <Trouble words={loaded.error} retry={loaded.reload} />}
      {!replies && loaded.loading && <Spinner />}
      {replies?.length === 0 && <Empty title="There is no canned reply yet" />}
      {replies?.map((reply) => (
        <Shown key={reply.id} reply={reply} ask={setAsked} />
      ))}
      {asked?.what === 'write' && <WriteDialog reply={asked.reply} close={close} done={done} />}
      {asked?.what === 'remove' && <RemoveDialog reply={asked.reply} close={close} done={done} />}
    </div>
  );
}

const FIELDS = '{customer} {agent} {reference} {due} {phone} {mailbox}';
const MOST = 2000;

function Shown({ reply, ask }: { reply: CannedReplyView; ask: (asked: Asked) => void }) {
  const about = <span class="visually-hidden"> ({reply.title})</span>;
  return (
    <section class="card" aria-label={reply.title}>
      <h2 class="foreign">{reply.title}</h2>
      <p class="foreign words">{reply.text}</p>
      <div class="button-row">
        <Button
          small
          onClick={() => {
            ask({ what: 'write', reply });
          }}
        >
          Edit…{about}
        </Button>
        <Button
          small
          kind="danger"
          onClick={() => {
            ask({ what: 'remove', reply });
          }}
        >
          Remove…{about}
        </Button>
      </div>
    </section>
  );
}

interface DialogProps {
  readonly close: () => void;
  readonly done: (replies: Replies, words: string) => void;
}

function WriteDialog(props: DialogProps & { readonly reply: CannedReplyView | undefined }) {
  const { reply, close, done } = props;
  const form = useForm({
    start: { title: reply?.title ?? '', text: reply?.text ?? '' },
    checks: {
      title: ofLength(1, 80, 'Please give it a title.'),
      text: ofLength(1, MOST, 'Please write the reply.'),
    },
    keep: true,
    send: async ({ title, text }) => {
      const replies = await post<Replies>('/replies', {
        ...(reply ? { id: reply.id } : {}),
        ...{ title: title.trim(), text: text.trim() },
      });
      done(replies, 'The reply is saved.');
    },
  });
  return (
    <Dialog title={reply ? 'Edit the reply' : 'New reply'} onClose={close}>
      <FormBox form={form} send="Save" beside={<Button onClick={close}>Cancel</Button>}>
        <TextField
          form={form}
          name="title"
          label="Title"
          control={{ maxLength: 80, required: true }}
        />
        <TextArea
          form={form}
          name="text"
          label="Text"
          hint={`Fields: ${FIELDS}`}
          control={{ rows: 6, maxLength: MOST, required: true }}
        />
      </FormBox>
    </Dialog>
  );
}

function RemoveDialog({ reply, close, done }: DialogProps & { readonly reply: CannedReplyView }) {
  const deed = useDeed();
  return (
    <Dialog title="Remove this reply?" onClose={close}>
      <p class="foreign">“{reply.title}” is gone for every agent.</p>
      <div class="button-row end">
        <Button onClick={close}>Keep it</Button>
        <Button
          kind="danger"
          busy={deed.busy}
          onClick={() => {
            deed.run(async () => {
              const path = `/replies/${encodeURIComponent(reply.id)}/remove`;
              done(await post<Replies>(path), 'The reply is removed.');
            });
          }}
        >
          Remove
        </Button>
      </div>
    </Dialog>
  );
}
