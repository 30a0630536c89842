import { expect, inspect, test } from './kiln';

test('a slash goes to the search, Enter finds, and the address says what was searched', async ({
  page,
  hub,
}) => {
  await page.goto(`${hub.origin}/apps/admin/messages`);
  await expect(page.getByRole('row')).toHaveCount(51);
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('LAB0006');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row')).toHaveCount(2);
  expect(new URL(page.url()).search).toBe('?text=LAB0006');
  await page.reload();
  await expect(page.getByRole('searchbox')).toHaveValue('LAB0006');
  await expect(page.getByRole('row')).toHaveCount(2);
});

test('a message is opened by its id', async ({ page, hub, canned }) => {
  await page.goto(`${hub.origin}/apps/admin/messages`);
  await page.getByRole('searchbox').fill(canned.messages[5]!.id);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'ORM^O01 from RIS|HOSP' })).toBeVisible();
  await expect(page.getByText('MSH-11 must be P, T, D or N')).toBeVisible();
  await inspect(page, 'trace-refused');
});

test('lists take effect at once', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/apps/admin/messages`);
  await page.getByLabel('State').selectOption('Dead letter');
  await expect(page.getByRole('row')).toHaveCount(4);
  await page.getByLabel('Interface').selectOption('lab');
  await expect(page.getByRole('row')).toHaveCount(2);
  expect(new URL(page.url()).search).toBe('?listener=lab&state=failed');
  await page.getByText('Type, sender, reason, patient').click();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(page.getByRole('row')).toHaveCount(51);
});

test('a patient is asked for and stands in no address of the browser', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/apps/admin/messages`);
  await page.getByText('Type, sender, reason, patient').click();
  await page.getByLabel('Patient').fill('Patient/17');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Only messages about Patient/17')).toBeVisible();
  await expect
    .poll(() => hub.asked.filter(({ operation }) => operation === '$messages').at(-1)?.asked.patient)
    .toEqual(['17']);
  expect(page.url()).not.toContain('17');
});

test('pages lead on and back', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/apps/admin/messages`);
  await expect(page.getByRole('button', { name: 'Newer' })).toBeHidden();
  const first = await page.getByRole('row').nth(1).textContent();
  await page.getByRole('button', { name: 'Older' }).click();
  await expect(page.getByRole('button', { name: 'Newer' })).toBeVisible();
  await page.getByRole('button', { name: 'Older' }).click();
  await expect(page.getByRole('row')).toHaveCount(28);
  await expect(page.getByRole('button', { name: 'Older' })).toBeHidden();
  await page.getByRole('button', { name: 'Newer' }).click();
  await expect(page.getByRole('row')).toHaveCount(51);
  await page.getByRole('button', { name: 'Newer' }).click();
  await expect(page.getByRole('row').nth(1)).toHaveText(first!);
});

test('nothing found says what to do next', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/apps/admin/messages?text=NOBODY`);
  await expect(page.getByText('No message is like that')).toBeVisible();
  await inspect(page, 'messages-none');
  await page.getByRole('button', { name: 'Clear filters' }).last().click();
  await expect(page.getByRole('row')).toHaveCount(51);
});

test('an id is copied', async ({ page, hub, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`${hub.origin}/apps/admin/messages`);
  await page.getByRole('button', { name: 'Copy Control id' }).first().click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('ADM0020');
});

test('what the hub refuses is said in its words', async ({ page, hub }) => {
  hub.fault = (operation) =>
    operation === '$messages' ? { status: 400, diagnostics: 'The parameter "type" is no type.' } : undefined;
  await page.goto(`${hub.origin}/apps/admin/messages?type=x`);
  await expect(page.getByRole('alert')).toContainText('The parameter "type" is no type.');
  await inspect(page, 'messages-refused');
});

for (const [path, operation] of [
  ['', '$listeners'],
  ['messages', '$messages'],
  ['messages/3f0c2b1a-1111-2222-3333-444455556666', '$message'],
  ['messages/3f0c2b1a-1111-2222-3333-444455556666/replay', '$replay-preview'],
  ['dead-letters', '$messages'],
  ['profiles', '$site-profiles'],
  ['profiles/northfield', '$site-profiles'],
  ['reports', '$partner-report'],
  ['users', '$accounts'],
  ['users/new', '$accounts'],
  ['users/6d5a3a52-0000-4000-8000-000000000000', '$accounts'],
  ['clients', '$clients'],
  ['clients/growth', '$clients'],
] as const) {
  test(`/${path} says that a right is missing, and that the hub failed`, async ({ page, hub }) => {
    hub.fault = (asked) => (asked === operation ? { status: 403, diagnostics: 'message.read' } : undefined);
    await page.goto(`${hub.origin}/apps/admin/${path}`);
    await expect(page.getByRole('alert')).toContainText('You may not see or do this.');
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    hub.fault = (asked) => (asked === operation ? { status: 500, diagnostics: 'HAPI' } : undefined);
    await page.reload();
    await expect(page.getByRole('alert')).toContainText('The hub failed.');
    hub.fault = undefined;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByText('The hub failed.')).toBeHidden();
  });
}
