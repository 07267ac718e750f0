// An HTTP endpoint over pg-boss: POST {"urls": [one]} is answered with 202 after the job's commit.
//   node endpoint.js each|grouped PROCESSES      prints its port
import cluster from "node:cluster";
import { randomUUID } from "node:crypto";
import http from "node:http";
import PgBoss from "pg-boss";

const GROUP_MAX = 1000;
const CONNECTIONS = 20;
const [way, processes] = [process.argv[2], Number(process.argv[3])];

function newBoss() {
  const boss = new PgBoss({
    connectionString: process.env.DATABASE_URL,
    max: Math.floor(CONNECTIONS / processes), supervise: false, schedule: false,
  });
  boss.on("error", (e) => console.error(e));
  return boss;
}

/** One insert for all that arrived while the one before was under way. */
function grouped(boss) {
  let waiting = [];
  let busy = false;
  async function flush() {
    busy = true;
    while (waiting.length > 0) {
      const group = waiting.splice(0, GROUP_MAX);
      try {
        await boss.insert(group.map(({ job }) => job));
        for (const { job, resolve } of group) resolve(job.id);
      } catch (e) {
        for (const { reject } of group) reject(e);
      }
    }
    busy = false;
  }
  return (data) => new Promise((resolve, reject) => {
    waiting.push({ job: { id: randomUUID(), name: "tasks", data }, resolve, reject });
    if (!busy) flush();
  });
}

async function serve() {
  const boss = newBoss();
  await boss.start();
  await boss.createQueue("tasks");
  const submit = way === "grouped" ? grouped(boss) : (data) => boss.send("tasks", data);
  const server = http.createServer((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", async () => {
      try {
        const { urls } = JSON.parse(Buffer.concat(chunks).toString());
        const id = await submit({ url: new URL(urls[0]).href });
        response.writeHead(202, { "Content-Type": "application/json", Location: `/api/jobs/${id}` });
        response.end(JSON.stringify({ id, state: "running" }));
      } catch (e) {
        response.writeHead(500).end(String(e));
      }
    });
  });
  server.listen(0, "127.0.0.1", () => { if (processes === 1) console.log(server.address().port); });
}

if (processes === 1 || cluster.isWorker) {
  await serve();
} else {
  const boss = newBoss();
  await boss.start(); // the schema, once
  await boss.createQueue("tasks");
  await boss.stop({ graceful: false });
  let listening = 0;
  cluster.on("listening", (_, address) => { if (++listening === processes) console.log(address.port); });
  for (let i = 0; i < processes; i++) cluster.fork();
  process.on("SIGTERM", () => {
    for (const worker of Object.values(cluster.workers)) worker.process.kill();
    process.exit(0);
  });
}
