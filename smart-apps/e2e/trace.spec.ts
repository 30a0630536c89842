import { expect, inspect, PHONE, test } from './kiln';

test('the keyboard goes from a field to what came from it, and back', async ({ page, hub, canned }) => {
  await page.goto(`${hub.origin}/apps/admin/messages/${canned.messages[0]!.id}`);
  const field = (place: string) => page.locator(`[data-field="${place}"]`);
  await page.getByRole('switch', { name: 'As it came' }).focus();
  await page.keyboard.press('Tab');
  await expect(field('MSH-1')).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  while (!(await field('PID-5').evaluate((row) => row === document.activeElement))) {
    await page.keyboard.press('ArrowDown');
  }
  const family = page.getByRole('button', { name: 'name[0].family' });
  await expect(family).toHaveAttribute('data-lit', 'true');
  await expect(page.getByRole('button', { name: 'name[0].given[0]' })).toHaveAttribute('data-lit', 'true');
  await expect(page.getByRole('button', { name: 'birthDate' })).not.toHaveAttribute('data-lit');

  await page.keyboard.press('Enter');
  await expect(family).toBeFocused();
  await expect(field('PID-5').locator('mark')).toHaveText('••••••');
  await page.keyboard.press('ArrowUp');
  await expect(field('PID-3')).toHaveAttribute('data-lit', 'true');
  await page.keyboard.press('Enter');
  await expect(field('PID-3')).toBeFocused();

  await page.keyboard.press('Tab');
  await expect(page.locator('[data-column=translation] [data-row]:focus')).toHaveCount(1);
});

test('pointing at an element scrolls to its field', async ({ page, hub, canned }) => {
  await page.setViewportSize({ width: 1280, height: 560 });
  await page.goto(`${hub.origin}/apps/admin/messages/${canned.messages[0]!.id}`);
  const field = page.locator('[data-field="PV1-19"]');
  await expect(page.locator('[data-field="MSH-1"]')).toBeAttached();
  await page
    .getByRole('button', { name: 'identifier[0].value PV1-19.1' })
    .or(page.locator('[data-source="PV1-19.1"]'))
    .first()
    .hover();
  await expect(field).toHaveAttribute('data-lit', 'true');
  const seen = await field.evaluate((row) => {
    const column = row.closest('[data-scroll]')!.getBoundingClientRect();
    const { top, bottom } = row.getBoundingClientRect();
    return top >= column.top && bottom <= column.bottom;
  });
  expect(seen).toBe(true);
});

test('on a phone a tap on an element shows its field', async ({ page, hub, canned }) => {
  await page.setViewportSize(PHONE);
  await page.goto(`${hub.origin}/apps/admin/messages/${canned.messages[0]!.id}`);
  await page.getByRole('button', { name: 'PID-8', exact: true }).click();
  await expect(page.locator('[data-field="PID-8"]')).toBeFocused();
  await expect(page.locator('[data-field="PID-8"]')).toBeInViewport();
  await page.getByRole('tab', { name: 'Translation' }).click();
  await page.getByRole('button', { name: 'birthDate' }).click();
  await expect(page.getByRole('tab', { name: 'Message' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.locator('[data-field="PID-7"]')).toBeFocused();
  await expect(page.locator('[data-field="PID-7"]')).toBeInViewport();
  await page.getByRole('tab', { name: 'Message' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Translation' })).toHaveAttribute('aria-selected', 'true');
});

test('a message that waits is shown as applied once it is', async ({ page, hub, canned }) => {
  const message = canned.messages[2]!;
  await page.clock.install();
  await page.goto(`${hub.origin}/apps/admin/messages/${message.id}`);
  await expect(page.getByText('It waits for its turn')).toBeVisible();
  message.state = 'applied';
  await page.clock.fastForward(6_000);
  await expect(page.getByText('It waits for its turn')).toBeHidden();
  await expect(page.getByText('Applied', { exact: true })).toBeVisible();
});

test('fields that nobody read are marked by a word', async ({ page, hub, canned }) => {
  await page.goto(`${hub.origin}/apps/admin/messages/${canned.messages[0]!.id}`);
  await expect(page.locator('[data-field="ZPI-3"]')).toContainText('not read');
  await expect(page.locator('[data-field="PID-5"]')).not.toContainText('not read');
});

test('the message as it came is shown on wish', async ({ page, hub, canned }) => {
  await page.goto(`${hub.origin}/apps/admin/messages/${canned.messages[0]!.id}`);
  await page.getByRole('switch', { name: 'As it came' }).check();
  await expect(page.getByText('MSH|^~\\&|REG|NORTHFIELD')).toBeVisible();
  await inspect(page, 'trace-raw');
});

test.describe('what is masked', () => {
  test('is revealed for a reason, and only here', async ({ page, hub, canned }) => {
    const { id } = canned.messages[0]!;
    await page.goto(`${hub.origin}/apps/admin/messages/${id}`);
    await expect(page.locator('[data-field="PID-5"]')).not.toContainText('Kettle');
    await page.getByRole('button', { name: 'Reveal…' }).click();
    const reveal = page.getByRole('dialog').getByRole('button', { name: 'Reveal' });
    await expect(reveal).toBeDisabled();
    await page.getByLabel('Why do you need to see it?').fill('ticket 4711');
    await inspect(page, 'reveal');
    await reveal.click();
    await expect(page.locator('[data-field="PID-5"]')).toContainText('Kettle^Copper');
    expect(hub.asked.at(-1)).toEqual({
      operation: '$message',
      method: 'POST',
      asked: { id: [id], reason: ['ticket 4711'] },
    });
    await page.getByRole('button', { name: 'Mask again' }).click();
    await expect(page.locator('[data-field="PID-5"]')).not.toContainText('Kettle');

    await page.getByRole('button', { name: 'Reveal…' }).click();
    await page.getByLabel('Why do you need to see it?').fill('ticket 4711');
    await reveal.click();
    await expect(page.locator('[data-field="PID-5"]')).toContainText('Kettle^Copper');
    await page.getByRole('link', { name: 'Messages', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Messages' })).toBeVisible();
    await page.goBack();
    await expect(page.locator('[data-field="PID-5"]')).toBeVisible();
    await expect(page.locator('[data-field="PID-5"]')).not.toContainText('Kettle');
  });

  test('stays so when the reason is put off', async ({ page, hub, canned }) => {
    await page.goto(`${hub.origin}/apps/admin/messages/${canned.messages[0]!.id}`);
    await page.getByRole('button', { name: 'Reveal…' }).click();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    expect(hub.asked.some(({ operation, method }) => operation === '$message' && method === 'POST')).toBe(
      false,
    );
  });
});

test.describe('with the right to read alone', () => {
  test.use({ options: { scopes: 'openid fhirUser online_access message.read' } });

  test('nothing is offered that would be refused', async ({ page, hub, canned }) => {
    const { id } = canned.messages[0]!;
    await page.goto(`${hub.origin}/apps/admin/messages/${id}`);
    await expect(page.getByRole('link', { name: 'See the sender’s profile' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Reveal…' })).toBeHidden();
    await page.getByRole('link', { name: 'Preview replay' }).click();
    await expect(page.getByText('may preview replays, but not start them')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Replay now' })).toBeHidden();
    await page.goto(`${hub.origin}/apps/admin/dead-letters`);
    await expect(page.getByRole('heading', { name: /The store refused it/ })).toBeVisible();
    await expect(page.getByRole('checkbox')).toHaveCount(0);
    await page.goto(`${hub.origin}/apps/admin/`);
    await expect(page.getByRole('heading', { name: 'lab', exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: /^Pause/ })).toHaveCount(0);
    await page.goto(`${hub.origin}/apps/admin/profiles/northfield`);
    await expect(page.getByText('may read profiles, but not change them')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeHidden();
    await inspect(page, 'profile-read-only');
  });
});

test.describe('without the right to read', () => {
  test.use({ options: { scopes: 'openid fhirUser online_access' } });

  test('the app says whom to ask', async ({ page, hub }) => {
    await page.goto(`${hub.origin}/apps/admin/messages`);
    await expect(
      page.getByText('Ask an administrator for the role of an integration engineer'),
    ).toBeVisible();
    expect(hub.asked).toEqual([]);
    await inspect(page, 'may-not');
  });
});
