import { expect, inspect, test } from './kiln';

test('overview', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/apps/admin/`);
  await expect(page.getByRole('heading', { name: 'lab', exact: true })).toBeVisible();
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await inspect(page, 'overview');
});

test('messages', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/apps/admin/messages`);
  await expect(page.getByRole('row')).toHaveCount(51);
  await inspect(page, 'messages');
});

test('a failed message', async ({ page, hub, canned }) => {
  await page.goto(`${hub.origin}/apps/admin/messages/${canned.messages[0]!.id}`);
  await expect(page.getByText('The store refused it')).toBeVisible();
  await page.getByRole('button', { name: 'name[0].family' }).hover();
  await inspect(page, 'trace');
});

test('an applied message', async ({ page, hub, canned }) => {
  await page.goto(`${hub.origin}/apps/admin/messages/${canned.messages[3]!.id}`);
  await expect(page.getByText('Observation/18')).toBeVisible();
  await inspect(page, 'trace-applied');
});

test('dead letters', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/apps/admin/dead-letters`);
  await expect(page.getByRole('heading', { name: /The store refused it/ })).toBeVisible();
  await inspect(page, 'dead-letters');
});

test('site profiles', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/apps/admin/profiles`);
  await expect(page.getByRole('link', { name: 'northfield' })).toBeVisible();
  await inspect(page, 'profiles');
});

test('reports', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/apps/admin/reports`);
  await expect(page.getByText('OBSW')).toBeVisible();
  await inspect(page, 'reports');
});

test('launcher', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/`);
  await expect(page.getByRole('heading', { name: 'Hello, Kim Park' })).toBeVisible();
  await inspect(page, 'launcher');
});
