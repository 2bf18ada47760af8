import { ipcRenderer } from 'electron';

// The page gets one MessagePort to the core and nothing else. It is asked for once the page's own
// scripts have run, so that they are there to take it.
ipcRenderer.on('drydock:port', (event) => {
  window.postMessage('drydock:port', location.origin, event.ports);
});

window.addEventListener('load', () => ipcRenderer.send('drydock:connect'), { once: true });
