import { Component } from 'preact';
import type { MessageView } from '../../../bot/console/contract';
import { Time } from '../ui';

interface MessageProps {
  readonly message: MessageView;
  /** The agent who looks, whose own messages stand apart. */
  readonly me: string;
}

/** A message of the log; its text is shown as it stands, never as markup. */
export class Message extends Component<MessageProps> {
  override shouldComponentUpdate(next: Readonly<MessageProps>): boolean {
    return next.message !== this.props.message;
  }

  override render() {
    const { message } = this.props;
    const { from, text, facts, citations, choices } = message;
    return (
      <li class={`message ${from}`} data-sequence={message.sequence}>
        <p class="message-by">
          <span>{this.speaker()}</span> <Time at={message.at} shape="time" />
        </p>
        <div class="bubble">
          {text && <p class="message-text">{text}</p>}
          {facts.length > 0 && (
            <dl class="facts">
              {facts.map(({ label, value }) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          )}
          {citations.length > 0 && (
            <p class="citations">
              Policy:{' '}
              {citations.map(({ name, url }, index) => (
                <span key={url}>
                  {index > 0 && ', '}
                  <a href={safe(url)} target="_blank" rel="noopener noreferrer">
                    {name}
                    <span class="visually-hidden"> (opens in a new tab)</span>
                  </a>
                </span>
              ))}
            </p>
          )}
        </div>
        {choices.length > 0 && <p class="choices">Offered: {choices.join(' · ')}</p>}
      </li>
    );
  }

  private speaker(): string {
    const { message, me } = this.props;
    if (message.from === 'customer') return 'Customer';
    if (message.from === 'bot') return 'Bot';
    return message.name === me ? 'You' : (message.name ?? 'Agent');
  }
}

/** Only addresses of pages: never `javascript:` or the like. */
const safe = (url: string): string | undefined => (/^https?:\/\//i.test(url) ? url : undefined);
