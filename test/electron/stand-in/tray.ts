import { existsSync } from 'node:fs';
import type { Tray as RealTray } from 'electron';
import { StandInMenu } from './menu.ts';

type Used = Pick<RealTray, 'setToolTip'>;

/** Nobody sees it: a test looks at what it shows. */
export class Tray implements Used {
  static readonly shown: Tray[] = [];

  tip = '';
  menu = new StandInMenu([]);

  constructor(image: string) {
    if (!existsSync(image)) throw new Error(`there is no picture ${image}`);
    Tray.shown.push(this);
  }

  setToolTip(text: string): void {
    this.tip = text;
  }

  setContextMenu(menu: StandInMenu): void {
    this.menu = menu;
  }
}
