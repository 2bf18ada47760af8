import path from 'node:path';
import { bundledCore } from '#test/made-up/bundled-core.ts';
import { type LetterProject, letterProject } from '#test/made-up/letter/project.ts';
import { test as base, expect } from './drydock.ts';

/** A folder for pictures, for people to look at; none are taken without it. */
const pictures = process.env.DRYDOCK_TEST_PICTURES;

/** The window of a core that knows a kind of which no file of the window knows. */
const test = base.extend<{ letters: LetterProject }, { core: string }>({
  core: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern
    async ({}, use) => {
      await using bundle = await bundledCore();
      await use(bundle.program);
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  program: ({ core }, use) => use([core]),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern
  letters: async ({}, use) => {
    await using project = await letterProject();
    await use(project);
  },
});

test('a kind from elsewhere: its form, its run, its history and another try', async ({
  app,
  drydock,
  letters,
}) => {
  const { page, main } = app;
  await app.addProject(letters.folder);

  // A control for each input, with its label.
  await expect(main.getByRole('combobox', { name: 'Paper' })).toHaveText(/default/);
  await expect(main.getByRole('combobox', { name: 'Greeting' })).toContainText('Formal');
  await expect(main.getByRole('combobox', { name: 'Tone' })).toContainText('plainly()');
  await expect(main.getByRole('combobox', { name: 'Clerk' })).toBeVisible();
  const fields = ['Text', 'Stamps', 'Copies', 'Marks', 'Seal', 'Reader', 'Box'];
  for (const label of fields) await expect(main.getByLabel(label, { exact: true })).toBeVisible();
  const express = main.getByRole('switch', { name: 'Express' });
  await expect(express).toBeHidden();

  // Nothing is started without what is required, and the focus goes there.
  await app.deployButton.click();
  await expect(page.getByText('Fill in Text.')).toBeVisible();
  const text = main.getByLabel('Text', { exact: true });
  await expect(text).toBeFocused();
  await expect(app.cancelButton).toBeHidden();

  await text.fill('Dear reader');
  await app.choose('Paper', 'plain');
  await app.choose('Tone', 'warmly(uint256)');
  await main.getByRole('group', { name: 'Words' }).getByLabel('degrees').fill('21');
  await main.getByLabel('Stamps', { exact: true }).fill('2');
  await main.getByLabel('Copies', { exact: true }).fill('a.txt\nb.txt');
  await main.getByLabel('Marks', { exact: true }).fill('COLOUR=blue');
  const seal = main.getByLabel('Seal', { exact: true });
  await seal.fill('{"wax":');
  await expect(seal).toHaveAttribute('aria-invalid', 'true');
  await seal.fill('{"wax":1}');
  await main.getByLabel('Reader', { exact: true }).fill('reader.localhost');
  await main.getByLabel('Box', { exact: true }).fill('4711');
  await main.getByRole('button', { name: 'More options' }).click();
  await express.click();
  if (pictures) await page.screenshot({ path: path.join(pictures, 'made-up-form.png') });

  await letters.hold('post');
  await app.deployButton.click();
  for (const phase of ['Walk there', 'Write']) {
    await expect(app.phase(phase)).toHaveAccessibleName(`${phase}: done`);
  }
  await expect(app.phase('Post')).toHaveAccessibleName('Post: running');
  await expect(app.phase('File away')).toHaveAccessibleName('File away: waiting');
  await expect(app.cancelButton).toBeVisible();
  if (pictures) await page.screenshot({ path: path.join(pictures, 'made-up-running.png') });
  await letters.letGo('post');
  await expect(app.headline).toHaveText('Deployed 1 contract');
  await expect(app.phase('File away')).toHaveAccessibleName('File away: done');
  await expect(app.table.getByRole('cell', { name: 'Letter', exact: true })).toBeVisible();
  await expect.poll(() => app.screen()).toMatch(/posting: Dear reader/);
  expect(await drydock.client.deployments.get({ id: 1 })).toMatchObject({
    title: 'Dear reader (plain)',
    input: {
      ...{ text: 'Dear reader', paper: 'plain', stamps: 2, express: true },
      ...{ copies: ['a.txt', 'b.txt'], marks: ['COLOUR=blue'], seal: '{"wax":1}' },
      ...{ reader: 'reader.localhost', box: 4711 },
      ...{ greeting: 'formal', tone: 'warmly(uint256)', words: ['21'] },
    },
  });
  if (pictures) await page.screenshot({ path: path.join(pictures, 'made-up-done.png') });

  await app.tab(/^History/);
  await expect(app.historyRow(1)).toContainText('Succeeded');
  await expect(app.historyRow(1)).toContainText('Dear reader (plain)');
  await app.go('/history');
  await app.historyLink(1).click();
  await expect(page.getByRole('heading', { name: 'Deployment #1' })).toBeVisible();
  expect(await app.addresses()).toHaveLength(1);
  if (pictures) await page.screenshot({ path: path.join(pictures, 'made-up-run.png') });

  // Its request is in the form again, as it was sent.
  await main.getByRole('button', { name: 'Edit and deploy' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'the request of #1' })).toBeVisible();
  await expect(text).toHaveValue('Dear reader');
  await expect(main.getByRole('combobox', { name: 'Tone' })).toContainText('warmly(uint256)');
  await expect(main.getByRole('group', { name: 'Words' }).getByLabel('degrees')).toHaveValue('21');
  await expect(main.getByLabel('Copies', { exact: true })).toHaveValue('a.txt\nb.txt');
  await expect(main.getByLabel('Box', { exact: true })).toHaveValue('4711');

  // What the core alone can tell is said under its field.
  await text.fill('long '.repeat(50));
  await app.deployButton.click();
  await expect(text).toHaveAccessibleDescription('It is too long. Write a shorter one.');
  await expect(text).toBeFocused();
  if (pictures) await page.screenshot({ path: path.join(pictures, 'made-up-refused.png') });
  await text.fill('Dear other');
  await expect(text).not.toHaveAttribute('aria-invalid', 'true');
  await app.deployButton.click();
  await expect(main.getByRole('link', { name: 'Deployment #2' })).toBeVisible();
  await expect(app.headline).toHaveText('Deployed 1 contract');
  expect(await drydock.client.deployments.get({ id: 2 })).toMatchObject({
    ...{ title: 'Dear other (plain)', retryOf: 1 },
    input: { stamps: 2, copies: ['a.txt', 'b.txt'], words: ['21'], box: 4711 },
  });

  // A run that did not work out: the reason where it stands, and a button for the same again.
  await letters.hold('post');
  await app.deployButton.click();
  await expect(app.phase('Post')).toHaveAccessibleName('Post: running');
  await app.cancelButton.click();
  await expect(app.headline).toHaveText(/^Cancelled/);
  await letters.letGo('post');
  await main.getByRole('button', { name: 'Retry', exact: true }).click();
  await expect(main.getByRole('link', { name: 'Deployment #4' })).toBeVisible();
  await expect(app.headline).toHaveText('Deployed 1 contract');
  await app.go('/history');
  await expect(app.historyLink(4)).toBeVisible();
});
