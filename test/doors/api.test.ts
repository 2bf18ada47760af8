import type { OpenAPI } from '@orpc/contract';
import { isContractProcedure } from '@orpc/contract';
import { expect, test } from 'vitest';
import { contract } from '#main/contract.ts';
import { simpleContract } from '#main/doors/host/legacy/contract.ts';
import { version } from '#main/lib/version.ts';
import { errorStatus } from '#main/shared/errors.ts';
import { aHost, ask, bearer } from './with-host.ts';

const json = { 'content-type': 'application/json' };

test('a procedure answers under its path, and errors have their status', async () => {
  const host = await aHost();
  const headers = bearer(host);
  const networks = await ask(host, '/api/networks', { headers });
  expect(networks.status).toBe(200);
  expect(JSON.parse(networks.text)).toContainEqual(expect.objectContaining({ name: 'local' }));

  const missing = await ask(host, '/api/deployments/999', { headers });
  expect(missing.status).toBe(errorStatus.DEPLOYMENT_NOT_FOUND);
  expect(JSON.parse(missing.text)).toMatchObject({ defined: true, code: 'DEPLOYMENT_NOT_FOUND' });

  const wrong = await ask(host, '/api/deployments/none', { headers });
  expect(wrong.status).toBe(422);
  expect(JSON.parse(wrong.text)).toMatchObject({ code: 'BAD_INPUT', data: { field: 'id' } });
});

test('changes something and shows it', async () => {
  const host = await aHost();
  const headers = { ...bearer(host), ...json };
  const set = await ask(host, '/api/settings', {
    method: 'PATCH',
    headers,
    body: JSON.stringify({ theme: 'light' }),
  });
  expect(set.status).toBe(200);
  const shown = await ask(host, '/api/settings', { headers });
  expect(JSON.parse(shown.text)).toMatchObject({ theme: 'light' });
});

test('what does not exist is said in the shape of every error', async () => {
  const host = await aHost();
  for (const method of ['GET', 'POST', 'DELETE']) {
    const answer = await ask(host, '/api/nothing', { method, headers: bearer(host) });
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.text)).toMatchObject({ defined: false, code: 'NOT_FOUND' });
  }
});

test('bodies that are broken or too big are refused, and the host goes on', async () => {
  const host = await aHost();
  const headers = { ...bearer(host), ...json };
  const broken = await ask(host, '/api/projects', { method: 'POST', headers, body: '{"path":' });
  expect(broken.status).toBe(400);
  const body = JSON.stringify({ path: 'x'.repeat(3 * 1024 * 1024) });
  const declared = { ...headers, 'content-length': String(body.length) };
  for (const sent of [declared, { ...headers, 'transfer-encoding': 'chunked' }]) {
    const big = await ask(host, '/api/projects', { method: 'POST', headers: sent, body });
    expect(big.status).toBe(413);
  }
  expect((await ask(host, '/api/info', { headers })).status).toBe(200);
});

test('a stream is server-sent events, and ends with the request', async () => {
  const host = await aHost();
  const stop = new AbortController();
  const response = await fetch(`${host.url}/api/changes`, {
    headers: bearer(host),
    signal: stop.signal,
  });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const readUntil = async (wanted: string) => {
    while (!text.includes(wanted)) text += (await reader?.read())?.value ?? '';
  };
  await readUntil('data: []');
  await ask(host, '/api/settings', {
    method: 'PATCH',
    headers: { ...bearer(host), ...json },
    body: '{"theme":"dark"}',
  });
  await readUntil('"settings"');
  expect(text).toContain('event: message');
  stop.abort();
});

function procedures(router: object): string[] {
  return Object.entries(router).flatMap(([name, item]) =>
    isContractProcedure(item) ? [name] : procedures(item).map((below) => `${name}.${below}`),
  );
}

test('describes itself: every procedure, the token, every error', async () => {
  const host = await aHost();
  const { status, headers, text } = await ask(host, '/api/openapi.json', { headers: bearer(host) });
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('application/json');
  const document: OpenAPI.Document = JSON.parse(text);
  expect(document.info).toMatchObject({ title: 'Drydock', version: version() });
  expect(document.components?.securitySchemes).toEqual({
    token: { type: 'http', scheme: 'bearer' },
  });
  expect(document.security).toEqual([{ token: [] }]);

  const operations = Object.values(document.paths ?? {}).flatMap((item) =>
    Object.values(item ?? {}).filter((part) => typeof part === 'object' && 'operationId' in part),
  ) as OpenAPI.OperationObject[];
  expect(operations.map((operation) => operation.operationId).sort()).toEqual(
    procedures({ ...contract, simple: simpleContract }).sort(),
  );
  for (const { summary, tags, responses } of operations) {
    expect(summary).toBeTruthy();
    expect(tags).toHaveLength(1);
    expect(Object.keys(responses ?? {})).toEqual(
      expect.arrayContaining(['200', '400', '401', '403', '413', '422', '429', '500']),
    );
  }
  const start = document.paths?.['/api/chains/{chain}/start']?.post;
  expect(JSON.stringify(start?.responses?.['409'])).toContain('PORT_TAKEN');
  expect(start?.responses?.['409']).toMatchObject({
    description: expect.stringContaining('PORT_TAKEN'),
  });
});

test('references in the description lead somewhere', async () => {
  const host = await aHost();
  const { text } = await ask(host, '/api/openapi.json', { headers: bearer(host) });
  const document = JSON.parse(text);
  const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1] ?? '');
  expect(references.length).toBeGreaterThan(0);
  for (const reference of new Set(references)) {
    const target = reference
      .split('/')
      .reduce((at, key) => at?.[key.replaceAll('~1', '/')], document);
    expect(target, reference).toBeTruthy();
  }
});

test('the reference page and its files come from this host alone', async () => {
  const host = await aHost();
  const headers = bearer(host);
  const page = await ask(host, '/api/docs', { headers });
  expect(page.status).toBe(200);
  expect(page.text).not.toMatch(/https?:\/\//);
  const files = [...page.text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1] ?? '');
  expect(files).toHaveLength(3);
  for (const file of files) {
    const answer = await ask(host, file, { headers });
    expect([file, answer.status]).toEqual([file, 200]);
    expect(answer.headers['content-type']).toMatch(/javascript|css/);
  }
  expect((await ask(host, '/api/docs/../../package.json', { headers })).status).toBe(404);
  expect((await ask(host, '/api/docs')).status).toBe(401);
});
