package io.gleaner.app;

import io.gleaner.api.port.MapAnswer;
import io.gleaner.api.port.MapQuery;
import io.gleaner.api.port.SiteMapper;
import io.gleaner.fetch.FetchOutcome;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.FaultCode;
import io.gleaner.job.FetchSpec;
import io.gleaner.worker.SiteMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Answers maps with this process's worker steps. */
final class LocalMapper implements SiteMapper {

    private final SiteMap siteMap;

    LocalMapper(SiteMap siteMap) {
        this.siteMap = siteMap;
    }

    @Override
    public MapAnswer map(MapQuery query) throws InterruptedException {
        var crawl =
                new CrawlSpec(
                        query.url(),
                        CrawlSpec.LIMIT_MAX,
                        1,
                        List.of(),
                        List.of(),
                        query.sitemap(),
                        query.subdomains(),
                        false,
                        query.ignoreQuery());
        var mapped = siteMap.map(crawl, new FetchSpec(Map.of(), query.timeout(), true));
        if (mapped.urls().isEmpty()) {
            return noAnswer(mapped.page());
        }
        String search = query.search() == null ? "" : query.search().toLowerCase(Locale.ROOT);
        return new MapAnswer.Mapped(
                mapped.urls().stream()
                        .filter(url -> url.toLowerCase(Locale.ROOT).contains(search))
                        .limit(query.limit())
                        .toList());
    }

    private static MapAnswer noAnswer(FetchOutcome page) {
        return switch (page) {
            case FetchOutcome.Fetched fetched -> new MapAnswer.Mapped(List.of());
            case FetchOutcome.Throttled throttled ->
                    new MapAnswer.NoAnswer(FaultCode.THROTTLED, throttled.detail());
            case FetchOutcome.Refused(var code, var detail, var status) ->
                    new MapAnswer.NoAnswer(code, detail);
            case FetchOutcome.Failed(var code, var detail, var status) ->
                    new MapAnswer.NoAnswer(code, detail);
        };
    }
}
