import type { Page } from '@playwright/test';
import { expect, inspect, test } from './kiln';
import { PASSWORD } from './people';

const dialog = (page: Page) => page.getByRole('dialog');

test('users are found, and a name is in no address', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/apps/admin/`);
  await page.getByRole('link', { name: 'Users' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(51);
  await expect(page.getByText('Otto Alt')).toHaveCount(0);
  await inspect(page, 'users');

  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('row', { name: /Ward nurse 60/ })).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByRole('row', { name: /Jo Miller/ })).toBeVisible();

  await page.getByLabel('Name, login name or e-mail').fill('miller');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByLabel('State').selectOption('closed');
  await expect(page.getByText('Nobody was found')).toBeVisible();
  expect(page.url()).toBe(`${hub.origin}/apps/admin/users?state=closed`);
  await inspect(page, 'users-none');
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(page.getByRole('row')).toHaveCount(51);
  await page.getByLabel('Role').selectOption('patient');
  await expect(page.getByRole('row', { name: /Nora Topf.*Patient.*Invited/ })).toBeVisible();
  expect(
    hub.asked.filter(({ operation }) => operation === '$accounts').map(({ method }) => method),
  ).not.toContain('GET');
});

test('an account is opened, and its password is shown this once', async ({ page, hub, canned }) => {
  await page.goto(`${hub.origin}/apps/admin/users`);
  await page.getByRole('link', { name: 'New user' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Ana Okafor');
  await page.getByLabel('Login name').fill('aokafor');
  await expect(page.getByLabel('Physician')).toHaveCount(0);
  await page.getByLabel('Linked to').selectOption('Practitioner');
  await page.getByLabel('Id in the records').fill('22');
  await page.getByLabel('Physician').check();
  await inspect(page, 'user-new');
  await page.getByRole('button', { name: 'Open account' }).click();
  await expect(page.getByRole('status').getByText(PASSWORD)).toBeVisible();
  await inspect(page, 'user-opened');

  const opened = canned.people.accounts.at(-1)!;
  expect(opened).toMatchObject({ login: 'aokafor', role: ['physician'], 'fhir-user': 'Practitioner/22' });
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]),
  );
  expect(kept).not.toContain(PASSWORD);
  await page.getByRole('link', { name: 'See the user' }).click();
  await expect(page.getByText('must choose a password')).toBeVisible();
  await expect(page.getByText(PASSWORD)).toHaveCount(0);
});

test('who has an address is invited, and a login name that is taken is said to be', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/apps/admin/users/new`);
  await page.getByLabel('Name', { exact: true }).fill('Ana Okafor');
  await page.getByLabel('Login name').fill('kpark');
  await page.getByLabel('E-mail').fill('ana@example.org');
  await page.getByLabel('Auditor').check();
  await page.getByRole('button', { name: 'Invite' }).click();
  await expect(page.getByRole('alert')).toContainText('has been given already');
  await page.getByLabel('Login name').fill('ana');
  await page.getByRole('button', { name: 'Invite' }).click();
  await expect(page.getByText('A link has been sent to ana@example.org.')).toBeVisible();
});

test('each deed is asked about first, and done', async ({ page, hub, canned }) => {
  const [, jo, lena] = canned.people.accounts;
  await page.goto(`${hub.origin}/apps/admin/users/${jo!.id}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Jo Miller' })).toBeVisible();
  await inspect(page, 'user');

  await page.getByRole('button', { name: 'Change roles' }).click();
  await dialog(page).getByLabel('Auditor').check();
  await inspect(page, 'user-roles');
  await dialog(page).getByRole('button', { name: 'Change' }).click();
  await expect(page.getByText('The roles have been changed')).toBeVisible();
  await expect(page.getByText('Physician, Auditor')).toBeVisible();

  await page.getByRole('button', { name: 'New password' }).click();
  await inspect(page, 'user-reset');
  await dialog(page).getByLabel('A password that I tell them').check();
  await dialog(page).getByRole('button', { name: 'Replace' }).click();
  await expect(page.getByText(PASSWORD)).toBeVisible();

  await page.getByRole('button', { name: 'Remove the second factor' }).click();
  await dialog(page).getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('The second factor has been removed')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Remove the second factor' })).toHaveCount(0);

  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await dialog(page).getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByText('Signed out everywhere')).toBeVisible();

  await page.getByRole('button', { name: 'Close the account' }).click();
  await page.keyboard.press('Escape');
  expect(jo!.state).toBe('active');
  await page.getByRole('button', { name: 'Close the account' }).click();
  await dialog(page).getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.getByText('This account is closed')).toBeVisible();
  await inspect(page, 'user-closed');

  await page.goto(`${hub.origin}/apps/admin/users/${lena!.id}`);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await dialog(page).getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByText('The account is unlocked')).toBeVisible();
});

test('one’s own account is looked after elsewhere', async ({ page, hub, canned }) => {
  await page.goto(`${hub.origin}/apps/admin/users/${canned.people.accounts[0]!.id}`);
  await expect(page.getByText('This is your own account')).toBeVisible();
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(1);
  await page.getByRole('button', { name: 'Change roles' }).click();
  await dialog(page).getByLabel('Administration').uncheck();
  await dialog(page).getByRole('button', { name: 'Change' }).click();
  await expect(dialog(page).getByRole('alert')).toContainText('Nobody takes from themselves');
  await inspect(page, 'user-self');
});

test('an account that is not there is said not to be', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/apps/admin/users/6d5a3a52-0000-4000-8000-000000000000`);
  await expect(page.getByText('There is no such user')).toBeVisible();
});

test('speaks Spanish', async ({ page, hub, canned }) => {
  await page.addInitScript(() => localStorage.setItem('kiln-language', 'es'));
  await page.goto(`${hub.origin}/apps/admin/users/${canned.people.accounts[1]!.id}`);
  await expect(page.getByRole('button', { name: 'Cambiar los roles' })).toBeVisible();
  await inspect(page, 'user-es');
});

test.describe('without the rights', () => {
  test.use({ options: { scopes: 'openid fhirUser online_access message.read message.reveal site.write' } });

  test('neither screens nor data are there', async ({ page, hub, canned }) => {
    await page.goto(`${hub.origin}/apps/admin/`);
    await expect(page.getByRole('heading', { name: 'lab', exact: true })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Users' })).toHaveCount(0);
    await expect(page.getByRole('link', { name: 'Clients' })).toHaveCount(0);
    for (const path of [
      'users',
      'users/new',
      `users/${canned.people.accounts[1]!.id}`,
      'clients',
      'clients/new',
      'clients/growth',
    ]) {
      await page.goto(`${hub.origin}/apps/admin/${path}`);
      await expect(page.getByText('Your account may not look after users and clients.')).toBeVisible();
    }
    await inspect(page, 'people-may-not');
    expect(hub.asked.map(({ operation }) => operation).filter((one) => /account|client/.test(one))).toEqual(
      [],
    );
  });
});
