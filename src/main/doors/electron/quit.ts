import { app } from 'electron';

/** Holds the end of the process back until everything is put away. */
export function putAwayWhenQuitting(putAway: () => Promise<void>): void {
  let state: 'open' | 'closing' | 'closed' = 'open';
  app.on('will-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    void putAway().finally(() => {
      state = 'closed';
      app.quit();
    });
  });
}
