package io.gleaner.api;

import io.gleaner.api.port.UrlRules;
import io.gleaner.job.Candidate;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.CrawlSpec;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The port's contract in its simplest form: enough to see what the API makes of each refusal. */
public final class PlainRules implements UrlRules {

    @Override
    public Candidate candidate(String url, int depth, boolean ignoreQuery) {
        URI uri = URI.create(url.strip());
        if (uri.getHost() == null || !uri.getScheme().matches("https?")) {
            throw new IllegalArgumentException("not http or https");
        }
        String text = ignoreQuery ? uri.toString().replaceFirst("\\?.*", "") : uri.toString();
        String host = uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
        UUID key = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
        return new Candidate(text, host, key, depth);
    }

    @Override
    public void checkCrawl(CrawlSpec crawl) {
        Stream.concat(crawl.include().stream(), crawl.exclude().stream()).forEach(Pattern::compile);
    }

    @Override
    public Candidate seed(CrawlSpec crawl) {
        return candidate(crawl.url().toString(), 0, crawl.ignoreQuery());
    }

    @Override
    public Function<String, Optional<Candidate>> crawlUrls(CrawlSpec crawl) {
        return url -> Optional.of(candidate(url, 0, crawl.ignoreQuery()));
    }

    @Override
    public void checkContent(ContentSpec content) {
        checkSelectors("includeTags", content.includeTags());
        checkSelectors("excludeTags", content.excludeTags());
        content.fields()
                .forEach(
                        (name, field) ->
                                checkExpression(
                                        "fields." + name, field.css() + "" + field.xpath()));
    }

    @Override
    public void checkHeaders(Map<String, String> headers) {
        for (String name : headers.keySet()) {
            if (!name.matches("[A-Za-z-]+")) {
                throw new IllegalArgumentException(name + " is no header name");
            }
        }
        if (headers.size() > 2) {
            throw new IllegalArgumentException("headers must be at most two");
        }
    }

    @Override
    public Optional<String> refuseSecrets() {
        return Optional.empty();
    }

    @Override
    public Optional<String> refuseRender() {
        return Optional.of("there is no browser in this test");
    }

    @Override
    public Optional<String> refuseAddress(String url) {
        return url.contains("10.0.0.") ? Optional.of("10.0.0.0/8 is private") : Optional.empty();
    }

    private static void checkSelectors(String name, List<String> selectors) {
        for (int i = 0; i < selectors.size(); i++) {
            checkExpression(name + "[" + i + "]", selectors.get(i));
        }
    }

    private static void checkExpression(String name, String expression) {
        if (expression.contains("[[")) {
            throw new IllegalArgumentException(name + " must be readable: " + expression);
        }
    }
}
