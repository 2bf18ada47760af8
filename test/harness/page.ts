import { expect, type Locator, type Page } from '@playwright/test';

/** Drydock's page, used as a person does: by roles and names only. */
export class DrydockPage {
  readonly main: Locator;
  readonly sidebar: Locator;
  /** The chain panel at the right. */
  readonly chain: Locator;
  readonly dialog: Locator;
  readonly log: Locator;
  /** What the shown run is doing or how it ended, e.g. "Deployed 3 contracts". */
  readonly headline: Locator;
  readonly table: Locator;

  constructor(readonly page: Page) {
    this.main = page.getByRole('main');
    this.sidebar = page.getByRole('navigation', { name: 'Main' });
    this.chain = page.getByRole('complementary', { name: 'Chain' });
    this.dialog = page.getByRole('dialog');
    this.log = page.getByRole('region', { name: 'Log', exact: true });
    const runLink = page.getByRole('link', { name: /^Deployment #\d+$/ });
    const runHeader = this.main.locator('div').filter({ has: runLink }).last();
    this.headline = runHeader.getByRole('status').first();
    this.table = page.getByRole('table', { name: 'Contracts and transactions' });
  }

  /** Goes to a page of the app without reloading it. */
  async go(at: string): Promise<void> {
    await this.page.evaluate((address) => window.history.pushState(null, '', address), at);
  }

  /** Adds a project by typing its folder, and waits for its page. */
  async addProject(folder: string, name?: string): Promise<void> {
    await this.sidebar.getByRole('button', { name: 'Add project', exact: true }).click();
    await this.dialog.getByLabel('Folder').fill(folder);
    if (name) await this.dialog.getByLabel('Name').fill(name);
    await this.dialog.getByRole('button', { name: 'Add project' }).click();
    await expect(this.dialog).toBeHidden();
    await expect(this.deployButton).toBeVisible();
  }

  get deployButton(): Locator {
    return this.main.getByRole('button', { name: /^Deploy/ });
  }

  get cancelButton(): Locator {
    return this.main.getByRole('button', { name: 'Cancel', exact: true });
  }

  phase(name: string): Locator {
    return this.main.getByRole('list', { name: 'Phases' }).getByRole('listitem', {
      name: new RegExp(`^${name}:`),
    });
  }

  /** The deploy form as one line, beside a run. */
  get formLine(): Locator {
    return this.main.getByRole('button', { name: /^What Deploy does:/ });
  }

  /** Shows the fields of the deploy form, where it is one line. */
  async editForm(): Promise<void> {
    const fields = this.main.getByRole('group', { name: 'What is deployed' });
    await expect(this.formLine.or(fields).first()).toBeVisible();
    if (await this.formLine.isVisible()) await this.formLine.click();
  }

  /** Chooses from one of the drop-down lists. A text is the full name of the option. */
  async choose(label: string, option: string | RegExp): Promise<void> {
    const list = this.page.getByRole('combobox', { name: label, exact: true });
    await expect(this.formLine.or(list).first()).toBeVisible();
    if (!(await list.isVisible())) await this.formLine.click();
    await this.page.getByRole('combobox', { name: label, exact: true }).click();
    await this.page.getByRole('option', { name: option, exact: true }).click();
  }

  /** Chooses what of a Foundry project is deployed. */
  chooseScript(option: RegExp): Promise<void> {
    return this.choose('Script or contract', option);
  }

  /** Chooses a tab of the project. */
  async tab(name: RegExp): Promise<void> {
    await this.page.getByRole('tablist', { name: 'Project' }).getByRole('tab', { name }).click();
  }

  snapshot(name: string): Locator {
    return this.page.getByRole('listitem', { name: `Snapshot ${name}`, exact: true });
  }

  /** A run's row in any open table of runs. */
  historyRow(number: number): Locator {
    return this.main.getByRole('row').filter({ has: this.historyLink(number) });
  }

  historyLink(number: number): Locator {
    return this.page.getByRole('link', { name: new RegExp(`^Deployment #${number} of`) });
  }

  /** The addresses in the shown run's table, top down, once there are some. */
  async addresses(): Promise<string[]> {
    const buttons = this.table.getByRole('button', { name: /Copy address/ });
    await expect(buttons.first()).toBeVisible();
    const names = await buttons.allInnerTexts();
    return names.map((name) => /0x[0-9a-fA-F]{40}/.exec(name)?.[0] ?? name);
  }

  /** The number of the log's lines in the terminal. */
  async lines(): Promise<number> {
    return Number(await this.log.getAttribute('data-lines'));
  }

  /** The text in the visible part of the terminal. */
  async screen(): Promise<string> {
    const rows = await this.log.locator('.xterm-rows > div').allInnerTexts();
    return rows.join('\n').replaceAll('\u00a0', ' ');
  }

  /** Runs a command of the palette by keyboard only. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('Control+k');
    const search = this.dialog.getByPlaceholder('Search projects');
    await search.fill(title);
    const begins = new RegExp(`^${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
    const wanted = this.dialog.getByRole('option', { name: begins }).first();
    await expect(wanted).toBeVisible();
    await expect(async () => {
      if ((await wanted.getAttribute('aria-selected')) === 'true') return;
      await this.page.keyboard.press('ArrowDown');
      await expect(wanted).toHaveAttribute('aria-selected', 'true', { timeout: 100 });
    }).toPass();
    await this.page.keyboard.press('Enter');
    await expect(search).toBeHidden();
  }
}
