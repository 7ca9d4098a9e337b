import type { ViewProps } from '../views';
import { CallBegin } from './callBegin';
import { OneCall } from './oneCall';

/** A telephone call that an agent takes down. */
export function Telephone({ params: { id }, query }: ViewProps) {
  return id === undefined ? (
    <CallBegin handoffId={query.get('handoff') ?? undefined} />
  ) : (
    <OneCall key={id} id={id} />
  );
}
