import type { Page } from '@playwright/test';
import { expect, inspect, test } from './kiln';
import { SECRET } from './people';

const dialog = (page: Page) => page.getByRole('dialog');

test('clients are listed, Kiln’s own apart', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/apps/admin/`);
  await page.getByRole('link', { name: 'Clients' }).click();
  const others = page.getByRole('region', { name: 'Registered' });
  await expect(
    others.getByRole('row', { name: /Nightly export.*Service with a key.*Disabled/ }),
  ).toBeVisible();
  await expect(page.getByRole('region', { name: 'Part of Kiln' }).getByText('Interfaces')).toBeVisible();
  await inspect(page, 'clients');
  await page.getByRole('main').getByRole('link', { name: 'Interfaces' }).click();
  await expect(page.getByText('This is a part of Kiln')).toBeVisible();
  await expect(page.getByRole('button', { name: /Disable|Remove|secret/ })).toHaveCount(0);
  await inspect(page, 'client-own');
});

test('an app is registered, and its secret is shown this once', async ({ page, hub, canned }) => {
  await page.goto(`${hub.origin}/apps/admin/clients`);
  await page.getByRole('link', { name: 'New client' }).click();
  await page.getByLabel('Name').fill('Chart reader');
  await page.getByLabel('Kind').selectOption('confidential-symmetric');
  await page.getByLabel('Redirect addresses').fill('https://a.example.org/back\nhttps://b.example.org/back');
  await page.getByLabel('Scopes').fill('openid account.manage');
  await page.getByRole('button', { name: 'Register' }).click();
  await expect(page.getByRole('alert')).toContainText('Only apps that are a part of Kiln');
  await inspect(page, 'client-new');
  await page.getByLabel('Scopes').fill('openid patient/*.rs');
  await page.getByRole('button', { name: 'Register' }).click();
  await expect(page.getByText(SECRET)).toBeVisible();
  await inspect(page, 'client-registered');

  const registered = canned.people.clients.at(-1)!;
  expect(registered['redirect-uri']).toEqual(['https://a.example.org/back', 'https://b.example.org/back']);
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]),
  );
  expect(kept).not.toContain(SECRET);
  await page.getByRole('link', { name: 'See the client' }).click();
  await expect(page.getByText('https://b.example.org/back')).toBeVisible();
  await expect(page.getByText(SECRET)).toHaveCount(0);
});

test('a service has keys and no addresses', async ({ page, hub, canned }) => {
  await page.goto(`${hub.origin}/apps/admin/clients/new`);
  await page.getByLabel('Name').fill('Loader');
  await page.getByLabel('Redirect addresses').fill('https://a.example.org/back');
  await page.getByLabel('Kind').selectOption('service');
  await expect(page.getByLabel('Redirect addresses')).toHaveCount(0);
  await page.getByLabel('Scopes').fill('system/*.rs');
  await page.getByLabel('Address of its keys').fill('https://a.example.org/jwks.json');
  await inspect(page, 'client-new-service');
  await page.getByRole('button', { name: 'Register' }).click();
  await expect(page.getByText('Loader is registered')).toBeVisible();
  expect(canned.people.clients.at(-1)).toMatchObject({ backend: true, 'redirect-uri': [] });
});

test('each deed is asked about first, and done', async ({ page, hub, canned }) => {
  await page.goto(`${hub.origin}/apps/admin/clients/growth`);
  await inspect(page, 'client');
  await page.getByRole('button', { name: 'New secret' }).click();
  await inspect(page, 'client-secret');
  await dialog(page).getByRole('button', { name: 'Make a new one' }).click();
  await expect(page.getByText(SECRET)).toBeVisible();
  await page.getByRole('button', { name: 'Disable' }).click();
  await dialog(page).getByRole('button', { name: 'Disable' }).click();
  await expect(page.getByText('It is disabled')).toBeVisible();
  await expect(page.getByText(SECRET)).toHaveCount(0);
  await page.getByRole('button', { name: 'Enable' }).click();
  await dialog(page).getByRole('button', { name: 'Enable' }).click();
  await expect(page.getByText('It is enabled', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Remove' }).click();
  await dialog(page).getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Clients' })).toBeVisible();
  await expect(page.getByText('Growth chart')).toHaveCount(0);
  expect(canned.people.clients.map(({ id }) => id)).not.toContain('growth');
});
