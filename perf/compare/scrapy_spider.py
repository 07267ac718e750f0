"""A plain Scrapy spider: every page of one host, its title and text, as JSON lines.

Settings are Scrapy's own except those that make the comparison fair: no robots.txt, no delay, 16
requests at once. Run by ./compare; by hand:

    scrapy runspider scrapy_spider.py -a url=http://127.0.0.1:8000/index.html -O pages.jsonl
"""

import json
import time
from urllib.parse import urldefrag, urlsplit

import scrapy
from scrapy import signals
from scrapy.http import HtmlResponse


class SiteSpider(scrapy.Spider):
    name = "site"
    custom_settings = {
        "ROBOTSTXT_OBEY": False,
        "CONCURRENT_REQUESTS": 16,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
        "DOWNLOAD_DELAY": 0,
        "AUTOTHROTTLE_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "LOG_LEVEL": "ERROR",
    }

    def __init__(self, url, stats_file="", **kwargs):
        super().__init__(**kwargs)
        self.start_urls = [url]
        self.host = urlsplit(url).netloc
        self.stats_file = stats_file
        self.first_request = None
        self.last_page = None
        self.pages = 0

    @classmethod
    def from_crawler(cls, crawler, *args, **kwargs):
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.on_request, signals.request_reached_downloader)
        crawler.signals.connect(spider.on_page, signals.item_scraped)
        crawler.signals.connect(spider.on_end, signals.spider_closed)
        return spider

    def on_request(self, request, spider):
        if self.first_request is None:
            self.first_request = time.monotonic()

    def on_page(self, item, response, spider):
        self.last_page = time.monotonic()
        self.pages += 1

    def on_end(self, spider, reason):
        if self.stats_file:
            seconds = (self.last_page or 0) - (self.first_request or 0)
            with open(self.stats_file, "w", encoding="utf-8") as out:
                json.dump({"pages": self.pages, "seconds": seconds, "reason": reason}, out)

    def parse(self, response):
        if not isinstance(response, HtmlResponse):
            return
        yield {
            "url": response.request.meta.get("redirect_urls", [response.url])[0],
            "title": response.xpath("//title/text()").get(),
            "text": " ".join(response.xpath("//body//text()").getall()),
        }
        # Each link of a page once: Scrapy would drop the others too, only later and at a higher price.
        links = {urldefrag(response.urljoin(a.strip())).url for a in response.xpath("//a/@href").getall()}
        for link in links:
            if urlsplit(link).netloc == self.host:
                yield scrapy.Request(link)
