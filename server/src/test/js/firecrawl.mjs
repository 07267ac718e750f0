// Every flow of the official SDK against a running Gleaner, in one process, all at once where they do not meet.
// usage: node firecrawl.mjs API SITE [KEY]   prints one line a flow; exit code 1 when any failed
import assert from "node:assert/strict";
import { WebSocket } from "undici";
import Firecrawl, { SdkError } from "@mendable/firecrawl-js";

// Node has one since 22. The SDK's class of v1 looks nowhere else.
globalThis.WebSocket ??= WebSocket;

const [api, site, key = "unused"] = process.argv.slice(2);
const client = new Firecrawl({ apiUrl: api, apiKey: key });
const v1 = client.v1;
const page = (path) => site + path;

async function fails(promise, status, code, text) {
    const error = await promise.then(
        (value) => assert.fail("no error but " + JSON.stringify(value).slice(0, 300)),
        (e) => e,
    );
    assert.ok(error instanceof SdkError, String(error));
    assert.equal(error.status, status, error.message);
    if (code) assert.equal(error.code, code, error.message);
    if (text) assert.match(error.message, text);
}

async function ended(id) {
    for (let i = 0; i < 300; i++) {
        const job = await client.getCrawlStatus(id);
        if (job.status !== "scraping") return job;
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.fail("the job does not end");
}

const urls = (job) => job.data.map((document) => document.metadata.sourceURL).sort();

async function watched(watcher) {
    const documents = [];
    watcher.on("document", (document) => documents.push(document));
    const done = new Promise((resolve) => watcher.on("done", resolve));
    await watcher.start();
    return { documents, done: await done };
}

const flows = {
    async "a scrape has what was asked for"() {
        const document = await client.scrape(page("/about.html"), {
            formats: ["markdown", "html", "rawHtml", "links", "images",
                { type: "attributes", selectors: [{ selector: "a", attribute: "href" }] }],
            onlyMainContent: false,
        });
        assert.match(document.markdown, /# About/);
        assert.match(document.html, /<h1>About<\/h1>/);
        assert.match(document.rawHtml, /<title>About<\/title>/);
        assert.deepEqual(document.links, [page("/news/one.html")]);
        assert.deepEqual(document.images, []);
        assert.deepEqual(document.attributes, [
            { selector: "a", attribute: "href", values: [page("/news/one.html")] }]);
        assert.equal(document.metadata.title, "About");
        assert.equal(document.metadata.language, "en");
        assert.equal(document.metadata.statusCode, 200);
        assert.equal(document.metadata.sourceURL, page("/about.html"));
        assert.equal(document.metadata.cacheState, "miss");
        assert.match(document.metadata.scrapeId, /^[0-9a-f-]{36}$/);
        assert.equal(document.warning, undefined);
    },

    async "what is not honoured is named"() {
        const document = await client.scrape(page("/about.html"), {
            location: { country: "DE" }, skipTlsVerification: true, minAge: 0, fastMode: false,
        });
        assert.match(document.warning, /not honoured.*: location, skipTlsVerification$/);
    },

    async "actions are done, and pictures are where the document says"() {
        const document = await client.scrape(page("/about.html"), {
            formats: ["markdown", { type: "screenshot", fullPage: true, quality: 40, viewport: { width: 800, height: 600 } }],
            actions: [{ type: "wait", milliseconds: 5 }, { type: "executeJavascript", script: "6 * 7" },
                { type: "screenshot" }, { type: "scrape" }],
            mobile: true, blockAds: true, timeout: 120000,
        });
        assert.match(document.markdown, /# About/);
        assert.equal(document.warning, undefined);
        assert.equal(document.actions.javascriptReturns[0].value, 42);
        assert.equal(document.actions.scrapes[0].url, page("/about.html"));
        assert.match(document.actions.scrapes[0].html, /<h1>About<\/h1>/);
        for (const [url, type] of [[document.screenshot, "image/jpeg"], [document.actions.screenshots[0], "image/png"]]) {
            const picture = await fetch(url);
            assert.equal(picture.headers.get("content-type"), type);
            assert.ok((await picture.arrayBuffer()).byteLength > 500);
        }
    },

    async "a page that is not there says so in its metadata"() {
        const document = await client.scrape(page("/missing.html"));
        assert.equal(document.metadata.statusCode, 404);
        assert.ok(document.metadata.error);
    },

    async "every class of error is an SdkError"() {
        await fails(client.scrape("not a url"), 400, "BAD_REQUEST", /url/);
        await fails(client.scrape("http://does-not-exist.invalid/"), 200, "SCRAPE_DNS_RESOLUTION_ERROR");
        await fails(client.scrape(page("/x"), { formats: ["summary"] }), 400, "BAD_REQUEST", /no model/);
        await fails(client.scrape(page("/x"), { nonsense: 1 }), 400, "BAD_REQUEST", /nonsense/);
        await fails(client.scrape(page("/private/x")), 403, "SCRAPE_ROBOTS_DISALLOWED");
        await fails(client.scrape(page("/stalled"), { timeout: 1000 }), 408, "SCRAPE_TIMEOUT");
        await fails(client.getCrawlStatus("no-uuid"), 400, "BAD_REQUEST");
        await fails(client.getCrawlStatus("00000000-0000-7000-8000-000000000000"), 404, "UNKNOWN_JOB", /Job not found/);
        await fails(client.search("anything"), 404, "UNKNOWN_PATH", /index of the web/);
        await fails(client.startExtract({ urls: [page("/")], prompt: "x" }), 404, "UNKNOWN_PATH", /model/);
        await fails(client.startCrawl(page("/"), { prompt: "only the docs" }), 400, "BAD_REQUEST", /model/);
    },

    async "a crawl is waited for"() {
        const job = await client.crawl(page("/site/7"), { crawlEntireDomain: true, sitemap: "skip", pollInterval: 1, limit: 20 });
        assert.equal(job.status, "completed");
        assert.equal(job.data.length, 8);
        assert.equal(job.total, 8);
        assert.equal(job.completed, 8);
        assert.equal(new Set(urls(job)).size, 8);
    },

    async "a crawl stays below its path unless told otherwise"() {
        const { id } = await client.startCrawl(page("/news/one.html"), { sitemap: "skip" });
        assert.deepEqual(urls(await ended(id)), [page("/news/one.html")]);
    },

    async "a crawl takes limits, depths and expressions"() {
        const { id, url } = await client.startCrawl(page("/site/40"), {
            crawlEntireDomain: true, limit: 12, maxDiscoveryDepth: 5, sitemap: "skip",
            includePaths: ["^/graph/40/"], excludePaths: ["/graph/40/3$"], ignoreQueryParameters: true,
            scrapeOptions: { formats: ["links"] }, delay: null,
        });
        assert.equal(url, api + "/v2/crawl/" + id);
        const job = await ended(id);
        assert.equal(job.data.length, 12);
        assert.ok(!urls(job).includes(page("/graph/40/3")));
        assert.equal(job.data[0].markdown, undefined);
        assert.ok(Array.isArray(job.data[0].links));
    },

    async "pages come piece by piece, and each once"() {
        const { id } = await client.startCrawl(page("/site/230"), { crawlEntireDomain: true, sitemap: "skip" });
        const job = await ended(id);
        assert.equal(new Set(urls(job)).size, 231);
        assert.equal(job.data.length, 231);
        assert.equal(job.next, null);
        const piece = await client.getCrawlStatus(id, { autoPaginate: false });
        assert.equal(piece.data.length, 100);
        assert.ok(piece.next.startsWith(api + "/v2/crawl/" + id + "?"));
        const capped = await client.getCrawlStatus(id, { maxPages: 1 });
        assert.equal(capped.data.length, 200);
        const results = await client.getCrawlStatus(id, { maxResults: 150 });
        assert.equal(results.data.length, 150);
    },

    async "a watcher hears each document once"() {
        const { id } = await client.startCrawl(page("/site/30"), { crawlEntireDomain: true, sitemap: "skip" });
        const { documents, done } = await watched(client.watcher(id, { kind: "crawl", pollInterval: 1, timeout: 60 }));
        assert.equal(done.status, "completed");
        assert.equal(new Set(documents.map((it) => it.metadata.sourceURL)).size, 31);
        assert.equal(documents.length, 31);
    },

    async "a watcher of an ended batch hears all of it"() {
        const list = Array.from({ length: 25 }, (_, i) => page("/graph/60/" + i));
        const batch = await client.batchScrape(list, { options: { formats: ["markdown"] }, pollInterval: 1 });
        assert.equal(batch.status, "completed");
        assert.deepEqual(urls(batch), list.toSorted());
        const { documents } = await watched(client.watcher(batch.id ?? batch.jobId, { kind: "batch", pollInterval: 1 }));
        assert.equal(documents.length, 25);
    },

    async "a batch leaves out what is no URL, and says so"() {
        const batch = await client.startBatchScrape([page("/about.html"), "nonsense", page("/missing.html")], {
            ignoreInvalidURLs: true, maxConcurrency: 2, options: { formats: ["markdown"] },
            idempotencyKey: "5f0c5a52-0f5b-4c68-9a5c-4b7b5a6f0a11",
        });
        assert.deepEqual(batch.invalidURLs, ["nonsense"]);
        const job = await ended(batch.id);
        assert.deepEqual(urls(job), [page("/about.html")]);
        const { errors, robotsBlocked } = await client.getBatchScrapeErrors(batch.id);
        assert.equal(errors.length, 1);
        assert.equal(errors[0].url, page("/missing.html"));
        assert.equal(errors[0].code, "SCRAPE_HTTP_CLIENT_ERROR");
        assert.deepEqual(robotsBlocked, []);
        await fails(client.startBatchScrape([page("/")], { appendToId: batch.id }), 400, "BAD_REQUEST");
    },

    async "what robots.txt forbids is told apart"() {
        const { id } = await client.startBatchScrape([page("/private/a"), page("/about.html")]);
        await ended(id);
        const { errors, robotsBlocked } = await client.getBatchScrapeErrors(id);
        assert.deepEqual(robotsBlocked, [page("/private/a")]);
        assert.deepEqual(errors, []);
    },

    async "a crawl that runs is active, and can be cancelled once"() {
        const { id } = await client.startCrawl(page("/stalled"), { sitemap: "skip", scrapeOptions: { timeout: 300000 } });
        const { crawls } = await client.getActiveCrawls();
        const mine = crawls.find((crawl) => crawl.id === id);
        assert.equal(mine.url, page("/stalled"));
        const queue = await client.getQueueStatus();
        assert.ok(queue.jobsInQueue >= 1);
        const { concurrency, maxConcurrency } = await client.getConcurrency();
        assert.ok(concurrency >= 1 && maxConcurrency >= 1);
        assert.equal(await client.cancelCrawl(id), true);
        assert.equal((await client.getCrawlStatus(id)).status, "cancelled");
        assert.ok(!(await client.getActiveCrawls()).crawls.some((crawl) => crawl.id === id));
    },

    async "an ended crawl is not cancelled"() {
        const { id } = await client.startCrawl(page("/about.html"), { limit: 1 });
        await ended(id);
        await fails(client.cancelCrawl(id), 409, "JOB_ENDED", /already completed/);
        assert.deepEqual(await client.getCrawlErrors(id), { errors: [], robotsBlocked: [] });
    },

    async "a site is mapped"() {
        const { links } = await client.map(page("/"), { limit: 3, includeSubdomains: false });
        assert.equal(links.length, 3);
        assert.ok(links.every((link) => link.url.startsWith(site)));
        const found = await client.map(page("/"), { search: "about", sitemap: "skip" });
        assert.deepEqual(found.links.map((link) => link.url), [page("/about.html")]);
    },

    async "credits and tokens do not end"() {
        assert.ok((await client.getCreditUsage()).remainingCredits > 1e6);
        assert.ok((await client.getTokenUsage()).remainingTokens > 1e6);
    },

    async "v1: scrape, map, crawl, batch, errors, cancel"() {
        const document = await v1.scrapeUrl(page("/about.html"), { formats: ["markdown"] });
        assert.ok(document.success);
        assert.match(document.markdown, /# About/);
        const mapped = await v1.mapUrl(page("/"), { limit: 2 });
        assert.equal(mapped.links.length, 2);
        assert.equal(typeof mapped.links[0], "string");
        const crawl = await v1.crawlUrl(page("/site/5"), { allowBackwardLinks: true, ignoreSitemap: true, maxDepth: 9 }, 1);
        assert.equal(crawl.status, "completed");
        assert.equal(crawl.data.length, 6);
        const batch = await v1.batchScrapeUrls([page("/about.html"), page("/news/one.html")], { formats: ["markdown"] }, 1);
        assert.equal(batch.data.length, 2);
        const started = await v1.asyncCrawlUrl(page("/stalled"), { scrapeOptions: { timeout: 300000 } });
        assert.deepEqual(await v1.checkCrawlErrors(started.id), { errors: [], robotsBlocked: [] });
        assert.equal((await v1.checkCrawlStatus(started.id)).status, "scraping");
        assert.equal((await v1.cancelCrawl(started.id)).status, "cancelled");
        await assert.rejects(v1.scrapeUrl("nonsense", {}), /url/);
        assert.ok((await v1.checkTokenUsage?.()) ?? true);
    },

    async "v1: a watcher hears each document once"() {
        const watcher = await v1.crawlUrlAndWatch(page("/site/9"), { allowBackwardLinks: true, ignoreSitemap: true });
        const documents = [];
        watcher.addEventListener("document", (event) => documents.push(event.detail));
        await new Promise((resolve, reject) => {
            watcher.addEventListener("done", resolve);
            watcher.addEventListener("error", (event) => reject(new Error(JSON.stringify(event.detail))));
        });
        assert.equal(new Set(documents.map((it) => it.metadata.sourceURL)).size, 10);
        assert.equal(documents.length, 10);
    },
};

let failed = 0;
await Promise.all(
    Object.entries(flows).map(async ([name, flow]) => {
        const began = Date.now();
        try {
            await flow();
            console.log(`ok ${name} (${Date.now() - began} ms)`);
        } catch (error) {
            failed++;
            console.log(`FAILED ${name}: ${error.stack}`);
        }
    }),
);
process.exit(failed ? 1 : 0);
