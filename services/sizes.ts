const KB = 1000;

/** A number of bytes for people, such as "240 kB". */
export const sizeInWords = (bytes: number): string =>
  bytes < KB
    ? `${bytes} bytes`
    : bytes < KB * KB
      ? `${Math.round(bytes / KB)} kB`
      : `${(bytes / KB / KB).toFixed(1)} MB`;
