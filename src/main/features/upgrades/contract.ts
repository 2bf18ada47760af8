import { z } from 'zod';
import { errors, procedure } from '../../shared/procedure.ts';
import { contractRef } from '../contracts/contract/ref.ts';
import { onNetwork } from '../contracts/contract.ts';

const topic = z.enum(['storage', 'functions', 'initializer', 'admin', 'code', 'replay']);

/** Something that an upgrade changes, or that could not be told. */
export const finding = z.object({
  level: z
    .enum(['error', 'warning', 'note'])
    .describe('error: it breaks what is there; warning: it has to be wanted; note: to be known'),
  topic,
  message: z.string(),
  detail: z.string().nullable().describe('lines that show it'),
});
export type Finding = z.infer<typeof finding>;

const implementation = z.object({
  name: z.string().nullable(),
  artifact: z.int().nullable(),
  address: z.string().nullable().describe('null: it is on no chain yet'),
});

export const replayedCall = z.object({
  hash: z.string(),
  function: z.string().nullable(),
  difference: z.string(),
});

export const upgradeReport = z.object({
  network: z.string(),
  proxy: z.object({
    address: z.string(),
    kind: z.string(),
    admin: z.string().nullable().describe('who may upgrade it, as far as that can be told'),
  }),
  from: implementation,
  to: implementation,
  verdict: z
    .enum(['safe', 'unsafe', 'unproven'])
    .describe('unproven: nothing speaks against it, but not everything could be compared'),
  findings: z.array(finding).describe('the worst first'),
  replay: z.object({
    calls: z.int().describe('transactions that ran through the new code'),
    same: z.int(),
    different: z.array(replayedCall),
    missing: z.int().describe('of those asked for: not recorded, or taken back'),
  }),
});
export type UpgradeReport = z.infer<typeof upgradeReport>;

/** An upgrade as it was checked before a run sent it. */
export const checkedUpgrade = upgradeReport.extend({
  allowed: z.boolean().describe('it is unsafe, and was to be sent all the same'),
});
export type CheckedUpgrade = z.infer<typeof checkedUpgrade>;

export const verdictSentences: Record<UpgradeReport['verdict'], string> = {
  safe: 'Safe: nothing that is there breaks.',
  unsafe: 'Unsafe: do not upgrade.',
  unproven: 'Unproven: nothing speaks against it, but not everything could be compared.',
};

export const checkUpgradeInput = contractRef.extend({
  to: z
    .string()
    .min(1)
    .max(500)
    .describe('a compiled contract, vault.VaultV2, or the address of one on the network'),
  arguments: z
    .array(z.string().max(100_000))
    .max(100)
    .default([])
    .describe('of its constructor, for its immutable values'),
  replay: z
    .int()
    .min(0)
    .max(1000)
    .default(50)
    .describe('so many of the newest transactions of the proxy run through the new code'),
});
export type CheckUpgradeInput = z.infer<typeof checkUpgradeInput>;

/** Whether what is behind a proxy can be replaced. */
export const upgrades = {
  check: onNetwork
    .errors(errors('NOT_A_PROXY', 'ARTIFACT_NOT_FOUND', 'ARTIFACT_AMBIGUOUS', 'BAD_ARGUMENT'))
    .route({
      method: 'POST',
      path: '/contracts/upgrade-check',
      summary:
        'Compare what runs behind a proxy with what is to replace it: storage, functions, initializer, recorded calls. Changes nothing',
    })
    .input(checkUpgradeInput)
    .output(upgradeReport),
  ofRun: procedure
    .route({
      method: 'GET',
      path: '/deployments/{id}/upgrade-checks',
      summary: 'What was found of the upgrades of a deployment before it sent them',
    })
    .input(z.object({ id: z.int() }))
    .errors(errors('DEPLOYMENT_NOT_FOUND'))
    .output(z.array(checkedUpgrade)),
};
