import { type Desktop, programAt, programInPath } from '../../lib/desktop.ts';
import type { Program } from './program.ts';

/** On Linux and its like; the first leads to the one that the desktop has chosen. */
const managers = [
  { id: 'xdg-open', label: 'File manager' },
  { id: 'nautilus', label: 'Files' },
  { id: 'dolphin', label: 'Dolphin' },
  { id: 'nemo', label: 'Nemo' },
  { id: 'thunar', label: 'Thunar' },
  { id: 'pcmanfm', label: 'PCManFM' },
] as const;

/** What shows a folder. None is given a file, which it would open. */
export function fileManagersOn(desktop: Desktop): Program[] {
  switch (desktop.platform) {
    case 'win32':
      return explorer(desktop);
    case 'darwin':
      return [
        {
          ...{ id: 'finder', label: 'Finder' },
          // Shows it beside others: opened, a folder whose name ends in ".app" would be started.
          start: ({ folder }) => ({ program: '/usr/bin/open', args: ['-R', folder] }),
        },
      ];
    default:
      return managers.flatMap(({ id, label }) => {
        const program = programInPath(desktop, [id]);
        return program ? [{ id, label, start: ({ folder }) => ({ program, args: [folder] }) }] : [];
      });
  }
}

function explorer(desktop: Desktop): Program[] {
  const program = programAt(desktop, ['%SystemRoot%\\explorer.exe']);
  return program
    ? [
        {
          ...{ id: 'explorer', label: 'Explorer' },
          start: ({ folder }) => ({
            program,
            // A comma would begin another argument; a quote is in no name.
            args: [`"${folder}"`],
            verbatim: true,
            ignoresExitCode: true,
          }),
        },
      ]
    : [];
}
