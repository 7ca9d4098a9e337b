import { ProductError } from './errors';
import { plainText, readMarkers, type Inline, type PassagePiece } from './policyMarkers';

/** A piece of the policy with a stable id: the unit of an answer. */
export interface Passage {
  /** Such as `share.no_sell`; also the anchor on the policy page. */
  readonly id: string;
  /** The section's number, such as `4`. */
  readonly section: string;
  readonly sectionTitle: string;
  /** The title of the part of the section that holds it; empty when the section has no parts. */
  readonly subsection: string;
  /** The policy's own words, verbatim; more than one piece when other words stand between. */
  readonly text: readonly string[];
}

/** A part of a section; `title` is empty for the words that stand right under the section's own title. */
export interface PolicyPart {
  readonly title: string;
  readonly paragraphs: readonly (readonly Inline[])[];
}

/** A numbered section of the policy. */
export interface PolicySection {
  readonly number: string;
  readonly title: string;
  readonly parts: readonly PolicyPart[];
}

/** The whole policy: its passages by id, in the order in which they begin, and its sections for reading. */
export interface Policy {
  readonly title: string;
  /** What stands before the first section. */
  readonly preamble: readonly string[];
  readonly sections: readonly PolicySection[];
  readonly passages: ReadonlyMap<string, Passage>;
}

interface Line {
  readonly number: number;
  readonly text: string;
}

/** Reads the policy from its Markdown, whose opening comment explains the markers; throws `KnowledgeInvalid` naming the line. */
export function loadPolicy(markdown: string): Policy {
  const reader = new PolicyReader();
  const lines = withoutComments(markdown);
  for (const paragraph of paragraphs(lines)) reader.read(paragraph);
  return reader.finish(lines.length);
}

function invalid(line: number, what: string): ProductError {
  return new ProductError('KnowledgeInvalid', `knowledge/policy.md, line ${line}: ${what}`);
}

/** The lines with their numbers; those inside an HTML comment are blank. */
function withoutComments(markdown: string): readonly Line[] {
  let opened = 0;
  const lines = markdown.split(/\r?\n/).map((text, index): Line => {
    const number = index + 1;
    if (opened === 0 && text.startsWith('<!--')) opened = number;
    if (opened === 0) return { number, text };
    if (text.includes('-->')) opened = 0;
    return { number, text: '' };
  });
  if (opened > 0) throw invalid(opened, 'this comment has no end ("-->").');
  return lines;
}

/** Headings alone, and the other lines that stand together as one. */
function paragraphs(lines: readonly Line[]): readonly Line[] {
  const found: Line[] = [];
  let open: Line | undefined;
  for (const { number, text: untrimmed } of lines) {
    const text = untrimmed.trim();
    if (text === '' || text.startsWith('#')) {
      open = undefined;
      if (text !== '') found.push({ number, text });
    } else if (open) {
      open = { number: open.number, text: `${open.text} ${text}` };
      found[found.length - 1] = open;
    } else {
      open = { number, text };
      found.push(open);
    }
  }
  return found;
}

/** Reads paragraph by paragraph, knowing the section and the part it has come to. */
class PolicyReader {
  private title = '';
  private readonly preamble: string[] = [];
  private readonly sections: {
    number: string;
    title: string;
    parts: { title: string; paragraphs: (readonly Inline[])[] }[];
  }[] = [];
  private readonly passages = new Map<string, Passage>();

  read(line: Line): void {
    if (line.text.startsWith('#')) this.heading(line);
    else this.paragraph(line);
  }

  finish(lastLine: number): Policy {
    if (this.title === '') throw invalid(1, 'the policy has no title ("# …").');
    if (this.passages.size === 0) throw invalid(lastLine, 'the policy marks no passage.');
    const { title, preamble, sections, passages } = this;
    return { title, preamble, sections, passages };
  }

  private heading({ number, text }: Line): void {
    const [, hashes, words = ''] = /^(#{1,3}) +(\S.*)$/.exec(text) ?? [];
    if (/[{}]/.test(words)) throw invalid(number, 'a title cannot hold markers.');
    if (hashes === '#' && this.title === '' && this.sections.length === 0) {
      this.title = words;
    } else if (hashes === '##') {
      this.section(number, words);
    } else if (hashes === '###') {
      const section = this.sections.at(-1);
      if (!section) throw invalid(number, 'a part ("###") must follow a section ("## 1. …").');
      section.parts.push({ title: words, paragraphs: [] });
    } else {
      throw invalid(
        number,
        'a title is "## 1. Words" for a section or "### Words" for a part of it.',
      );
    }
  }

  private section(line: number, words: string): void {
    const [, number, title] = /^(\d+)\. (.+)$/.exec(words) ?? [];
    if (!number || !title)
      throw invalid(line, 'a section begins "## ", its number, ". " and its title.');
    if (this.sections.some((section) => section.number === number))
      throw invalid(line, `section ${number} is there twice.`);
    this.sections.push({ number, title, parts: [] });
  }

  private paragraph({ number, text }: Line): void {
    const marked = readMarkers(text);
    if ('fault' in marked) throw invalid(number, marked.fault);
    const section = this.sections.at(-1);
    if (section) {
      if (section.parts.length === 0) section.parts.push({ title: '', paragraphs: [] });
      section.parts.at(-1)?.paragraphs.push(marked.content);
    } else {
      const piece = marked.content.find((inline) => typeof inline !== 'string');
      if (piece) throw invalid(number, `{#${piece.id}} stands before the first section.`);
      this.preamble.push(plainText(marked.content));
    }
    for (const inline of marked.content) this.collect(number, inline);
  }

  private collect(line: number, piece: Inline): void {
    if (typeof piece === 'string') return;
    this.passages.set(piece.id, this.withPiece(line, piece));
    for (const inner of piece.content) this.collect(line, inner);
  }

  private withPiece(line: number, piece: PassagePiece): Passage {
    const section = this.sections.at(-1);
    const here = {
      id: piece.id,
      section: section?.number ?? '',
      sectionTitle: section?.title ?? '',
      subsection: section?.parts.at(-1)?.title ?? '',
    };
    const earlier = this.passages.get(piece.id);
    const text = plainText(piece.content);
    if (!piece.continued) {
      if (earlier)
        throw invalid(line, `{#${piece.id}} is there twice; a second piece begins {+${piece.id}}.`);
      return { ...here, text: [text] };
    }
    if (!earlier)
      throw invalid(line, `{+${piece.id}} goes on with a passage that was not begun before it.`);
    if (earlier.section !== here.section || earlier.subsection !== here.subsection)
      throw invalid(
        line,
        `{+${piece.id}} is in another section, or part of it, than its beginning.`,
      );
    return { ...earlier, text: [...earlier.text, text] };
  }
}
