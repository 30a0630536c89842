import { unzipSync, zipSync } from 'fflate';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('..', import.meta.url));

/** The apps as they are built, and as they are kept for machines without Node.js. */
export const DIST = join(here, 'dist');
export const ZIP = join(here, 'dist.zip');

/** A file's path, with slashes, and its bytes; in the order of the paths. */
export function filesOf(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(folder, file)).isFile())
    .map((file) => relative(folder, join(folder, file)).split(sep).join('/'))
    .sort();
  return Object.fromEntries(files.map((file) => [file, new Uint8Array(readFileSync(join(folder, file)))]));
}

/** The same files make the same bytes: their order, their time and how they are packed are fixed. */
export function pack(files) {
  return zipSync(files, { level: 9, mtime: new Date(1980, 0, 1), os: 3 });
}

export const unpack = (zip) => unzipSync(new Uint8Array(zip));
