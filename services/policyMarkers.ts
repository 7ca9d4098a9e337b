/** A run of plain words, or a piece of a passage, which may hold pieces of others. */
export type Inline = string | PassagePiece;

/** One piece of a passage where it stands in the policy. */
export interface PassagePiece {
  readonly id: string;
  /** Whether it goes on with a passage that began before it (`{+share.no_sell}`). */
  readonly continued: boolean;
  readonly content: readonly Inline[];
}

/** The paragraph read, or what is wrong with its markers in words for the person who edits the policy. */
export type MarkedParagraph = { readonly content: readonly Inline[] } | { readonly fault: string };

interface OpenPiece {
  readonly id: string;
  readonly continued: boolean;
  readonly content: Inline[];
}

const MARKER = /(\{[#+/][a-z0-9_]+\.[a-z0-9_]+\})/;

/** Reads the markers of one paragraph: `{#a.b}words{/a.b}`, `{+a.b}` for a further piece, nested but never crossed. */
export function readMarkers(paragraph: string): MarkedParagraph {
  const outermost: OpenPiece = { id: '', continued: false, content: [] };
  const open = [outermost];
  for (const token of paragraph.split(MARKER)) {
    const fault = MARKER.test(token) ? turn(token, open) : addWords(token, open);
    if (fault !== undefined) return { fault };
  }
  const left = open.at(-1);
  if (left && left !== outermost)
    return { fault: `{#${left.id}} has no {/${left.id}} in its paragraph.` };
  return { content: outermost.content };
}

/** The words of a paragraph or piece, without markers. */
export function plainText(content: readonly Inline[]): string {
  return content
    .map((inline) => (typeof inline === 'string' ? inline : plainText(inline.content)))
    .join('');
}

function addWords(words: string, open: readonly OpenPiece[]): string | undefined {
  const brace = words.search(/[{}]/);
  if (brace >= 0) return `"${words.slice(brace, brace + 40)}" is no marker.`;
  if (words !== '') open.at(-1)?.content.push(words);
  return undefined;
}

function turn(marker: string, open: OpenPiece[]): string | undefined {
  const id = marker.slice(2, -1);
  if (marker.startsWith('{/')) return end(id, open);
  if (open.some((piece) => piece.id === id)) return `${marker} is inside itself.`;
  open.push({ id, continued: marker.startsWith('{+'), content: [] });
  return undefined;
}

function end(id: string, open: OpenPiece[]): string | undefined {
  if (!open.some((piece) => piece.id === id))
    return `{/${id}} ends a passage that was not begun in its paragraph.`;
  const piece = open.pop();
  if (piece?.id !== id) return `{/${id}} comes before {/${piece?.id ?? ''}}, which was begun last.`;
  const words = plainText(piece.content);
  if (words === '' || words.trim() !== words)
    return `{#${id}} holds no words, or begins or ends with a space.`;
  open.at(-1)?.content.push(piece);
  return undefined;
}
