import { expect, inspect, test } from './kiln';

test('opens an app that wants no patient', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/`);
  await page.getByRole('link', { name: /Interfaces/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Interfaces' })).toBeVisible();
});

test('asks whom an app is to be about, and opens it', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/`);
  await page.getByRole('button', { name: /Chart reader/ }).click();
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('mar');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /Marta Svensson.*born 30 Nov 1951.*KD-1012/ })).toBeVisible();
  await inspect(page, 'choose-patient');
  await page.getByRole('searchbox').fill('nobody');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nobody was found.')).toBeVisible();
  await page.getByRole('searchbox').fill('1984-03-09');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /Mariana García/ }).click();
  await page.waitForURL(`${hub.origin}/account?launched=chart&patient=p1`);
  expect(
    hub.asked
      .filter(({ operation }) => operation === 'Patient/_search')
      .every(({ method }) => method === 'POST'),
  ).toBe(true);
});

test('without an app says what the next step is', async ({ page, hub, canned }) => {
  canned.apps = [];
  await page.goto(`${hub.origin}/`);
  await expect(page.getByText('There is no app for you yet')).toBeVisible();
  await expect(page.getByText('integration-engineer, physician')).toBeVisible();
  await inspect(page, 'launcher-none');
});

test('leads to the account and to signing out', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/`);
  await page.getByRole('link', { name: 'Sign out' }).click();
  await page.waitForURL(`${hub.origin}/account`);
});

test.describe('a sign-in that was not completed', () => {
  test.use({ options: { denies: 'access_denied' } });

  test('says so and offers another', async ({ page, hub }) => {
    await page.goto(`${hub.origin}/`);
    await expect(page.getByText('The sign-in was not completed.')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Sign in again' })).toBeVisible();
    await inspect(page, 'not-signed-in');
  });
});
