import { expect, inspect, test } from './kiln';

test('a listener is paused after a question, and goes on', async ({ page, hub, canned }) => {
  await page.goto(`${hub.origin}/apps/admin/`);
  await page.getByRole('button', { name: 'Pause lab' }).click();
  await inspect(page, 'pause');
  expect(canned.listeners.lab).toBe('listening');
  await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
  const lab = page.getByRole('region', { name: 'lab', exact: true });
  await expect(lab.getByText('Paused')).toBeVisible();
  await lab.getByRole('button', { name: 'Resume lab' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
  await expect(lab.getByText('Listening')).toBeVisible();
});

test('a test message shows its steps, its acknowledgement and its trace', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/apps/admin/`);
  await page.getByRole('button', { name: 'Send a test message to mllp' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Test message to “mllp”' });
  await expect(dialog.getByText('It was acknowledged')).toBeVisible();
  await expect(dialog.getByRole('listitem')).toHaveText([/Connected/, /Sent/, /Acknowledged/]);
  await expect(dialog.getByRole('region', { name: 'Acknowledgement' })).toContainText('MSA|AA|');
  await inspect(page, 'test-message');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Send a test message to mllp' })).toBeFocused();
  await page.getByRole('button', { name: 'Send a test message to mllp' }).click();
  await dialog.getByRole('link', { name: 'See how it was taken in' }).click();
  await expect(page).toHaveURL(/\/messages\//);
  expect(hub.asked.filter(({ operation }) => operation === '$listener-test')).toHaveLength(2);
});

test('a test message says where it ended', async ({ page, hub, canned }) => {
  canned.listeners['radiology-orders'] = 'listening';
  await page.goto(`${hub.origin}/apps/admin/`);
  await expect(page.getByRole('button', { name: /test message to night-drop/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Send a test message to lab' }).click();
  await expect(page.getByText('It came as far as the handshake')).toBeVisible();
  await expect(page.getByText('CN=lab.hospital.example')).toBeVisible();
  await inspect(page, 'test-message-handshake');
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Send a test message to radiology-orders' }).click();
  await expect(page.getByText('It did not come through')).toBeVisible();
  await expect(page.getByText('No answer within 10 s.')).toBeVisible();
  await inspect(page, 'test-message-failed');
});

test('a certificate that ends is warned of', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/apps/admin/`);
  await expect(page.getByText(/Its certificate ends in 1[01] days/)).toBeVisible();
  await expect(page.getByText(/Its certificate ended 2 days ago/)).toBeVisible();
});

test('a partner that cannot be asked is told of', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/apps/admin/`);
  await expect(
    page.getByRole('region', { name: 'night-drop' }).getByText(/Fetching failed .* and is tried again: No SFTP server/),
  ).toBeVisible();
});

test('what changes is shown when the hub says so', async ({ page, hub, canned }) => {
  await page.goto(`${hub.origin}/apps/admin/`);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  canned.listeners.mllp = 'draining';
  hub.change();
  await expect(page.getByRole('region', { name: 'mllp' }).getByText('Draining')).toBeVisible();
});

test('without the live connection the page asks by itself', async ({ page, hub, canned }) => {
  hub.fault = (operation) => (operation === '$live-ticket' ? { status: 503, diagnostics: '' } : undefined);
  await page.clock.install();
  await page.goto(`${hub.origin}/apps/admin/`);
  await expect(page.getByText('Every 10 s')).toBeVisible();
  await expect(page.getByRole('region', { name: 'mllp' }).getByText('Listening')).toBeVisible();
  canned.listeners.mllp = 'paused';
  await page.clock.fastForward(11_000);
  await expect(page.getByRole('region', { name: 'mllp' }).getByText('Paused')).toBeVisible();
});

test('a session that was ended elsewhere says so and leads back', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/apps/admin/reports?when=30d`);
  await expect(page.getByText('OBSW')).toBeVisible();
  hub.revokeAll();
  await page.getByLabel('Received').selectOption('24h');
  await expect(page.getByText('What you see is not brought up to date any more.')).toBeVisible();
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await expect(page.getByText('OBSW')).toBeVisible();
  expect(page.url()).toBe(`${hub.origin}/apps/admin/reports?when=24h`);
});

test('opens out of a record', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/apps/admin/?iss=${encodeURIComponent(`${hub.origin}/fhir`)}&launch=abc`);
  await expect(page.getByRole('region', { name: 'mllp' })).toBeVisible();
  expect(hub.authorizations[0]!.get('launch')).toBe('abc');
  expect(page.url()).toBe(`${hub.origin}/apps/admin/`);
});

test('keeps no token and nobody in the browser', async ({ page, hub, canned }) => {
  await page.goto(`${hub.origin}/apps/admin/messages/${canned.messages[0]!.id}`);
  await expect(page.getByText('The store refused it')).toBeVisible();
  expect(await page.evaluate(() => ({ ...localStorage, ...sessionStorage }))).toEqual({});
  expect(await page.context().cookies()).toEqual([]);
});

test('is in Spanish for whom the browser says so', async ({ browser, hub, canned }) => {
  const context = await browser.newContext({ locale: 'es-MX' });
  const page = await context.newPage();
  await page.goto(`${hub.origin}/apps/admin/messages/${canned.messages[0]!.id}`);
  await expect(page.getByText('El almacén lo rechazó')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  await inspect(page, 'trace-spanish');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByText('The store refused it')).toBeVisible();
  await context.close();
});

test('the colours can be chosen', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/apps/admin/`);
  await page.getByRole('button', { name: /Change to light/ }).click();
  await page.getByRole('button', { name: /Change to dark/ }).click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
});

test('an address that is no screen says so', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/apps/admin/nowhere`);
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
  await inspect(page, 'nowhere');
});
