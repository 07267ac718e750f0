// pg-boss: preload by insert(), then loops of fetch() and complete() with arrays, which know no polling interval.
import PgBoss from "pg-boss";
import pg from "pg";
import { batches, print } from "./jobs.js";

const LOOPS = 4;
const FETCH = 500;
const [jobs, hosts, limit] = process.argv.slice(2).map(Number);
const connectionString = process.env.DATABASE_URL;
const boss = new PgBoss({ connectionString, max: LOOPS * 2, supervise: false, schedule: false });
boss.on("error", (e) => { throw e; });
await boss.start();
await boss.createQueue("tasks");
for (const batch of batches(jobs, hosts)) {
  await boss.insert(batch.map((data) => ({ name: "tasks", data })));
}
const client = new pg.Client({ connectionString });
await client.connect();
await client.query("VACUUM ANALYZE");

const began = performance.now();
const deadline = began + limit * 1000;
await Promise.all(Array.from({ length: LOOPS }, async () => {
  while (performance.now() < deadline) {
    const fetched = await boss.fetch("tasks", { batchSize: FETCH, priority: false });
    if (fetched.length === 0) return;
    await boss.complete("tasks", fetched.map((job) => job.id));
  }
}));
const seconds = (performance.now() - began) / 1000;
const { rows } = await client.query("SELECT count(*)::int AS n FROM pgboss.job WHERE state = 'completed'");
print({ jobs: rows[0].n, seconds });
await client.end();
await boss.stop({ graceful: false });
process.exit(0);
