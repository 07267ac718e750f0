// Every flow of the dashboard in a real browser, at the width of a desk and of a phone.
// usage: node dashboard.mjs BROWSER URL SITE PICTURES [KEY]   prints one line a flow; exit code 1 when any failed
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [executablePath, url, site, pictures, key] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
mkdirSync(pictures, { recursive: true });

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const troubles = [];

async function open(width, colorScheme) {
    const context = await browser.newContext({ viewport: { width, height: width < 600 ? 844 : 900 }, colorScheme, reducedMotion: "reduce" });
    await context.addInitScript(() => {
        window.executed = [];
        addEventListener("securitypolicyviolation", (event) => console.error("CSP " + event.violatedDirective + " " + event.blockedURI));
    });
    const page = await context.newPage();
    page.on("console", (message) => message.type() === "error" && !/status of 4\d\d/.test(message.text()) && troubles.push(message.text()));
    page.on("pageerror", (error) => troubles.push(String(error)));
    page.on("dialog", (dialog) => { troubles.push("a dialog: " + dialog.message()); dialog.dismiss(); });
    // Whatever is asked of another host is one too many, and a key is in no URL.
    page.on("request", (request) => {
        if (!request.url().startsWith(url) && !request.url().startsWith("blob:")) troubles.push("asked " + request.url());
        if (key && request.url().includes(key)) troubles.push("the key is in " + request.url());
    });
    return page;
}

const wide = (page) => page.viewportSize().width > 600;

/** Looks at a view as axe-core does, and takes its picture. */
async function look(page, name) {
    // By the debugger's protocol, which the page's policy does not bind.
    await page.evaluate(axe);
    const found = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
    const bad = found.violations.filter((one) => ["serious", "critical"].includes(one.impact));
    assert.deepEqual(bad.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).slice(0, 3)}`), [], name);
    const fits = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    assert.ok(fits, `${name} is wider than the window`);
    await page.screenshot({ path: `${pictures}/${name}-${page.viewportSize().width}${key ? "-key" : ""}.png`, fullPage: false });
}

async function flows(page) {
    await page.goto(url + "/");
    if (key) {
        await page.getByLabel("Access key").fill("wrong");
        await page.getByRole("button", { name: "Open" }).click();
        await page.getByText("This key is not accepted.").waitFor();
        await look(page, "key");
        await page.getByLabel("Access key").fill(key);
        await page.keyboard.press("Enter");
    }
    await page.getByRole("heading", { name: "Jobs", level: 1 }).waitFor();

    // A job by the keyboard alone, with a preview before.
    await page.getByRole("link", { name: "Submit", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Submit a job" }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
    const name = `Shop of ${page.viewportSize().width} <b onclick=alert(1)>${key ? " by key" : ""}`;
    await page.getByLabel("a list of URLs").check();
    const list = ["hostile?<script>alert(1)</script>", "hostile", "missing", ...Array.from({ length: 60 }, (_, i) => `plain/${i}`)];
    await page.getByLabel("URLs, one a line").fill(list.map((path) => `${site}/${path}`).join("\n"));
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("Tags").fill("shop phone");
    await page.getByLabel("rawHtml").check();
    await page.getByRole("button", { name: "Preview one page" }).click();
    await page.getByRole("heading", { name: "As it reads" }).waitFor({ timeout: 60_000 });
    await look(page, "submit");
    // What is wrong is said in the server's words.
    await page.getByLabel("Tags").fill("a~b");
    await page.getByRole("button", { name: "Submit", exact: true }).click();
    await page.getByRole("alert").filter({ hasText: "tags[0]" }).waitFor();
    await page.getByLabel("Tags").fill("shop phone");
    await page.getByRole("button", { name: "Submit", exact: true }).focus();
    await page.keyboard.press("Enter");

    // The job as it goes on, to its end.
    await page.getByRole("heading", { name, level: 1 }).waitFor();
    await page.locator("p .state.completed").waitFor({ timeout: 60_000 });
    await page.getByText("63 of 63").waitFor();
    await page.getByRole("heading", { name: "Faults by kind" }).waitFor();
    await page.getByText("63 pages").waitFor();
    assert.equal(await page.getByRole("region", { name: "Pages of the job" }).locator("tbody tr").count(), 50);
    await look(page, "job");
    await page.getByRole("button", { name: "On", exact: true }).click();
    await page.waitForFunction(() => document.querySelectorAll('[aria-label="Pages of the job"] tbody tr').length === 13);
    await page.getByRole("button", { name: "Back", exact: true }).click();
    await page.getByRole("combobox", { name: "Fault", exact: true }).selectOption("http_client_error");
    await page.getByText("1 pages").waitFor();
    await page.getByRole("combobox", { name: "Fault", exact: true }).selectOption("");
    await page.getByLabel("URL begins with").fill(`${site}/hostile`);
    await page.keyboard.press("Enter");
    await page.getByText("2 pages").waitFor();

    // A hostile page: read, beside its source, and nothing of it is done.
    await page.getByRole("link", { name: "hostile" }).first().click();
    await page.getByRole("heading", { name: "As it reads" }).waitFor();
    await page.getByRole("heading", { name: "Source" }).waitFor();
    const links = await page.locator("main a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
    assert.ok(links.every((href) => /^(https?:|#\/)/.test(href)), links.join(" "));
    assert.equal(await page.locator("main img, main script, main iframe, main [onerror], main [onclick]").count(), 0);
    await look(page, "page");

    // The same work once more.
    await page.getByRole("link", { name: "The job" }).click();
    const first = page.url();
    await page.getByRole("button", { name: "Run again" }).click();
    await page.waitForFunction((before) => location.href !== before, first);
    await page.locator("p .state.completed").waitFor({ timeout: 60_000 });

    // All jobs, found by name, tag and state.
    await page.getByRole("link", { name: "All jobs" }).click();
    await page.getByRole("search").getByLabel("Name").fill(name.toUpperCase());
    await page.keyboard.press("Tab");
    await page.getByText("2 jobs").waitFor();
    await look(page, "jobs");
    await page.getByRole("combobox", { name: "State" }).selectOption("cancelled");
    await page.getByText("No jobs here.").waitFor();

    await page.getByRole("link", { name: "Operation" }).click();
    await page.getByRole("heading", { name: "Workers" }).waitFor();
    await page.getByRole("heading", { name: "Keys and tenants" }).waitFor();
    await page.locator(".chart canvas").nth(1).waitFor();
    await look(page, "operation");
}

/** A job that a browser rendered has its picture, beside the Markdown. */
async function screenshot(page) {
    const headers = { "Content-Type": "application/json", ...(key && { Authorization: `Bearer ${key}` }) };
    const answer = await fetch(url + "/api/jobs", { method: "POST", headers, body: JSON.stringify({ urls: [site + "/plain/1"], render: "always", screenshot: {}, formats: ["markdown"] }) });
    const job = await answer.json();
    await page.goto(`${url}/#/jobs/${job.id}`);
    await page.locator("p .state.completed").waitFor({ timeout: 90_000 });
    await page.goto(`${url}/#/jobs/${job.id}/pages/1`);
    await page.getByAltText("The page as the browser showed it").waitFor();
    await page.waitForFunction(() => document.querySelector("img.shot").naturalWidth > 0);
    await page.locator("img.shot").scrollIntoViewIfNeeded();
    await look(page, "screenshot");
}

/** A job can be cancelled while it runs, and why a host waits is said. */
async function waiting(page) {
    const headers = { "Content-Type": "application/json", ...(key && { Authorization: `Bearer ${key}` }) };
    const answer = await fetch(url + "/api/jobs", { method: "POST", headers, body: JSON.stringify({ urls: [site.replace("127.0.0.1", "127.0.0.5") + "/later", site.replace("127.0.0.1", "127.0.0.5") + "/later?2"], name: "waits" }) });
    const job = await answer.json();
    await page.goto(`${url}/#/jobs/${job.id}`);
    await page.getByRole("heading", { name: "Why hosts wait" }).waitFor({ timeout: 60_000 });
    await look(page, "waits");
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.locator("p .state.cancelled").waitFor();
}

for (const [width, colorScheme] of [[1280, "light"], [390, "dark"]]) {
    const page = await open(width, colorScheme);
    for (const flow of [flows, screenshot, waiting]) {
        if (flow !== flows && !wide(page)) continue;
        try {
            await flow(page);
        } catch (error) {
            await page.screenshot({ path: `${pictures}/failed-${width}.png` }).catch(() => {});
            console.log(`FAILED ${flow.name} at ${width}: ${error.stack}\nat ${page.url()}\n${troubles.join("\n")}`);
            process.exit(1);
        }
        console.log(`ok ${flow.name} at ${width}`);
    }
    await page.context().close();
}
await browser.close();
assert.deepEqual(troubles, [], "nothing but its own files is loaded, and nothing of a page is done");
console.log("ok nothing is executed");
