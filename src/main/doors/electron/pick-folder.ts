import { type BrowserWindow, dialog } from 'electron';

/** Asks for a folder with the system's own dialog. null: the user dismissed it. */
export async function pickFolder(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Choose a project folder',
    buttonLabel: 'Add project',
    properties: ['openDirectory', 'createDirectory'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}
