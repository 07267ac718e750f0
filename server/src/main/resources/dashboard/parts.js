// What several views are made of.
import { html, useEffect, useRef, useState } from './preact.js';
import { pause } from './server.js';

export const number = (value) => (value ?? 0).toLocaleString('en');
export const many = (value) => (value >= 10000 ? '10,000 or more' : number(value));
export const time = (value) => (value ? new Date(value).toLocaleString() : '');
export const size = (value) => (value >= 1048576 ? `${(value / 1048576).toFixed(1)} MB` : `${Math.round(value / 1024)} KB`);
export const words = (code) => code.replaceAll('_', ' ');

/** An ISO 8601 duration as people say it. */
export function duration(text) {
  const found = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(text ?? '');
  if (!found) return '';
  const [, hours, minutes, seconds] = found;
  if (hours) return `${hours} h ${minutes ?? 0} min`;
  return minutes ? `${minutes} min ${Math.round(seconds ?? 0)} s` : `${Math.round(seconds ?? 0)} s`;
}

/** A heading that is told when its view opens. */
export function Heading({ children }) {
  const at = useRef(null);
  useEffect(() => { at.current?.focus(); document.title = `${at.current?.textContent} - Gleaner`; }, []);
  return html`<h1 ref=${at} tabindex="-1">${children}</h1>`;
}

export const Trouble = ({ error }) => (error ? html`<p class="trouble" role="alert">${error.message}</p>` : null);

export const State = ({ state }) => html`<span class=${`state ${state}`}>${state}</span>`;

/** A table that scrolls by itself where it is too wide. */
export const Table = ({ caption, heads, children }) => html`
  <div class="scroll" role="region" aria-label=${caption} tabindex="0">
    <table>
      <caption>${caption}</caption>
      <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
      <tbody>${children}</tbody>
    </table>
  </div>`;

export const Field = ({ label, children, hint }) => html`
  <label class="field"><span>${label}</span>${children}${hint && html`<small>${hint}</small>`}</label>`;

export const Choice = ({ value, options, onChange }) => html`
  <select value=${value} onChange=${(event) => onChange(event.target.value)}>
    ${options.map((option) => html`<option value=${option}>${option === '' ? 'any' : words(option)}</option>`)}
  </select>`;

/** A field that tells what was typed once the typing rests. What is typed is the field's own: nothing that comes meanwhile undoes it. */
export function Typed({ onTyped, type = 'search', ...rest }) {
  const timer = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  const typed = ({ target }) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => target.checkValidity() && onTyped(target.value.trim()), 350);
  };
  return html`<input type=${type} ...${rest} onInput=${typed} />`;
}

/** What a load answers: once for each of its causes, and again after a while where that is given. */
export function useLoaded(load, causes, againMs) {
  const [state, set] = useState({});
  useEffect(() => {
    const stop = new AbortController();
    (async () => {
      do {
        if (!document.hidden || !againMs) {
          try {
            const value = await load(stop.signal);
            if (!stop.signal.aborted) set({ value });
          } catch (error) {
            if (!stop.signal.aborted) set((before) => ({ value: before.value, error }));
          }
        }
        if (againMs) await pause(againMs, stop.signal);
      } while (againMs && !stop.signal.aborted);
    })();
    return () => stop.abort();
  }, causes);
  return state;
}

/** Steps through a list of any length by its cursors; one piece of it is on the page. */
export function useCursors(causes) {
  const [before, set] = useState([]);
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) set([]);
    first.current = false;
  }, causes);
  return { cursor: before.at(-1), at: before.length, go: (next) => set([...before, next]), back: () => set(before.slice(0, -1)) };
}

export const Steps = ({ cursors, next, shown, count, what }) => html`
  <nav class="steps" aria-label=${`Pieces of the list of ${what}`}>
    <button type="button" disabled=${cursors.at === 0} onClick=${cursors.back}>Back</button>
    <button type="button" disabled=${next === null || next === undefined || shown === 0} onClick=${() => cursors.go(next)}>On</button>
    <span role="status">${count === undefined ? '' : `${many(count)} ${what}`}</span>
  </nav>`;
