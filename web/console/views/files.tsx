interface FilesProps {
  readonly files: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly href: string;
  }[];
}

const KB = 1024;

/** Files that came with a mail: to be downloaded, never opened here. */
export function Files({ files }: FilesProps) {
  if (files.length === 0) return null;
  return (
    <ul class="files" aria-label="Files">
      {files.map(({ name, bytes, href }) => (
        <li key={href}>
          <a href={href} download={name}>
            {name}
          </a>{' '}
          <span class="soft">{sizeOf(bytes)}</span>
        </li>
      ))}
    </ul>
  );
}

/** A size in words. */
export function sizeOf(bytes: number): string {
  if (bytes < KB) return `${bytes} bytes`;
  if (bytes < KB * KB) return `${Math.round(bytes / KB)} KB`;
  return `${(bytes / KB / KB).toFixed(1)} MB`;
}
