import type { ComponentChildren } from 'preact';

interface TableProps {
  /** What it lists; read out, and shown where `shown` says so. */
  readonly caption: string;
  readonly captionShown?: boolean;
  readonly columns: readonly string[];
  /** `<tr>`s; a cell's `data-label` names its column where there is no room for columns. */
  readonly children: ComponentChildren;
}

/** A table; on a narrow screen each row stands as a block. */
export function Table({ caption, captionShown, columns, children }: TableProps) {
  return (
    <table class="table">
      <caption class={captionShown ? undefined : 'visually-hidden'}>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
