/** A mail with more parts or deeper nesting than this is read only so far. */
const MAX_PARTS = 200;
const MAX_DEPTH = 20;
const MAX_DELIMITER = 210;

const BOUNDARY = /\bboundary\s*=\s*(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))/gi;

/**
 * The mail up to the part at which it has too many parts (200) or is nested too deeply (20 levels).
 * @returns the mail itself where it stays within the bounds.
 */
export function boundMime(raw: Buffer): Buffer {
  const boundaries = new Set<string>();
  for (const [, quoted, bare] of raw.toString('latin1').matchAll(BOUNDARY))
    boundaries.add(quoted ?? bare ?? '');
  if (boundaries.size === 0) return raw;
  const open: string[] = [];
  let parts = 0;
  for (let at = raw.indexOf('\n--'); at >= 0; at = raw.indexOf('\n--', at + 1)) {
    const line = lineAt(raw, at + 3);
    const boundary = boundaries.has(line) ? line : line.replace(/--$/, '');
    if (!boundaries.has(boundary)) continue;
    const level = open.indexOf(boundary);
    if (level >= 0) open.length = level;
    if (boundary !== line) continue;
    open.push(boundary);
    parts += 1;
    if (parts > MAX_PARTS || open.length > MAX_DEPTH) return raw.subarray(0, at + 1);
  }
  return raw;
}

function lineAt(raw: Buffer, start: number): string {
  const end = raw.indexOf(0x0a, start);
  const limit = Math.min(end < 0 ? raw.length : end, start + MAX_DELIMITER);
  return raw.toString('latin1', start, limit).trimEnd();
}
