import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { DIST, filesOf, pack, unpack, ZIP } from './dist.mjs';

/** What an app may load before it shows something: over a slow line this is about a second. */
const MOST = 180_000;

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('the built apps', () => {
  let files: Record<string, Uint8Array>;
  const text = (file: string) => Buffer.from(files[file]!).toString('utf8');

  beforeAll(() => {
    if (!existsSync(DIST)) {
      throw new Error('Build them first: npm run build');
    }
    files = filesOf(DIST);
  });

  it('are those in dist.zip; after a change: npm run build && npm run pack', () => {
    const packed = unpack(readFileSync(ZIP));
    const digests = (all: Record<string, Uint8Array>) =>
      Object.fromEntries(Object.entries(all).map(([file, bytes]) => [file, digest(bytes)]));
    expect(digests(packed)).toEqual(digests(files));
  });

  it('are packed into the same bytes each time', () => {
    expect(digest(pack(files))).toBe(digest(pack(filesOf(DIST))));
  });

  it('ask nobody else for anything', () => {
    const addresses = Object.keys(files)
      .filter((file) => /\.(js|css|html)$/.test(file))
      .flatMap(
        (file) =>
          text(file).match(/(?:src|href|url|import|fetch)\s*[(=]\s*["'`]?(?:https?:)?\/\/[\w.-]+/g) ?? [],
      );
    expect(addresses).toEqual([]);
  });

  it('have no script and no style in their pages', () => {
    for (const page of Object.keys(files).filter((file) => file.endsWith('.html'))) {
      expect(text(page)).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
    }
  });

  it('carry the licences of what is in them', () => {
    const licences = text('licences.md');
    ['react', 'react-dom', '@mantine/core', 'oauth4webapi', 'i18next', 'react-router'].forEach((name) =>
      expect(licences).toContain(`## ${name}`),
    );
    expect(licences).not.toMatch(/\bA?GPL/);
  });

  it.each(['launcher/index.html', 'admin/index.html'])(
    '%s loads at most 180 kB of scripts at first',
    (page) => {
      const scripts = new Set<string>();
      const add = (file: string) => {
        if (scripts.has(file)) {
          return;
        }
        scripts.add(file);
        // Static imports are loaded with what imports them; dynamic ones when they are needed.
        for (const [, imported] of text(file).matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) {
          add(`assets/${imported}`);
        }
      };
      for (const [, file] of text(page).matchAll(/(?:src|href)="\/apps\/(assets\/[\w.-]+\.js)"/g)) {
        add(file!);
      }
      // The texts of one language come with them, and in Interfaces the first screen.
      const also = Object.keys(files).filter((file) =>
        page.startsWith('admin')
          ? /assets\/(es|Overview)-[\w-]+\.js$/.test(file)
          : /assets\/es-[\w-]+\.js$/.test(file),
      );
      also.forEach(add);
      expect(also.length).toBeGreaterThan(0);
      const size = [...scripts].reduce((sum, file) => sum + gzipSync(files[file]!).length, 0);
      console.log(`${page}: ${scripts.size} scripts, ${size} bytes with gzip`);
      expect(size).toBeLessThanOrEqual(MOST);
      expect(size).toBeGreaterThan(100_000);
    },
  );
});

describe('the lock', () => {
  interface Lock {
    packages: Record<
      string,
      { resolved?: string; optionalDependencies?: Record<string, string>; license?: string }
    >;
  }
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;

  it('names no host from which packages came', () => {
    expect(Object.values(lock.packages).filter(({ resolved }) => resolved)).toEqual([]);
  });

  it('has the packages of other platforms as well', () => {
    const missing = Object.values(lock.packages)
      .flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
      .filter((name) => !lock.packages[`node_modules/${name}`]);
    expect(missing).toEqual([]);
  });

  it('fixes each version that package.json names', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const versions = Object.values<string>({ ...dependencies, ...devDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});
