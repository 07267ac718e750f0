package io.gleaner.export;

import io.gleaner.job.FaultCode;
import io.gleaner.job.Page;
import io.gleaner.job.PageContent;
import io.gleaner.store.StoredPage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pages for tests. */
public final class Samples {

    public static final Instant FETCHED = Instant.parse("2026-01-02T03:04:05Z");

    private Samples() {}

    public static Page.Content content(String url, @Nullable Map<String, String> metadata) {
        return new Page.Content(
                url,
                url,
                200,
                FETCHED,
                1,
                "text/html",
                new PageContent(
                        "# Page " + url,
                        null,
                        null,
                        null,
                        null,
                        List.of("https://a.example/"),
                        null,
                        metadata,
                        null));
    }

    public static StoredPage page(long seq, String url) {
        return new StoredPage(seq, content(url, Map.of("title", "Page " + seq)));
    }

    public static StoredPage fault(long seq, String url, FaultCode code, @Nullable Integer status) {
        return new StoredPage(
                seq, new Page.Fault(url, code, "told by the test", status, FETCHED, 2, 3));
    }
}
