import react from '@vitejs/plugin-react';
import { existsSync, readdirSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { Connect, Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** A folder with an index.html is an app. */
const apps = readdirSync('.').filter(
  (folder) => !folder.startsWith('dist') && existsSync(`${folder}/index.html`),
);

/**
 * The page that a path belongs to, as the hub serves it: the launcher at the root, any other app
 * below its name, where the rest of the path is the app's own.
 */
export function pageOf(path: string): string | undefined {
  if (path === '/') {
    return '/apps/launcher/index.html';
  }
  const app = /^\/apps\/([a-z-]+)(?:\/(?:[^.]*|messages\/.*))?$/.exec(path)?.[1];
  return app && apps.includes(app) ? `/apps/${app}/index.html` : undefined;
}

const pages: Connect.NextHandleFunction = (request: IncomingMessage, _response, next) => {
  const [path = '/', query] = (request.url ?? '/').split('?');
  const page = pageOf(path);
  if (page) {
    request.url = query ? `${page}?${query}` : page;
  }
  next();
};

const servePages: Plugin = {
  name: 'kiln-pages',
  configureServer: ({ middlewares }) => void middlewares.use(pages),
};

export default defineConfig({
  base: '/apps/',
  plugins: [servePages, react()],
  build: {
    // Without inlined files and without a polyfill the pages need no exception from the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The licences of what is in the bundles, whose texts must go with them.
    license: { fileName: 'licences.md' },
    rollupOptions: { input: Object.fromEntries(apps.map((app) => [app, `${app}/index.html`])) },
  },
  server: {
    // What is not an app is the hub's, which must know this address as its own: KILN_BASEURL=http://localhost:5173.
    proxy: { '^/(?!apps/|$|\\?)': { target: process.env.KILN ?? 'http://localhost:8080', xfwd: false } },
    strictPort: true,
  },
  test: { include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'], environment: 'node' },
});
