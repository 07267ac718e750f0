// The shell: which view is shown, and the key where one is needed.
import { html, render, useEffect, useState } from './preact.js';
import { key, onKeyNeeded, setKey } from './server.js';
import { Field } from './parts.js';
import { Jobs } from './jobs.js';
import { Job, Page } from './job.js';
import { Submit } from './submit.js';
import { Operation } from './operation.js';

const VIEWS = [
  [/^#\/jobs\/([0-9a-f-]{36})\/pages\/(\d+)$/, ([id, seq]) => html`<${Page} key=${id + seq} id=${id} seq=${Number(seq)} />`, 'jobs'],
  [/^#\/jobs\/([0-9a-f-]{36})$/, ([id]) => html`<${Job} key=${id} id=${id} />`, 'jobs'],
  [/^#\/submit$/, () => html`<${Submit} />`, 'submit'],
  [/^#\/operation$/, () => html`<${Operation} />`, 'operation'],
  [/^/, () => html`<${Jobs} />`, 'jobs'],
];

function useHash() {
  const [hash, set] = useState(location.hash);
  useEffect(() => {
    const changed = () => set(location.hash);
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return hash;
}

function KeyForm({ why, done }) {
  const enter = (event) => {
    event.preventDefault();
    setKey(new FormData(event.target).get('key').trim());
    done();
  };
  return html`<main id="main"><h1>Gleaner</h1>
    <form class="submit" onSubmit=${enter}>
      ${why && html`<p class="trouble" role="alert">${why}</p>`}
      <${Field} label="Access key" hint="It is kept for this tab alone. The operator makes keys: gleaner keys create."><input name="key" type="password" autocomplete="off" required autofocus /><//>
      <p><button type="submit" class="first">Open</button></p>
    </form></main>`;
}

function App() {
  const hash = useHash();
  const [asked, setAsked] = useState(null);
  const [round, setRound] = useState(0);
  useEffect(() => onKeyNeeded((why) => setAsked(why)), []);
  if (asked !== null) {
    return html`<${KeyForm} why=${asked} done=${() => { setAsked(null); setRound(round + 1); }} />`;
  }
  const [pattern, view, part] = VIEWS.find(([one]) => one.test(hash));
  const link = (name, href, text) => html`<a href=${href} aria-current=${part === name ? 'page' : undefined}>${text}</a>`;
  return html`
    <a class="skip" href="#main" onClick=${(event) => { event.preventDefault(); document.querySelector('h1')?.focus(); }}>To the content</a>
    <header><nav aria-label="Parts of the dashboard"><strong>Gleaner</strong>
      ${link('jobs', '#/', 'Jobs')}${link('submit', '#/submit', 'Submit')}${link('operation', '#/operation', 'Operation')}</nav>
      ${key() && html`<button type="button" onClick=${() => { setKey(null); setAsked(''); }}>Forget the key</button>`}</header>
    <main id="main" key=${round}>${view(pattern.exec(hash).slice(1))}</main>`;
}

render(html`<${App} />`, document.getElementById('app'));
