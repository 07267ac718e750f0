// Submits a job, and shows before what it would make of one page.
import { html, useRef, useState } from './preact.js';
import { json } from './server.js';
import { Field, Heading, Trouble } from './parts.js';
import { Content } from './job.js';

const FORMATS = ['markdown', 'html', 'rawHtml', 'text', 'links', 'metadata', 'chunks'];

export function Submit() {
  const [kind, setKind] = useState('crawl');
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState('');
  const [preview, setPreview] = useState(null);
  const form = useRef(null);
  const key = useRef(crypto.randomUUID());

  const read = () => {
    const data = new FormData(form.current);
    const text = (name) => data.get(name)?.trim() ?? '';
    const tags = text('tags').split(/[\s,]+/).filter(Boolean);
    const options = { formats: data.getAll('formats'), render: text('render') };
    if (options.render === 'never') delete options.render;
    return {
      first: kind === 'crawl' ? text('url') : text('urls').split('\n')[0].trim(),
      options,
      body: {
        ...options,
        ...(text('name') && { name: text('name') }),
        ...(tags.length && { tags }),
        ...(kind === 'crawl'
          ? { crawl: { url: text('url'), limit: Number(text('limit')), maxDepth: Number(text('maxDepth')) } }
          : { urls: text('urls').split('\n').map((url) => url.trim()).filter(Boolean) }),
      },
    };
  };
  const during = async (what, work) => {
    setBusy(what);
    setError(null);
    try { await work(); } catch (e) { setError(e); } finally { setBusy(''); }
  };
  const look = () => form.current.reportValidity() && during('preview', async () => {
    const { first, options } = read();
    setPreview(null);
    const formats = [...new Set([...options.formats, 'markdown', 'metadata'])];
    setPreview((await json('/api/scrape', { method: 'POST', body: { ...options, formats, url: first } })));
  });
  const submit = (event) => {
    event.preventDefault();
    return during('submit', async () => {
      const job = await json('/api/jobs', { method: 'POST', body: read().body, headers: { 'Idempotency-Key': key.current } });
      location.hash = `#/jobs/${job.id}`;
    });
  };
  // Another body is another wish.
  const changed = () => { key.current = crypto.randomUUID(); };
  return html`
    <${Heading}>Submit a job<//>
    <form ref=${form} class="submit" onSubmit=${submit} onChange=${changed}>
      <fieldset><legend>What</legend>
        <label><input type="radio" name="kind" checked=${kind === 'crawl'} onChange=${() => setKind('crawl')} /> a site</label>
        <label><input type="radio" name="kind" checked=${kind === 'urls'} onChange=${() => setKind('urls')} /> a list of URLs</label>
      </fieldset>
      ${kind === 'crawl'
        ? html`<${Field} label="Start page"><input name="url" type="url" required placeholder="https://a.example/" /><//>
          <div class="row"><${Field} label="Most pages"><input name="limit" type="number" min="1" max="1000000" defaultValue="100" required /><//>
          <${Field} label="Most links deep"><input name="maxDepth" type="number" min="0" max="1000" defaultValue="10" required /><//></div>`
        : html`<${Field} label="URLs, one a line"><textarea name="urls" rows="6" required></textarea><//>`}
      <div class="row"><${Field} label="Name" hint="By which you find it again."><input name="name" maxlength="200" /><//>
        <${Field} label="Tags" hint="Parted by blanks."><input name="tags" maxlength="600" /><//></div>
      <fieldset><legend>Formats</legend>${FORMATS.map((format) => html`<label><input type="checkbox" name="formats" value=${format} defaultChecked=${format === 'markdown' || format === 'metadata'} /> ${format}</label>`)}</fieldset>
      <${Field} label="In a browser"><select name="render"><option value="never">never</option><option value="auto">where a page needs it</option><option value="always">always</option></select><//>
      <p class="row"><button type="submit" class="first" disabled=${busy !== ''}>Submit</button>
        <button type="button" disabled=${busy !== ''} onClick=${look}>Preview one page</button>
        <span role="status">${busy === 'preview' ? 'The page is fetched …' : ''}</span></p>
    </form>
    <${Trouble} error=${error} />
    ${preview && html`<h2>Preview</h2><p class="url">${preview.url}${preview.metadata?.title ? ` - ${preview.metadata.title}` : ''}</p><${Content} page=${preview} />`}`;
}
