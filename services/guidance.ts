import { ProductError } from './errors';

/** A danger that is going on while the customer writes. */
export type Danger = 'computer' | 'money';

/** The company's safety steps for each danger, as Markdown; not part of the policy. */
export type Guidance = Readonly<Record<Danger, string>>;

/** The steps one by one, without their numbers. */
export const stepsOf = (section: string): string[] =>
  section
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\d+\.|[-*])\s+/, '').trim())
    .filter((line) => line !== '');

const SECTION = /^## \{(\w+)\}[^\n]*\n([\s\S]*?)(?=^## |$(?![\s\S]))/gm;

/** Reads `knowledge/guidance.md`; throws `KnowledgeInvalid` when a section is missing. */
export function loadGuidance(markdown: string): Guidance {
  const sections = new Map([...markdown.matchAll(SECTION)].map((m) => [m[1], m[2]?.trim() ?? '']));
  const section = (name: Danger): string => {
    const text = sections.get(name);
    if (!text)
      throw new ProductError('KnowledgeInvalid', `guidance.md has no section {${name}} with text.`);
    return text;
  };
  return { computer: section('computer'), money: section('money') };
}
