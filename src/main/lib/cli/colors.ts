import pc from 'picocolors';

/** For a terminal that supports them. Files and pipes get none, including on Windows and in CI. */
export const colors = pc.createColors(
  pc.isColorSupported && (process.stdout.isTTY || Boolean(process.env.FORCE_COLOR)),
);
