import { createRequire } from 'node:module';

/** How the SDK describes to its serialiser what an object may hold. */
interface Mapper {
  readonly type: { additionalProperties?: { readonly type: { readonly name: string } } };
}

/**
 * Lets what the bot says reach a channel with its citations.
 *
 * An entity may hold anything (Bot Framework: Activity), and botbuilder 4.23 says so where an activity lists its
 * entities; but its serialiser looks the class up by name and finds one with three fields, dropping all others.
 */
export function sendWholeEntities(): void {
  // The very module that botbuilder uses, wherever it is installed.
  const ofBotbuilder = createRequire(require.resolve('botbuilder'));
  const mappers = ofBotbuilder('botframework-connector/lib/connectorApi/models/mappers') as {
    readonly Entity: Mapper;
  };
  mappers.Entity.type.additionalProperties = { type: { name: 'Object' } };
}
