import { expect, inspect, test } from './kiln';

/** What an interface engineer does at night, from the failed message to the patient who is right. */
test('finds a failed message, mends the profile, previews, replays', async ({ page, hub, canned }) => {
  await page.goto(`${hub.origin}/apps/admin/`);
  await page.getByRole('link', { name: /dead letters$/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Dead letters' })).toBeFocused();
  await page
    .getByRole('region', { name: /The store refused it/ })
    .getByRole('link', { name: /2026|:/ })
    .last()
    .click();

  await expect(page.getByRole('heading', { name: 'ADT^A08 from REG|NORTHFIELD' })).toBeVisible();
  await expect(page.getByText('the code in PID-8 is in no table')).toBeVisible();
  await page.getByRole('button', { name: 'PID-8', exact: true }).click();
  await expect(page.locator('[data-field="PID-8"]')).toHaveAttribute('data-lit', 'true');
  await page.getByRole('link', { name: 'Fix the sender’s profile' }).click();

  await expect(page.getByRole('heading', { name: 'Profile northfield' })).toBeVisible();
  const editor = page.getByRole('textbox', { name: 'Profile (YAML)' });
  await editor.fill('application: REG\nfacility: NORTHFIELD\nnonsense\n');
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page.getByText('Line 3: a key and a colon were expected.')).toBeVisible();
  await expect(editor).toHaveAttribute('aria-invalid', 'true');
  await inspect(page, 'profile-problem');

  await editor.fill('application: REG\nfacility: NORTHFIELD\ncharset: windows-1252\n');
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page.getByText('Tried on 1 message', { exact: true })).toBeVisible();
  await expect(page.getByText('Patient[1].gender')).toBeVisible();
  expect(hub.asked.at(-1)!.asked.id).toEqual([canned.messages[0]!.id]);
  await inspect(page, 'profile-tried');

  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved. It holds for the next message.')).toBeVisible();
  await page.getByRole('link', { name: 'Preview replay' }).click();

  await expect(page.getByText('5 elements would change.')).toBeVisible();
  await expect(page.getByText('A message that was said later')).toBeVisible();
  expect(canned.messages[0]!.replays).toBe(0);
  await inspect(page, 'replay');

  await page.getByRole('button', { name: 'Replay now' }).click();
  await expect(page.getByText('Replayed and applied')).toBeVisible();
  await inspect(page, 'replayed');
  await page.getByRole('link', { name: 'See the message' }).click();
  await expect(page.getByText('Applied', { exact: true })).toBeVisible();
  await expect(page.getByText('Patient/17')).toBeVisible();
});

test('a replay that would fail again says so', async ({ page, hub, canned }) => {
  await page.goto(`${hub.origin}/apps/admin/messages/${canned.messages[0]!.id}/replay`);
  await expect(page.getByText('It would fail again: The store refused it')).toBeVisible();
  await inspect(page, 'replay-refused');
  await page.getByRole('button', { name: 'Replay now' }).click();
  await expect(page.getByText('It failed again')).toBeVisible();
});

test('many dead letters are replayed in the order in which they came', async ({ page, hub, canned }) => {
  canned.profiles.set('mended', { text: 'charset: windows-1252', changed: new Date().toISOString() });
  await page.goto(`${hub.origin}/apps/admin/dead-letters`);
  await page.getByRole('checkbox', { name: /Select all 2: The store refused it/ }).check();
  await expect(page.getByText('2 of 3 selected')).toBeVisible();
  await page.getByRole('button', { name: 'Replay 2 messages' }).click();
  await inspect(page, 'dead-letters-ask');
  await page.getByRole('dialog').getByRole('button', { name: 'Replay 2 messages' }).click();
  await expect(page.getByText('2 messages replayed')).toBeVisible();
  await expect(page.getByText('2 applied')).toBeVisible();
  await expect(page.getByRole('heading', { name: /The store refused it/ })).toBeHidden();
  const [later, earlier] = canned.messages;
  expect(hub.asked.find(({ operation }) => operation === '$replay')!.asked.id).toEqual([
    earlier!.id,
    later!.id,
  ]);
});

test('a new profile begins with its sender', async ({ page, hub, canned }) => {
  canned.profiles.clear();
  await page.goto(`${hub.origin}/apps/admin/profiles`);
  await expect(page.getByText('No site profile yet')).toBeVisible();
  await page.goto(`${hub.origin}/apps/admin/messages/${canned.messages[0]!.id}`);
  await page.getByRole('link', { name: 'Fix the sender’s profile' }).click();
  await expect(page.getByRole('heading', { name: 'New profile for REG|NORTHFIELD' })).toBeVisible();
  await expect(page.getByLabel('Name')).toHaveValue('northfield');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  expect([...canned.profiles.keys()]).toEqual(['northfield']);
});

test('a profile is removed after a question', async ({ page, hub, canned }) => {
  await page.goto(`${hub.origin}/apps/admin/profiles/northfield`);
  await page.getByRole('button', { name: 'Remove…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove…' }).click();
  await expect(page.getByText('No site profile yet')).toBeVisible();
  expect(canned.profiles.size).toBe(0);
});

test('what the hub says of a profile at saving marks the line', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/apps/admin/profiles/northfield`);
  await page.getByRole('textbox', { name: 'Profile (YAML)' }).fill('facility: NORTHFIELD\n\nnonsense');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('Line 3');
});
