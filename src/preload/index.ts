import { ipcRenderer, webUtils } from 'electron';

// The page gets one MessagePort to the core and nothing else. It is asked for once the page's own
// scripts have run, so that they are there to take it.
ipcRenderer.on('drydock:port', (event) => {
  window.postMessage('drydock:port', location.origin, event.ports);
});

window.addEventListener('load', () => ipcRenderer.send('drydock:connect'), { once: true });

// What the user drops on the window goes to the app, which asks about it. Scripts of the page can
// make such an event as well, but no file that has a path.
window.addEventListener('dragover', (event) => {
  if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
});
window.addEventListener('drop', (event) => {
  const [file] = event.dataTransfer?.files ?? [];
  if (!file) return;
  event.preventDefault();
  const folder = event.isTrusted ? webUtils.getPathForFile(file) : '';
  if (folder) ipcRenderer.send('drydock:dropped', folder);
});
