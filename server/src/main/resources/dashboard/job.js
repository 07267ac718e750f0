// One job, and one page of it.
import { html, useEffect, useRef, useState } from './preact.js';
import { ask, follow, json, query } from './server.js';
import { Choice, Field, Heading, State, Steps, Table, Trouble, Typed, duration, many, number, time, useCursors, useLoaded, words } from './parts.js';
import { Chart } from './chart.js';
import { Markdown, address } from './markdown.js';

const SAMPLES_MAX = 600;

export function Job({ id }) {
  const [job, setJob] = useState(null);
  const [error, setError] = useState(null);
  const [samples, setSamples] = useState([]);
  useEffect(() => {
    const stop = new AbortController();
    follow(id, (now) => {
      setJob(now);
      const at = Date.parse(now.finishedAt ?? new Date().toISOString()) / 1000;
      setSamples((before) => [...(before.length ? before : [[Date.parse(now.createdAt) / 1000, 0, 0]]), [at, now.done, now.failed]].slice(-SAMPLES_MAX));
    }, stop.signal).catch((e) => { if (!stop.signal.aborted) setError(e); });
    return () => stop.abort();
  }, [id]);
  const faults = useLoaded((signal) => json(`/api/jobs/${id}/faults/counts`, { signal }), [id, job?.failed, job?.state]);
  const act = (work) => async () => {
    setError(null);
    try { await work(); } catch (e) { setError(e); }
  };
  const cancel = act(async () => setJob(await json(`/api/jobs/${id}`, { method: 'DELETE' })));
  const key = useRef(crypto.randomUUID());
  const rerun = act(async () => {
    const again = await json(`/api/jobs/${id}/rerun`, { method: 'POST', body: {}, headers: { 'Idempotency-Key': key.current } });
    location.hash = `#/jobs/${again.id}`;
  });
  return html`
    <p><a href="#/">All jobs</a></p>
    <${Heading}>${job?.name ?? `Job ${id}`}<//>
    <${Trouble} error=${error} />
    ${job && html`
      <p class="row"><${State} state=${job.state} /> <span>${job.kind}</span>${job.tags.map((tag) => html` <span class="tag">${tag}</span>`)}
        ${job.state === 'running' && html`<button type="button" onClick=${cancel}>Cancel</button>`}
        <button type="button" onClick=${rerun}>Run again</button></p>
      <p><progress class="wide" max=${Math.max(1, job.total)} value=${job.done} aria-label="Progress"></progress></p>
      <dl class="figures" aria-live="polite">
        <div><dt>Done</dt><dd>${number(job.done)} of ${number(job.total)}</dd></div>
        <div><dt>Failed</dt><dd>${number(job.failed)}</dd></div>
        <div><dt>Pages/s</dt><dd>${job.pagesPerSecond ?? '-'}</dd></div>
        <div><dt>Time left</dt><dd>${duration(job.eta) || '-'}</dd></div>
        <div><dt>From cache</dt><dd>${number(job.fromCache)}</dd></div>
        <div><dt>Rendered</dt><dd>${number(job.rendered)}</dd></div>
        <div><dt>Submitted</dt><dd>${time(job.createdAt)}</dd></div>
        <div><dt>Ended</dt><dd>${time(job.finishedAt) || '-'}</dd></div>
      </dl>
      ${samples.length > 1 && html`<${Chart} title="Timeline" times=${samples.map((one) => one[0])}
        series=${[{ label: 'done', values: samples.map((one) => one[1]) }, { label: 'failed', values: samples.map((one) => one[2]) }]} />`}
      ${job.waiting.length > 0 && html`<h2>Why hosts wait</h2>
        <${Table} caption="Hosts that wait" heads=${['Host', 'Why', 'Until', 'Tasks']}>
          ${job.waiting.map((host) => html`<tr key=${host.host}><th scope="row">${host.host}</th><td>${host.reason}</td><td>${time(host.until)}</td><td class="n">${host.backlog >= 100 ? '100 or more' : host.backlog}</td></tr>`)}
        <//>`}
      <${Faults} counts=${faults.value?.faults} />
      <${Pages} id=${id} done=${job.done} codes=${Object.keys(faults.value?.faults ?? {})} />`}`;
}

function Faults({ counts }) {
  const kinds = Object.entries(counts ?? {}).sort((a, b) => b[1] - a[1]);
  if (!kinds.length) return null;
  const most = kinds[0][1];
  return html`<h2>Faults by kind</h2>
    <ul class="bars">${kinds.map(([code, n]) => html`<li key=${code}><span>${words(code)}</span> <meter max=${most} value=${n} aria-label=${words(code)}></meter> <span class="n">${many(n)}</span></li>`)}</ul>`;
}

function Pages({ id, done, codes }) {
  const [filter, set] = useState({ outcome: '', fault: '', status: '', url: '', order: 'newest' });
  const causes = Object.values(filter);
  const cursors = useCursors(causes);
  const asked = { ...filter, order: filter.url ? '' : filter.order, brief: true, count: true, limit: 50, cursor: cursors.cursor };
  // A list that is looked at moves only while its first piece is shown.
  const { value, error } = useLoaded((signal) => json(query(`/api/jobs/${id}/pages`, asked), { signal }), [id, ...causes, cursors.cursor, cursors.at === 0 ? done : 0]);
  const change = (name) => (wanted) => set((before) => ({ ...before, [name]: wanted }));
  return html`<h2>Pages</h2>
    <form class="filters" role="search" aria-label="Filter pages" onSubmit=${(event) => event.preventDefault()}>
      <${Field} label="Outcome"><${Choice} value=${filter.outcome} options=${['', 'content', 'fault']} onChange=${change('outcome')} /><//>
      <${Field} label="Fault"><${Choice} value=${filter.fault} options=${['', ...codes]} onChange=${change('fault')} /><//>
      <${Field} label="Status"><${Typed} type="number" min="100" max="999" onTyped=${change('status')} /><//>
      <${Field} label="URL begins with"><${Typed} maxlength="8192" onTyped=${change('url')} /><//>
      <${Field} label="Order"><${Choice} value=${filter.order} options=${['newest', 'oldest']} onChange=${change('order')} /><//>
    </form>
    <${Trouble} error=${error} />
    ${value && html`
      <${Table} caption="Pages of the job" heads=${['No.', 'URL', 'Outcome', 'Status', 'Fetched']}>
        ${value.pages.map((page) => html`<tr key=${page.seq}><td class="n">${page.seq}</td>
          <th scope="row" class="url"><a href=${`#/jobs/${id}/pages/${page.seq}`}>${page.url}</a></th>
          <td>${page.fault ? html`<span class="state failed">${words(page.fault)}</span>` : 'content'}</td><td class="n">${page.status ?? ''}</td><td>${time(page.fetchedAt)}</td></tr>`)}
      <//>
      <${Steps} cursors=${cursors} next=${value.next} shown=${value.pages.length} count=${value.count} what="pages" />`}`;
}

export function Page({ id, seq }) {
  const { value, error } = useLoaded((signal) => json(`/api/jobs/${id}/pages?cursor=${seq - 1}&limit=1`, { signal }), [id, seq]);
  const page = value?.pages[0];
  return html`
    <p><a href=${`#/jobs/${id}`}>The job</a></p>
    <${Heading}>Page ${seq}<//>
    <${Trouble} error=${error} />
    ${value && !page && html`<p>The job has no page of this number.</p>`}
    ${page && html`
      <dl class="figures">
        <div class="long"><dt>URL</dt><dd class="url"><${Address} text=${page.url} /></dd></div>
        ${page.finalUrl && page.finalUrl !== page.url && html`<div class="long"><dt>Led to</dt><dd class="url"><${Address} text=${page.finalUrl} /></dd></div>`}
        <div><dt>Status</dt><dd>${page.status ?? '-'}</dd></div>
        <div><dt>Type</dt><dd>${page.contentType ?? '-'}</dd></div>
        <div><dt>Fetched</dt><dd>${time(page.fetchedAt)}</dd></div>
        ${page.renderedWhy && html`<div class="long"><dt>Rendered</dt><dd>${page.rendered ? 'yes' : 'no'}: ${page.renderedWhy}</dd></div>`}
        ${page.metadata?.title && html`<div class="long"><dt>Title</dt><dd>${page.metadata.title}</dd></div>`}
      </dl>
      ${page.fault && html`<p class="trouble"><strong>${words(page.fault.code)}</strong>: ${page.fault.detail} (${page.fault.attempts} attempts)</p>`}
      <${Content} page=${page} />
      ${page.screenshot && html`<${Screenshot} id=${id} seq=${seq} />`}`}`;
}

const Address = ({ text }) => (address(text) ? html`<a href=${address(text)} rel="noopener noreferrer nofollow" target="_blank">${text}</a>` : html`${text}`);

/** What was made of a page, beside what it was made of. */
export function Content({ page }) {
  const source = page.markdown ?? page.rawHtml ?? page.html ?? page.text;
  if (source === undefined) return null;
  return html`<div class="beside">
    ${page.markdown !== undefined && html`<section aria-labelledby="reading"><h2 id="reading">As it reads</h2><${Markdown} text=${page.markdown} /></section>`}
    <section aria-labelledby="source"><h2 id="source">Source</h2><pre class="source" tabindex="0" aria-labelledby="source">${(page.rawHtml ?? source).slice(0, 400000)}</pre></section>
  </div>`;
}

function Screenshot({ id, seq }) {
  const [shown, set] = useState(null);
  useEffect(() => {
    const stop = new AbortController();
    let made;
    ask(`/api/jobs/${id}/pages/${seq}/screenshot`, { signal: stop.signal })
      .then((answer) => answer.blob())
      .then((blob) => { made = URL.createObjectURL(blob); set(made); }, () => {});
    return () => { stop.abort(); if (made) URL.revokeObjectURL(made); };
  }, [id, seq]);
  return shown && html`<h2>Screenshot</h2><img class="shot" src=${shown} alt="The page as the browser showed it" />`;
}
