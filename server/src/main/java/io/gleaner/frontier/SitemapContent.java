package io.gleaner.frontier;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sitemap lists. A broken one lists what came before the break.
 *
 * @param urls of pages, as written, at most {@value Sitemaps#ENTRIES_MAX}
 * @param children further sitemaps, absolute http or https, at most {@value Sitemaps#ENTRIES_MAX}
 * @param problem why there is nothing or not everything, one clause for people, or null
 */
public record SitemapContent(List<String> urls, List<URI> children, @Nullable String problem) {

    public SitemapContent {
        urls = List.copyOf(urls);
        children = List.copyOf(children);
    }

    static SitemapContent nothing(String problem) {
        return new SitemapContent(List.of(), List.of(), problem);
    }
}
