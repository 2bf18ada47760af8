import { expect } from 'vitest';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import type { Client } from './doors.ts';
import type { ExpectedDeploy } from './hardhat-fixture.ts';
import { made } from './made.ts';

/** Resolves with the run once it has ended. */
export async function deploy(
  client: Client,
  project: number,
  input: Record<string, unknown>,
  target = 'local',
): Promise<DeploymentDetail> {
  const { id } = await client.deployments.start({ project, target, input });
  for await (const batch of await client.deployments.watch({ id })) void batch;
  return client.deployments.get({ id });
}

export const logOf = async (client: Client, id: number): Promise<string> =>
  (await client.deployments.logs({ id }))
    .flatMap((event) => (event.type === 'log' ? [event.text] : []))
    .join('\n');

export const inputOf = ({ entry, call }: ExpectedDeploy): Record<string, unknown> => ({
  script: entry,
  ...(call === undefined ? {} : { tags: [call.replace('deploy --tags ', '')] }),
});

/** That a run has put on the chain what its fixture says, and that Drydock knows all of it. */
export function expectDeployed(run: DeploymentDetail, expected: ExpectedDeploy, log: string): void {
  expect(run.status, `${run.failure?.message}\n${log}`).toBe(
    expected.fails ? 'failed' : 'succeeded',
  );
  const { contracts } = made(run);
  const wanted = expected.contracts.flatMap(({ name, label, count }) =>
    Array.from({ length: count }, () => `${name} ${label}`),
  );
  expect(contracts.map((one) => `${one.name} ${one.label}`).sort()).toEqual(wanted.sort());
  expect(contracts.every(({ verified }) => verified)).toBe(true);
}
