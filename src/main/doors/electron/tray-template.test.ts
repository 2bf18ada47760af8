import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { type ShellFacts, taskbarOf } from './shell-facts.ts';
import { trayTemplate, trayTip } from './tray-template.ts';

const facts: ShellFacts = {
  chains: [
    { name: 'local', status: 'running', block: 12 },
    { name: 'R&D fork', status: 'stopped', block: 7 },
  ],
  running: [{ id: 9, title: 'vault #3 on local' }],
};

function tray(of: ShellFacts) {
  const done: string[] = [];
  const template = trayTemplate(of, {
    show: (page) => void done.push(`show ${page ?? ''}`),
    snapshot: (chain) => void done.push(`snapshot ${chain}`),
    revert: (chain) => void done.push(`revert ${chain}`),
    quit: () => void done.push('quit'),
  });
  const inside = (label: string) =>
    (template.find((item) => item.label?.startsWith(label))?.submenu ??
      []) as MenuItemConstructorOptions[];
  const click = (item: MenuItemConstructorOptions | undefined) =>
    item?.click?.({} as never, undefined, {} as never);
  return { template, inside, click, done };
}

test('shows each chain with its state, and what can be done with it', () => {
  const { template, inside, click, done } = tray(facts);
  const labels = template.map(({ label }) => label);
  expect(labels).toContain('local – block 12');
  expect(labels).toContain('R&&D fork – stopped');
  for (const item of inside('local')) click(item);
  click(inside('R&&D')[0]);
  expect(done).toEqual([
    'show /chains/local',
    'snapshot local',
    'revert local',
    'show /chains/R%26D%20fork',
  ]);
  expect(inside('R&&D').map(({ enabled }) => enabled)).toEqual([undefined, false, false]);
});

test('shows the deployments that run, and how to get to them', () => {
  const { template, click, done } = tray(facts);
  click(template.find(({ label }) => label === 'vault #3 on local'));
  click(template[0]);
  click(template.at(-1));
  expect(done).toEqual(['show /deployments/9', 'show ', 'quit']);
  expect(tray({ chains: [], running: [] }).template.map(({ label }) => label)).toContain(
    'No deployment runs',
  );
});

test('the tip counts', () => {
  expect(trayTip(facts)).toBe('Drydock – 1 chain runs, 1 deployment running');
  expect(trayTip({ chains: [], running: [] })).toBe('Drydock – 0 chains run');
});

test('the bar moves while something runs', () => {
  expect(taskbarOf(facts)).toEqual({ progress: 2, badge: 1 });
  expect(taskbarOf({ ...facts, running: [] })).toEqual({ progress: -1, badge: 0 });
});
