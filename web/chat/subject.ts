import type { Observable, Observer, Subscription } from './webchat.js';

/** An observable that its owner feeds; a late observer gets the latest value first when `replay` is set. */
export class Subject<T> implements Observable<T> {
  private readonly observers = new Set<Observer<T>>();
  private latest: { readonly value: T } | undefined;

  constructor(private readonly replay = false) {}

  next(value: T): void {
    if (this.replay) this.latest = { value };
    for (const observer of [...this.observers]) observer.next?.(value);
  }

  subscribe(observer: Observer<T>): Subscription {
    this.observers.add(observer);
    if (this.latest) observer.next?.(this.latest.value);
    return { unsubscribe: () => this.observers.delete(observer) };
  }
}
