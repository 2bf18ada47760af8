/**
 * The events that happen in the stand-in, by Electron's class. Some happen by themselves, as in
 * Electron; the others are for tests to emit. No other can be listened to.
 */
export const events = {
  App: [
    'activate',
    'before-quit',
    'browser-window-created',
    'child-process-gone',
    'open-file',
    'open-url',
    'quit',
    'ready',
    'second-instance',
    'web-contents-created',
    'will-quit',
    'window-all-closed',
  ],
  BrowserWindow: ['close', 'closed', 'move', 'ready-to-show', 'resize', 'session-end'],
  PowerMonitor: ['shutdown', 'suspend'],
  Notification: ['action', 'click', 'close'],
  Session: ['will-download'],
  WebContents: [
    'did-finish-load',
    'render-process-gone',
    'unresponsive',
    'will-attach-webview',
    'will-frame-navigate',
    'will-navigate',
    'will-redirect',
  ],
};
