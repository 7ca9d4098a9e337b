import { existsSync } from 'node:fs';
import path from 'node:path';

function nearestPackage(from: string): string {
  if (existsSync(path.join(from, 'package.json'))) return from;
  const parent = path.dirname(from);
  if (parent === from)
    throw new Error('The product stands in no package: package.json is missing.');
  return nearestPackage(parent);
}

/** The directory of the product's package.json, the same from the sources and from `dist/`. */
export const ROOT: string = nearestPackage(__dirname);
