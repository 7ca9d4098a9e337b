import { Component } from 'preact';
import type { HandoffLine } from '../../../bot/console/contract';
import { Badge, Button, Waited } from '../ui';

const REASONS: Readonly<Record<HandoffLine['reason'], string | undefined>> = {
  asked: undefined,
  misunderstood: 'not understood',
  anger: 'angry',
  beyond: 'beyond the bot',
};

interface LineProps {
  readonly line: HandoffLine;
  /** The one that Tab comes to and that the keys move on from. */
  readonly current: boolean;
  /** Its conversation is on the screen. */
  readonly open: boolean;
  readonly unread: number;
  readonly busy: boolean;
  /** Whether it may be read without holding it. */
  readonly readable: boolean;
  readonly forMe: boolean;
  readonly mine: boolean;
  readonly onTake: (id: string) => void;
  readonly onCurrent: (id: string) => void;
}

/** A line of the queue; drawn anew only when something of it has changed. */
export class Line extends Component<LineProps> {
  override shouldComponentUpdate(next: Readonly<LineProps>): boolean {
    return (Object.keys(next) as (keyof LineProps)[]).some((key) => next[key] !== this.props[key]);
  }

  override render() {
    const { line, open, unread, forMe } = this.props;
    const reason = REASONS[line.reason];
    return (
      <li class={`line ${line.state}${open ? ' open' : ''}`}>
        <div class="line-top">
          {this.name()}
          {unread > 0 && (
            <span class="count">
              {unread}
              <span class="visually-hidden"> new</span>
            </span>
          )}
          <Waited since={line.requestedAt} />
        </div>
        <p class="line-topic">{line.topic}</p>
        <div class="line-end">
          <div class="line-marks">
            {line.verified && <Badge tone="good">✓ verified</Badge>}
            {reason && <Badge tone="warn">{reason}</Badge>}
            {line.meantFor && (
              <Badge tone="info">{forMe ? 'for you' : `for ${line.meantFor.name}`}</Badge>
            )}
            {line.channel !== 'Web chat' && <Badge>{line.channel}</Badge>}
            {line.state === 'held' && line.holder && !this.props.mine && (
              <Badge>{line.holder.name}</Badge>
            )}
            {line.takenBy && <Badge tone="info">{line.takenBy.name} is calling</Badge>}
          </div>
          {this.deed()}
        </div>
      </li>
    );
  }

  private name() {
    const { line, readable, open } = this.props;
    if (line.state === 'waiting' && !readable)
      return <span class="line-name">{line.customer}</span>;
    const href =
      line.state === 'callBack' ? `#/call/new?handoff=${line.id}` : `#/conversation/${line.id}`;
    return (
      <a
        class="line-name"
        href={href}
        aria-current={open ? 'true' : undefined}
        {...this.stop(line.state !== 'waiting')}
      >
        {line.customer}
      </a>
    );
  }

  private deed() {
    const { line, busy, onTake } = this.props;
    if (line.state !== 'waiting') return null;
    return (
      <Button
        small
        busy={busy}
        aria-label={`Take ${line.customer}, ${line.topic}`}
        onClick={() => {
          onTake(line.id);
        }}
        {...this.stop(true)}
      >
        Take
      </Button>
    );
  }

  /** One element of each line is the stop of the keys; of all lines, only the current one is in the order of Tab. */
  private stop(isStop: boolean) {
    const { line, current, onCurrent } = this.props;
    return {
      tabIndex: current ? 0 : -1,
      ...(isStop && {
        'data-line': line.id,
        onFocus: () => {
          onCurrent(line.id);
        },
      }),
    };
  }
}
