package io.gleaner.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.gleaner.job.FaultCode;
import io.gleaner.job.Page;
import io.gleaner.job.PageContent;
import io.gleaner.store.StoredPage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** One line of {@code pages.ndjson}, in the shape of the HTTP API's page lines. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
    "seq",
    "url",
    "outcome",
    "finalUrl",
    "status",
    "fetchedAt",
    "depth",
    "contentType",
    "metadata",
    "markdown",
    "text",
    "links",
    "images",
    "fields",
    "html",
    "rawHtml",
    "fault"
})
record PageLine(
        long seq,
        String url,
        String outcome,
        @Nullable String finalUrl,
        @Nullable Integer status,
        Instant fetchedAt,
        int depth,
        @Nullable String contentType,
        @Nullable Map<String, String> metadata,
        @Nullable String markdown,
        @Nullable String text,
        @Nullable List<String> links,
        @Nullable List<String> images,
        @Nullable Map<String, @Nullable Object> fields,
        @Nullable String html,
        @Nullable String rawHtml,
        @Nullable Fault fault) {

    static final String CONTENT = "content";
    static final String FAULT = "fault";

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Why there is no page. */
    record Fault(FaultCode code, String detail, int attempts) {}

    static PageLine of(StoredPage stored) {
        return switch (stored.page()) {
            case Page.Content page -> content(stored.seq(), page);
            case Page.Fault fault -> fault(stored.seq(), fault);
        };
    }

    private static PageLine content(long seq, Page.Content page) {
        PageContent content = page.content();
        return new PageLine(
                seq,
                page.url(),
                CONTENT,
                page.finalUrl(),
                page.status(),
                page.fetchedAt(),
                page.depth(),
                page.contentType(),
                content.metadata(),
                content.markdown(),
                content.text(),
                content.links(),
                content.images(),
                content.fields(),
                content.html(),
                content.rawHtml(),
                null);
    }

    private static PageLine fault(long seq, Page.Fault fault) {
        return new PageLine(
                seq,
                fault.url(),
                FAULT,
                null,
                fault.status(),
                fault.fetchedAt(),
                fault.depth(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new Fault(fault.code(), fault.detail(), fault.attempts()));
    }

    byte[] json() {
        return JSON.writeValueAsBytes(this);
    }
}
