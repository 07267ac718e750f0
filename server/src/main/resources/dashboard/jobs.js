// All jobs, as they go on.
import { html, useState } from './preact.js';
import { json, query } from './server.js';
import { Choice, Field, Heading, State, Steps, Table, Trouble, Typed, duration, number, time, useCursors, useLoaded } from './parts.js';

const NONE = { state: '', kind: '', name: '', tag: '', order: 'newest' };

export function Jobs() {
  const [filter, set] = useState(NONE);
  const causes = Object.values(filter);
  const cursors = useCursors(causes);
  const { value, error } = useLoaded(
    (signal) => json(query('/api/jobs', { ...filter, count: true, limit: 50, cursor: cursors.cursor }), { signal }),
    [...causes, cursors.cursor], 2000);
  const change = (name) => (wanted) => set((before) => ({ ...before, [name]: wanted }));
  return html`
    <${Heading}>Jobs<//>
    <form class="filters" role="search" aria-label="Filter jobs" onSubmit=${(event) => event.preventDefault()}>
      <${Field} label="State"><${Choice} value=${filter.state} options=${['', 'running', 'completed', 'failed', 'cancelled']} onChange=${change('state')} /><//>
      <${Field} label="Kind"><${Choice} value=${filter.kind} options=${['', 'crawl', 'urls', 'scrape']} onChange=${change('kind')} /><//>
      <${Field} label="Name"><${Typed} maxlength="200" onTyped=${change('name')} /><//>
      <${Field} label="Tag"><${Typed} maxlength="50" onTyped=${change('tag')} /><//>
      <${Field} label="Order"><${Choice} value=${filter.order} options=${['newest', 'oldest']} onChange=${change('order')} /><//>
    </form>
    <${Trouble} error=${error} />
    ${value && html`
      <${Table} caption="Jobs" heads=${['Job', 'State', 'Progress', 'Failed', 'Pages/s', 'Left', 'Submitted']}>
        ${value.jobs.map((job) => html`<tr key=${job.id}>
          <th scope="row"><a href=${`#/jobs/${job.id}`}>${job.name ?? job.id}</a> <small>${job.kind}${job.tags.map((tag) => html` <span class="tag">${tag}</span>`)}</small></th>
          <td><${State} state=${job.state} /></td>
          <td><progress max=${Math.max(1, job.total)} value=${job.done} aria-label=${`Progress of ${job.name ?? job.id}`}></progress> ${number(job.done)} of ${number(job.total)}</td>
          <td class="n">${number(job.failed)}</td>
          <td class="n">${job.pagesPerSecond ?? ''}</td>
          <td>${duration(job.eta)}</td>
          <td>${time(job.createdAt)}</td></tr>`)}
      <//>
      ${value.jobs.length === 0 && html`<p>No jobs here. <a href="#/submit">Submit one</a>.</p>`}
      <${Steps} cursors=${cursors} next=${value.next} shown=${value.jobs.length} count=${value.count} what="jobs" />`}`;
}
