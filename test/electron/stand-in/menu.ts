import type { MenuItem, MenuItemConstructorOptions, Menu as RealMenu } from 'electron';
import { checkOptions } from './strict.ts';

const known = ['accelerator', 'click', 'enabled', 'label', 'role', 'submenu', 'type'];

/** An item with what a test reads of it. */
class StandInItem implements Pick<MenuItem, 'enabled' | 'label'> {
  readonly label: string;
  readonly enabled: boolean;
  readonly role: MenuItemConstructorOptions['role'];
  readonly submenu: StandInMenu | undefined;
  readonly click: () => void;

  constructor(options: MenuItemConstructorOptions) {
    checkOptions('MenuItem', options, known);
    const { label = '', enabled = true, role, submenu, click } = options;
    this.label = label;
    this.enabled = enabled;
    this.role = role;
    this.submenu = Array.isArray(submenu) ? new StandInMenu(submenu) : undefined;
    this.click = () => click?.(this as unknown as MenuItem, undefined, {} as never);
  }
}

export class StandInMenu {
  readonly items: readonly StandInItem[];

  constructor(template: readonly MenuItemConstructorOptions[]) {
    this.items = template.map((options) => new StandInItem(options));
  }
}

let current: StandInMenu | null = null;

export const Menu = {
  buildFromTemplate: (template: Parameters<typeof RealMenu.buildFromTemplate>[0]) =>
    new StandInMenu(template as MenuItemConstructorOptions[]),
  setApplicationMenu: (menu: StandInMenu | null) => {
    current = menu;
  },
  getApplicationMenu: () => current,
};
