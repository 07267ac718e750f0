package io.gleaner.app;

import io.gleaner.testing.RawResponse;
import io.gleaner.testing.RecordedRequest;
import io.gleaner.testing.TestSite;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** A graph of pages over four hosts: page i links to 2i+1, 2i+2 and i-1, wherever they are. */
final class SpreadSite implements AutoCloseable {

    /** Called with each request for a page, before the answer. */
    interface Visit {
        void to(int page) throws InterruptedException;
    }

    private static final int HOSTS = 4;

    private final List<TestSite> hosts =
            IntStream.rangeClosed(1, HOSTS).mapToObj(i -> TestSite.start("127.0.0." + i)).toList();
    private final int pages;
    private final Visit visit;

    SpreadSite(int pages, Visit visit) {
        this.pages = pages;
        this.visit = visit;
        hosts.forEach(host -> host.route("/page/*", this::answer));
    }

    String url(int page) {
        return hosts.get(page % HOSTS).url("/page/" + page).toString();
    }

    List<String> urls() {
        return IntStream.range(0, pages).mapToObj(this::url).toList();
    }

    int requests(int page) {
        return hosts.get(page % HOSTS).requests("/page/" + page);
    }

    /** A body that crawls all of it from its first page. */
    String crawl() {
        return """
        {"crawl": {"url": "%s", "maxDepth": 100, "external": true, "sitemap": "skip"}}
        """
                .formatted(url(0));
    }

    private void answer(RecordedRequest request, RawResponse out)
            throws IOException, InterruptedException {
        int page = request.number(1);
        visit.to(page);
        var links = new StringBuilder();
        for (int next : new int[] {2 * page + 1, 2 * page + 2, page - 1}) {
            if (next >= 0 && next < pages) {
                links.append("<a href='%s'>Page %d</a>\n".formatted(url(next), next));
            }
        }
        out.html(
                "<html><title>Page %1$d</title><body><main><h1>Page %1$d</h1>\n%2$s</main></body></html>"
                        .formatted(page, links));
    }

    @Override
    public void close() {
        hosts.forEach(TestSite::close);
    }
}
