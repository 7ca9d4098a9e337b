import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Numbers for Prometheus; labels are names from closed sets, never a customer's. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly events = new Counter({
    name: 'desk_events_total',
    help: 'Events of the log, by name.',
    labelNames: ['event'],
    registers: [this.registry],
  });
  private readonly turns = new Histogram({
    name: 'desk_turn_seconds',
    help: 'Time from the start of a turn to its stored reply.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [this.registry],
  });

  constructor(outbox: () => Promise<{ queued: number; dead: number }>) {
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: 'desk_outbox_mails',
      help: 'Mails that wait to be delivered, and those that were given up.',
      labelNames: ['state'],
      registers: [this.registry],
      async collect() {
        const { queued, dead } = await outbox();
        this.set({ state: 'queued' }, queued);
        this.set({ state: 'dead' }, dead);
      },
    });
  }

  count(event: string): void {
    this.events.inc({ event });
  }

  turn(seconds: number): void {
    this.turns.observe(seconds);
  }

  /** Prometheus text format. */
  async text(): Promise<{ contentType: string; body: string }> {
    return { contentType: this.registry.contentType, body: await this.registry.metrics() };
  }
}
