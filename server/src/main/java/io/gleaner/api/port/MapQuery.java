package io.gleaner.api.port;

import io.gleaner.job.SitemapMode;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which URLs of which site.
 *
 * @param url any page of the site, normalised
 * @param sitemap where the URLs come from: links and sitemaps, links only, sitemaps only
 * @param subdomains every host under the registrable domain
 * @param ignoreQuery URLs that differ only in the query are one
 * @param search only URLs that contain this text, any case; null for all
 * @param limit most URLs to answer
 * @param timeout the whole of it
 */
public record MapQuery(
        URI url,
        SitemapMode sitemap,
        boolean subdomains,
        boolean ignoreQuery,
        @Nullable String search,
        int limit,
        Duration timeout) {}
