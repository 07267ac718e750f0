// The reference client lists and calls every tool, over HTTP and over stdio.
// usage: node mcp.mjs API SITE BIG_JOB BROWSER [COMMAND...]   COMMAND speaks the protocol on stdio
import assert from "node:assert/strict";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";

const [api, site, big, browser, ...command] = process.argv.slice(2);
const TOOLS = ["cancel", "crawl", "crawl_pages", "crawl_status", "map", "scrape", "screenshot"];

async function call(client, name, args) {
    return client.callTool({ name, arguments: args });
}

async function refused(client, name, args, text) {
    const answer = await call(client, name, args);
    assert.equal(answer.isError, true, JSON.stringify(answer).slice(0, 300));
    assert.match(answer.content[0].text, text);
}

async function everyTool(client) {
    const { tools } = await client.listTools();
    assert.deepEqual(tools.map((tool) => tool.name).sort(), TOOLS);
    assert.ok(tools.every((tool) => tool.description && tool.inputSchema.type === "object"));

    const page = await call(client, "scrape", { url: site + "/about.html" });
    assert.match(page.content[0].text, /# About/);
    const mapped = await call(client, "map", { url: site + "/", limit: 3 });
    assert.equal(mapped.structuredContent.links.length, 3);

    const started = await call(client, "crawl", { url: site + "/site/12", sitemap: "skip", limit: 30 });
    const id = started.structuredContent.id;
    let status;
    do status = await call(client, "crawl_status", { id, wait: "10s" });
    while (status.structuredContent.state === "running");
    assert.equal(status.structuredContent.done, 13);
    assert.equal((await walk(client, id)).length, 13);

    const stalled = await call(client, "crawl", { url: site + "/stalled", sitemap: "skip" });
    const cancelled = await call(client, "cancel", { id: stalled.structuredContent.id });
    assert.equal(cancelled.structuredContent.state, "cancelled");

    await refused(client, "scrape", {}, /url is missing; accepted: an absolute http or https URL/);
    await refused(client, "scrape", { url: "nonsense" }, /url: /);
    await refused(client, "scrape", { url: site + "/x", depth: 1 }, /depth is not known; accepted: url, /);
    await refused(client, "scrape", { url: site + "/missing.html" }, /404/);
    await refused(client, "crawl", { url: site + "/", limit: "many" }, /limit is many; accepted: a whole number/);
    await refused(client, "crawl_status", { id: "7" }, /id is 7; accepted: a UUID/);
    await refused(client, "crawl_pages", { id: "00000000-0000-7000-8000-000000000000" }, /no job has the id/);
    await refused(client, "cancel", {}, /id is missing/);
    await assert.rejects(call(client, "dance", {}), /dance is no tool; accepted: scrape, map/);

    if (browser === "yes") {
        const picture = await call(client, "screenshot", { url: site + "/about.html", type: "jpeg", quality: 50 });
        assert.equal(picture.content[0].mimeType, "image/jpeg");
        assert.ok(Buffer.from(picture.content[0].data, "base64").length > 1000);
    } else {
        await refused(client, "screenshot", { url: site + "/about.html" }, /browser/);
    }
}

async function walk(client, id) {
    const seen = [];
    let next = { cursor: 0, offset: 0 };
    while (next) {
        const answer = await call(client, "crawl_pages", { id, limit: 100, ...next });
        assert.ok(answer.content[0].text.length < 45000);
        for (const [, seq] of answer.content[0].text.matchAll(/^\[page (\d+), [^\n]*$/gm)) seen.push(Number(seq));
        next = answer.structuredContent.next;
    }
    return seen;
}

async function over(transport, flow) {
    const client = new Client({ name: "gleaner-test", version: "1" });
    await client.connect(transport);
    await flow(client);
    await client.close();
}

const http = () => new StreamableHTTPClientTransport(new URL(api + "/mcp"));
await over(http(), everyTool);
console.log("ok every tool over HTTP");

if (big !== "none") {
    await over(http(), async (client) => {
        const seen = await walk(client, big);
        assert.deepEqual(seen, Array.from({ length: seen.length }, (_, i) => i + 1));
        console.log(`ok walked ${seen.length} pages`);
    });
}

const foreign = await fetch(api + "/mcp", {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: "https://evil.example" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" }),
});
assert.equal(foreign.status, 403);
assert.equal((await fetch(api + "/mcp")).status, 405);
console.log("ok a foreign origin is refused");

if (command.length) {
    await over(new StdioClientTransport({ command: command[0], args: command.slice(1), stderr: "inherit" }), everyTool);
    console.log("ok every tool over stdio");
}
process.exit(0);
