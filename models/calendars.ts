import { Schema, type Model } from 'mongoose';
import type { Store } from './store';

interface CalendarDocument {
  /** Content hash. */
  _id: string;
  /** The calendar, whole, as JSON. */
  body: string;
}

const schema = new Schema<CalendarDocument>(
  { _id: { type: String, required: true }, body: { type: String, required: true } },
  { versionKey: false, strict: 'throw' },
);

/** Every business calendar ever used, whole, under its content hash. */
export class CalendarRecords {
  private readonly model: Model<CalendarDocument>;

  constructor(store: Store) {
    this.model = store.connection.model<CalendarDocument>('Calendar', schema, 'calendars');
  }

  async keep(hash: string, calendar: unknown): Promise<void> {
    await this.model.updateOne(
      { _id: hash },
      { $setOnInsert: { body: JSON.stringify(calendar) } },
      { upsert: true },
    );
  }

  /** The calendar kept under a hash, as it was parsed from JSON; undefined when there is none. */
  async find(hash: string): Promise<unknown> {
    const found = await this.model.findById(hash).lean<CalendarDocument>();
    return found ? (JSON.parse(found.body) as unknown) : undefined;
  }
}
