import { once } from 'node:events';
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type Shell, skipWithoutElectron, test } from './shell.ts';
import { spawnStandIn } from './spawn-stand-in.ts';

skipWithoutElectron();

const fixture = fileURLToPath(new URL('../fixtures/token-vault', import.meta.url));

const addDialog = ({ page }: Shell) => page.getByRole('dialog', { name: 'Add project' });
const shownFolder = (shell: Shell) => addDialog(shell).getByLabel('Folder');

/** Keeps the questions that the app asks open until the test says what the user answers. */
async function keepQuestions(shell: Shell) {
  await shell.evaluate(({ dialog }) => {
    const questions: string[] = [];
    Object.assign(globalThis, { questions });
    dialog.showMessageBox = async (...args: unknown[]) => {
      const { message, buttons, defaultId, cancelId } = args.at(-1) as Electron.MessageBoxOptions;
      questions.push(message);
      if (buttons?.[defaultId ?? -1] !== 'Cancel' || defaultId !== cancelId) {
        questions.push('what happens by itself is not to cancel');
      }
      const response = await new Promise<number>((answer) => Object.assign(globalThis, { answer }));
      return { response, checkboxChecked: false };
    };
  });
  return {
    asked: () => shell.evaluate(() => Reflect.get(globalThis, 'questions') as string[]),
    answer: (response: number) =>
      shell.evaluate((_, value) => Reflect.get(globalThis, 'answer')(value), response),
  };
}

const emit = (shell: Shell, event: 'open-url' | 'open-file', what: string) =>
  shell.evaluate(
    ({ app }, [name, argument]) => {
      app.emit(name as 'open-url', { preventDefault: () => undefined }, argument);
    },
    [event, what],
  );

test('a second start hands its folder over, and the page below the dialog stays', async ({
  shell,
  folder,
  variant,
}) => {
  test.skip(variant === 'electron', 'the second start is one of the stand-in');
  const { page } = shell;
  const project = path.join(folder, 'my vault %41');
  cpSync(fixture, project, { recursive: true });
  await page.evaluate(() => history.pushState(null, '', '/settings'));
  const heading = page.getByRole('heading', { name: 'Settings' }).first();
  await expect(heading).toBeVisible();
  await heading.evaluate((element) => element.setAttribute('data-kept', 'yes'));
  const second = spawnStandIn(shell.home, 0, [project]);
  expect((await once(second, 'exit'))[0]).toBe(0);
  await expect(shownFolder(shell)).toHaveValue(project);
  await expect(page.locator('[data-kept]')).toHaveText('Settings');
  await expect.poll(() => new URL(page.url()).pathname).toBe('/settings');

  // Nothing is added before the user says so; and another folder takes the place of the first.
  const other = path.join(folder, 'other');
  mkdirSync(other);
  const third = spawnStandIn(shell.home, 0, [path.relative(process.cwd(), other)]);
  expect((await once(third, 'exit'))[0]).toBe(0);
  await expect(shownFolder(shell)).toHaveValue(other);
  await expect(page.getByRole('link', { name: /my vault/ })).toHaveCount(0);
});

test('a start with a folder begins with the dialog that adds it; a file stands for its folder', async ({
  launch,
  folder,
}) => {
  const project = path.join(folder, 'vault');
  cpSync(fixture, project, { recursive: true });
  const shell = await launch(path.join(folder, 'home'), [path.join(project, 'foundry.toml')]);
  await expect(shownFolder(shell)).toHaveValue(project);
  await addDialog(shell).getByRole('button', { name: 'Add project' }).click();
  await expect(addDialog(shell)).toBeHidden();
  await shell.page.waitForURL(/\/projects\/1$/);
});

test('a link is asked about, one at a time, and followed only then', async ({ shell }) => {
  const { page } = shell;
  await expect(page.getByText('local', { exact: true }).first()).toBeVisible();
  const { asked, answer } = await keepQuestions(shell);
  const start = page.url();

  await emit(shell, 'open-url', 'drydock://project/3');
  await emit(shell, 'open-url', 'drydock://project/4');
  await emit(shell, 'open-url', 'drydock://project/3/../../settings');
  await expect.poll(asked).toEqual(['Show project 3 in Drydock?']);
  expect(page.url()).toBe(start);
  await answer(1);

  await emit(shell, 'open-url', 'drydock://deployment/7');
  await expect.poll(asked).toHaveLength(2);
  expect(page.url()).toBe(start);
  await answer(0);
  await page.waitForURL((url) => `${url.pathname}${url.hash}` === '/deployments/7');

  await emit(shell, 'open-url', 'drydock://add?path=%2Fsome%2Ffolder');
  await expect.poll(asked).toHaveLength(3);
  expect((await asked())[2]).toBe('Add the folder /some/folder to Drydock?');
  await expect(addDialog(shell)).toBeHidden();
  await answer(0);
  await expect(shownFolder(shell)).toHaveValue('/some/folder');
});

test('what the system hands to the app without arguments is opened as well', async ({
  shell,
  folder,
}) => {
  await emit(shell, 'open-file', folder);
  await expect(shownFolder(shell)).toHaveValue(folder);
});
