// Talks to the API. The key is entered once, kept for this tab, and sent as a header: never in a URL.
const KEY = 'gleaner-key';

export const key = () => sessionStorage.getItem(KEY);
export const setKey = (value) => (value ? sessionStorage.setItem(KEY, value) : sessionStorage.removeItem(KEY));

/** An answer that is none of those hoped for: what the problem says, for people. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? `the server answered ${status}`);
    this.status = status;
    this.code = problem?.code;
  }
}

let needsKey = () => {};
export const onKeyNeeded = (listener) => { needsKey = listener; };

export async function ask(path, { method = 'GET', body, headers = {}, signal } = {}) {
  const all = { ...headers };
  if (key()) all.Authorization = `Bearer ${key()}`;
  if (body !== undefined) all['Content-Type'] = 'application/json';
  const answer = await fetch(path, {
    method, headers: all, signal, cache: 'no-store', credentials: 'omit',
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (answer.ok || answer.status === 304) return answer;
  const problem = await answer.json().catch(() => null);
  if (answer.status === 401) needsKey(key() ? 'This key is not accepted.' : '');
  throw new Refusal(answer.status, problem);
}

export const json = async (path, options) => (await ask(path, options)).json();

/** The path with those parameters that have a value. */
export function query(path, parameters) {
  const known = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== '' && value !== null && value !== undefined && value !== false) known.set(name, value);
  }
  const text = known.toString();
  return text ? `${path}?${text}` : path;
}

/** Tells of a job whenever it has changed, until it has ended or the signal says so: long polls. */
export async function follow(id, tell, signal) {
  let etag;
  while (!signal.aborted) {
    const headers = etag ? { 'If-None-Match': etag } : {};
    const answer = await ask(`/api/jobs/${id}${etag ? '?wait=20s' : ''}`, { headers, signal });
    if (answer.status === 200) {
      etag = answer.headers.get('ETag');
      const job = await answer.json();
      tell(job);
      if (job.state !== 'running') return;
    }
    await pause(700, signal);
  }
}

export const pause = (ms, signal) => new Promise((done) => {
  const timer = setTimeout(done, ms);
  signal?.addEventListener('abort', () => { clearTimeout(timer); done(); });
});
