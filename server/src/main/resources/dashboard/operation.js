// What an operator looks at: the whole installation, whoever's jobs they are.
import { html } from './preact.js';
import { json } from './server.js';
import { Heading, Table, Trouble, number, size, time, useLoaded } from './parts.js';
import { Chart } from './chart.js';

export function Operation() {
  const { value, error } = useLoaded((signal) => json('/admin/overview', { signal }), [], 5000);
  const keys = useLoaded((signal) => json('/admin/keys', { signal }), []);
  return html`
    <${Heading}>Operation<//>
    ${error?.status === 403 ? html`<p>This is for operators: it takes a key with the scope admin.</p>` : html`<${Trouble} error=${error} />`}
    ${value && html`
      <dl class="figures">
        <div><dt>Tasks queued</dt><dd>${number(value.backlog)}</dd></div>
        <div><dt>Hosts that are due</dt><dd>${value.hostsWaiting >= 1000 ? '1,000 or more' : number(value.hostsWaiting)}</dd></div>
        <div><dt>Longest overdue</dt><dd>${Math.round(value.overdueSeconds)} s</dd></div>
        <div><dt>Workers</dt><dd>${value.workers.length}</dd></div>
      </dl>
      <h2>The last hours of this process</h2>
      <${History} steps=${value.history} />
      <h2>Workers</h2>
      <${Table} caption="Workers" heads=${['Worker', 'Hosts in hand', 'Heartbeat', 'Started']}>
        ${value.workers.map((one) => html`<tr key=${one.id}><th scope="row">${one.id}</th><td class="n">${number(one.hosts)}</td><td>${time(one.heartbeatAt)}</td><td>${time(one.startedAt)}</td></tr>`)}
      <//>
      <h2>Host queues</h2>
      <${Table} caption="Host queues with the most tasks" heads=${['Host', 'Tasks', 'Now', 'Not before', 'Failures in a row']}>
        ${value.hosts.map((one) => html`<tr key=${one.name}><th scope="row">${one.name}</th><td class="n">${number(one.backlog)}</td><td>${one.leased ? 'served' : one.waitReason ?? 'waits for a worker'}</td><td>${time(one.notBefore)}</td><td class="n">${one.failures}</td></tr>`)}
      <//>
      <h2>Caches of this process</h2>
      <${Table} caption="Caches" heads=${['Cache', 'Size', 'Hits', 'Requests', 'Hit ratio']}>
        ${Object.entries(value.caches).map(([name, cache]) => html`<${Cache} key=${name} name=${name} cache=${cache} />`)}
      <//>`}
    ${keys.value && html`<h2>Keys and tenants</h2>
      ${keys.value.keys.length === 0 && html`<p>There are no keys: whoever is on this machine may do everything. <code>gleaner keys create</code> makes one.</p>`}
      <${Table} caption="Keys" heads=${['Key', 'Tenant', 'Begins with', 'Scopes', 'A minute', 'Made', 'Revoked']}>
        ${keys.value.keys.map((one) => html`<tr key=${one.id}><th scope="row">${one.name}</th><td>${one.tenant}</td><td><code>${one.hint}</code></td><td>${one.scopes.join(', ')}</td><td class="n">${one.perMinute ?? 'any'}</td><td>${time(one.createdAt)}</td><td>${time(one.revokedAt)}</td></tr>`)}
      <//>`}`;
}

function History({ steps }) {
  const times = steps.map((step) => Date.parse(step.at) / 1000);
  const of = (name) => steps.map((step) => step[name]);
  return html`<div class="charts">
    <${Chart} title="Throughput a second" times=${times} series=${[{ label: 'pages', values: of('pagesPerSecond') }, { label: 'requests', values: of('requestsPerSecond') }]} />
    <${Chart} title="Latency, milliseconds" times=${times} series=${[{ label: 'fetch', values: of('fetchMillis') }, { label: 'answer', values: of('requestMillis') }]} />
  </div>`;
}

function Cache({ name, cache }) {
  const all = Object.entries(cache.requests).filter(([outcome]) => outcome.startsWith('l1'));
  const total = all.reduce((sum, [, n]) => sum + n, 0);
  const hits = all.filter(([outcome]) => outcome.endsWith(' hit')).reduce((sum, [, n]) => sum + n, 0);
  return html`<tr><th scope="row">${name}</th><td class="n">${size(cache.bytes)}</td><td class="n">${number(hits)}</td><td class="n">${number(total)}</td><td class="n">${total ? `${Math.round((100 * hits) / total)} %` : ''}</td></tr>`;
}
