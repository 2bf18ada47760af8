/** Lets the test run a function in this process, like Playwright does in the real Electron. */
export function listenToTest(electron: object): void {
  process.on(
    'message',
    async ({ id, source, arg }: { id: number; source: string; arg: unknown }) => {
      try {
        const run = new Function(`return (${source})`)();
        process.send?.({ id, value: await run(electron, arg) });
      } catch (error) {
        process.send?.({ id, error: error instanceof Error ? error.message : String(error) });
      }
    },
  );
  // The test's end of the line must not keep the app alive, nor must the app outlive the test.
  process.channel?.unref();
  process.on('disconnect', () => process.exit(1));
}
