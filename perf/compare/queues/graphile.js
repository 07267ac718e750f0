// graphile-worker: preload by addJobs(), then one runner with a local queue and batched completion.
import { Logger, makeWorkerUtils, run } from "graphile-worker";
import pg from "pg";
import { batches, print } from "./jobs.js";

const CONCURRENT = 24;
const LOCAL_QUEUE = 500;
const POLL_MILLIS = 20;
const [jobs, hosts, limit] = process.argv.slice(2, 5).map(Number);
const perHost = process.argv[5] === "per-host";
const connectionString = process.env.DATABASE_URL;
const logger = new Logger(() => (level, message) => { if (level === "error") console.error(message); });

const utils = await makeWorkerUtils({ connectionString, logger });
await utils.migrate();
for (const batch of batches(jobs, hosts)) {
  await utils.addJobs(batch.map((payload) => ({
    identifier: "task", payload, ...(perHost ? { queueName: payload.host } : {}),
  })));
}
await utils.release();
const client = new pg.Client({ connectionString });
await client.connect();
await client.query("VACUUM ANALYZE");
const left = async () => (await client.query("SELECT count(*)::int AS n FROM graphile_worker._private_jobs")).rows[0].n;

let handled = 0;
const began = performance.now();
const deadline = began + limit * 1000;
const runner = await run({
  logger,
  noHandleSignals: true,
  taskList: { task: async () => { handled++; } },
  preset: {
    worker: {
      connectionString,
      concurrentJobs: CONCURRENT,
      maxPoolSize: CONCURRENT,
      // Not with named queues: whether jobs fetched ahead keep their queue's order was not established.
      localQueue: { size: perHost ? -1 : LOCAL_QUEUE },
      completeJobBatchDelay: 0,
      failJobBatchDelay: 0,
    },
  },
});
const pause = () => new Promise((resolve) => setTimeout(resolve, POLL_MILLIS));
while (handled < jobs && performance.now() < deadline) await pause();
while ((await left()) > 0 && performance.now() < deadline) await pause();
const seconds = (performance.now() - began) / 1000;
print({ jobs: jobs - (await left()), seconds });
await client.end();
await runner.stop().catch(() => {});
process.exit(0);
