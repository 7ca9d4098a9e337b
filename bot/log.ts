import pino, { type DestinationStream } from 'pino';
import type { Log, LogFields } from '../services/ports';

const ALLOWED: readonly (keyof LogFields)[] = [
  'activityId',
  'attempts',
  'caseId',
  'channel',
  'code',
  'conversationId',
  'count',
  'durationMs',
  'intent',
  'kind',
  'mailId',
  'method',
  'passage',
  'port',
  'route',
  'state',
  'status',
  'store',
];

const MAX_FIELD_LENGTH = 200;
const PERSONAL = /\S@|(?:\p{Nd}[\s().-]{0,2}){8}/u;

/** The second lock: whatever slipped into an allowed field and looks like an address or a number is cut out. */
function redacted(value: string | number): string | number {
  if (typeof value === 'number') return value;
  const short = value.slice(0, MAX_FIELD_LENGTH);
  return PERSONAL.test(short.normalize('NFKC').replace(UUID, '')) ? '[redacted]' : short;
}
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(\|\d{7})?/gi;

/** An error's class and the places of its stack, without the message, which may quote what a customer wrote. */
function placesOf(error: unknown): { name: string; code?: string; at: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, at: [] };
  const { code } = error as { code?: unknown };
  return {
    name: named(error.name) ?? 'Error',
    ...(typeof code === 'string' || typeof code === 'number' ? { code: named(String(code)) } : {}),
    at: placesIn(error),
  };
}

/** A name as programs give it; anything else may be somebody's words. */
const named = (name: string): string | undefined => (NAME.test(name) ? name : undefined);
const NAME = /^\w{1,60}$/;

const PLACE = /^ {4}at (?:[\w.<>[\] $#]{1,120} \()?[^\s()]{1,300}:\d{1,7}:\d{1,7}\)?$/;
const MOST_PLACES = 6;

/** The places alone: a message may run over several lines, and these may look like places. */
function placesIn({ message, stack = '' }: Error): string[] {
  const at = message === '' ? 0 : stack.indexOf(message);
  if (at < 0) return [];
  return stack
    .slice(at + message.length)
    .split('\n')
    .filter((line) => PLACE.test(line))
    .slice(0, MOST_PLACES)
    .map((line) => line.trim());
}

function allowed(fields: LogFields): Record<string, unknown> {
  const line: Record<string, unknown> = {};
  for (const name of ALLOWED) {
    const value = fields[name];
    if (typeof value === 'string' || typeof value === 'number') line[name] = redacted(value);
  }
  if (fields.error !== undefined) line.error = placesOf(fields.error);
  return line;
}

/**
 * JSON lines by pino: an event name and allow-listed fields; anything else in `fields` is dropped.
 * @param onEvent told of every event, for the metrics.
 */
export function createLog(
  level: string,
  onEvent: (event: string) => void = () => undefined,
  destination?: DestinationStream,
): Log {
  const logger = pino(
    { level, base: null, messageKey: 'event' },
    destination ?? pino.destination(2),
  );
  const write =
    (severity: 'info' | 'warn' | 'error') =>
    (event: string, fields: LogFields = {}): void => {
      onEvent(event);
      logger[severity](allowed(fields), event);
    };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}
