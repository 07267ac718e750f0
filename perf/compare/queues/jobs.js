// The jobs of both peers: a URL each, over as many logical hosts as Gleaner has.

export const BATCH = 1000;

export function* batches(jobs, hosts) {
  for (let from = 0; from < jobs; from += BATCH) {
    yield Array.from({ length: Math.min(BATCH, jobs - from) }, (_, i) => {
      const host = `h${(from + i) % hosts}.example`;
      return { host, url: `https://${host}/p/${from + i}` };
    });
  }
}

export function print(figures) {
  process.stdout.write(JSON.stringify(figures) + "\n");
}
