import { getEventIteratorSchemaDetails } from '@orpc/contract';
import { expect, test } from 'vitest';
import { allProcedures } from './procedures.ts';

test('every stream declares that a connection may have too many', () => {
  const streams = allProcedures().filter(({ procedure }) =>
    getEventIteratorSchemaDetails(procedure['~orpc'].outputSchema),
  );
  expect(streams.length).toBeGreaterThan(5);
  const silent = streams.filter(
    ({ procedure }) => !('TOO_MANY_STREAMS' in procedure['~orpc'].errorMap),
  );
  expect(silent.map(({ path }) => path.join('.'))).toEqual([]);
});
