/** What can be done about a transaction that waits to be mined. */
export const nextOfPending = (network: string, hash: string): string =>
  [
    `Mine it: drydock chain mine ${network}`,
    `Drop it: drydock chain pending ${network} drop ${hash}`,
    `Look at it: drydock tx show ${hash} --network ${network}`,
  ].join('\n');
