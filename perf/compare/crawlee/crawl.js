// The Crawlee side: every page of one host, its title and its body as Markdown, into a dataset on disk.
// Settings are Crawlee's own except those that make the comparison fair: 16 requests at once, no waits, no
// retries' delay, requests and pages in memory and on disk as Crawlee does by default.
//
//     node crawl.js URL STATS_FILE LIMIT     (CRAWLEE_STORAGE_DIR says where the dataset goes)

import { writeFileSync } from 'node:fs';
import { CheerioCrawler, Configuration, Dataset, log, LogLevel } from '@crawlee/cheerio';
import TurndownService from 'turndown';

const [url, statsFile, limit] = process.argv.slice(2);
const host = new URL(url).host;
const turndown = new TurndownService({ headingStyle: 'atx', codeBlockStyle: 'fenced' });
const urls = [];
let first;
let last;

log.setLevel(LogLevel.ERROR);
Configuration.getGlobalConfig().set('purgeOnStart', true);

const crawler = new CheerioCrawler({
  minConcurrency: 16,
  maxConcurrency: 16,
  maxRequestsPerCrawl: Number(limit),
  maxRequestRetries: 1,
  additionalMimeTypes: ['*/*'],
  preNavigationHooks: [() => { first ??= performance.now(); }],
  async requestHandler({ request, $, contentType, enqueueLinks }) {
    if (!['text/html', 'application/xhtml+xml'].includes(contentType.type)) {
      return;
    }
    $('script, style').remove();
    await Dataset.pushData({
      url: request.url,
      title: $('title').text(),
      markdown: turndown.turndown($('body').html() ?? ''),
    });
    urls.push(request.url);
    last = performance.now();
    await enqueueLinks({ strategy: 'same-hostname', transformRequestFunction: sameHost });
  },
  failedRequestHandler() {},
});

/** Same port too, as for the others; the fragment does not make another page. */
function sameHost(request) {
  return new URL(request.url).host === host ? request : false;
}

await crawler.run([url]);
writeFileSync(statsFile, JSON.stringify({ urls, seconds: (last - first) / 1000 }));
