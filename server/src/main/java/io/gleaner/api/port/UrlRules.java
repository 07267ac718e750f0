package io.gleaner.api.port;

import io.gleaner.job.Candidate;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.CrawlSpec;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What can be refused before anything is stored. The checks throw {@link IllegalArgumentException}
 * with a message that says what is wrong and what is accepted.
 */
public interface UrlRules {

    /** Normalises a URL and finds its host queue. */
    Candidate candidate(String url, int depth, boolean ignoreQuery);

    /** Checks the seed and the regular expressions. */
    void checkCrawl(CrawlSpec crawl);

    /** The start page of a crawl, as the crawl knows it. */
    Candidate seed(CrawlSpec crawl);

    /** How a crawl knows URLs: at depth 0, or empty for those that are outside of it. */
    Function<String, Optional<Candidate>> crawlUrls(CrawlSpec crawl);

    /** Checks the selectors and XPath expressions. */
    void checkContent(ContentSpec content);

    /** Checks names and values of request headers. */
    void checkHeaders(Map<String, String> headers);

    /** Why nothing secret can be kept, with the cure; empty when it can. */
    Optional<String> refuseSecrets();

    /** Why nothing can be rendered, with the cure; empty when it can. */
    Optional<String> refuseRender();

    /** Why the address guard refuses this URL, as far as that is known without resolving names. */
    Optional<String> refuseAddress(String url);
}
