/**
 * The longest time that this thread was blocked during some work, as a multiple of a sample of work
 * that is done before and after it, so that neither a slow nor a busy machine changes it. `waited`
 * is the longest delay of a timer, in ms.
 */
export async function longestBlock(
  work: () => Promise<unknown>,
): Promise<{ worked: number; waited: number }> {
  let worked = 0;
  let waited = 0;
  const before = sampleTime();
  let usedAt = used();
  let at = performance.now();
  const look = () => {
    const [cpu, now] = [used(), performance.now()];
    worked = Math.max(worked, cpu - usedAt);
    waited = Math.max(waited, now - at);
    [usedAt, at] = [cpu, now];
  };
  const timer = setInterval(look, 1);
  try {
    await work();
    // The last piece of work counts as well.
    await new Promise((resolve) => setTimeout(resolve, 5));
  } finally {
    clearInterval(timer);
    look();
  }
  return { worked: worked / Math.max(before, sampleTime()), waited };
}

/** CPU time of this thread, ms. */
function used(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

const sample = JSON.stringify(
  Array.from({ length: 5000 }, (_, index) => ({ name: `k${index}`, values: [index, `${index}`] })),
);

/** Parses and serializes a text of 200 KB. */
export function doSampleWork(): void {
  JSON.stringify(JSON.parse(sample));
}

/** Systems count the time of a thread in steps of some milliseconds: one sample may take none. */
const SAMPLES = 20;

/** The current time of the sample of work, ms. */
function sampleTime(): number {
  const from = used();
  for (let count = 0; count < SAMPLES; count += 1) doSampleWork();
  return (used() - from) / SAMPLES;
}
