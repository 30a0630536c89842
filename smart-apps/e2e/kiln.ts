import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { Canned } from './canned';
import { Hub, type HubOptions, startHub } from './hub';

interface Fixtures {
  options: HubOptions;
  canned: Canned;
  hub: Hub;
}

/** A test with a hub of its own; it fails where the browser blocks or misses anything. */
export const test = base.extend<Fixtures>({
  options: [{}, { option: true }],
  canned: async ({}, use) => use(new Canned()),
  hub: async ({ page, options, canned }, use) => {
    const hub = await startHub({ canned, ...options });
    const complaints: string[] = [];
    page.on('console', (message) => {
      const text = message.text();
      // The browser reports each refusal that a test asks for.
      if (message.type() === 'error' && !text.includes('the server responded with a status of')) {
        complaints.push(text);
      }
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(hub.origin) && !request.url().startsWith('data:')) {
        complaints.push(`asked elsewhere: ${request.url()}`);
      }
    });
    await use(hub);
    hub.stop();
    expect(complaints).toEqual([]);
  },
});

export { expect };

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1440, height: 900 };

const RULES = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

/** Looks at a screen in both schemes and both sizes: nothing inaccessible, nothing wider than the window. */
export async function inspect(page: Page, name: string): Promise<void> {
  mkdirSync('test-results/screens', { recursive: true });
  for (const [size, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
      await expect(page.locator('h1')).toHaveCount(1);
      await expect(page.locator('main')).toHaveCount(1);
      await page.screenshot({ path: `test-results/screens/${name}-${size}-${colorScheme}.png` });
      // Only contrast depends on the scheme, so that the rest is looked at once.
      const axe = new AxeBuilder({ page });
      const { violations } = await (
        colorScheme === 'light' ? axe.withTags(RULES) : axe.withRules(['color-contrast'])
      ).analyze();
      expect(
        violations.map(
          ({ id, nodes }) =>
            `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(' | ')}`,
        ),
      ).toEqual([]);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wider, `${name} on a ${size} is wider than the window`).toBeLessThanOrEqual(0);
    }
  }
  await page.setViewportSize(DESKTOP);
  await page.emulateMedia({ colorScheme: 'light' });
}
