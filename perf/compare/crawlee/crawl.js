// The Crawlee side: every page of one host, its title and its body as Markdown, into a dataset on disk.
// Settings are Crawlee's own except those that make the comparison fair: 16 requests at once, one retry,
// and each link of a page once, as in the Scrapy spider.
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
  async requestHandler({ request, response, $, contentType }) {
    // A dead link's page of its own is none to the others.
    if (response.statusCode !== 200 || !['text/html', 'application/xhtml+xml'].includes(contentType.type)) {
      return;
    }
    const links = linksOf($, request.loadedUrl);
    $('script, style').remove();
    await Dataset.pushData({
      url: request.url,
      title: $('title').text(),
      markdown: turndown.turndown($('body').html() ?? ''),
    });
    urls.push(request.url);
    last = performance.now();
    await crawler.addRequests(links);
  },
  failedRequestHandler() {},
});

/** Each link of a page to its own host once, without fragment: enqueueLinks would take each of thousands apart. */
function linksOf($, base) {
  const links = new Set();
  $('a[href]').each((_, a) => {
    const href = $(a).attr('href').trim();
    const link = URL.canParse(href, base) ? new URL(href, base) : null;
    if (link?.host === host) {
      link.hash = '';
      links.add(link.href);
    }
  });
  return [...links];
}

await crawler.run([url]);
writeFileSync(statsFile, JSON.stringify({ urls, seconds: (last - first) / 1000 }));
