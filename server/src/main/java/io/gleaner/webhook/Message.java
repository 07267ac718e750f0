package io.gleaner.webhook;

import io.gleaner.export.PageJson;
import io.gleaner.job.Job;
import io.gleaner.job.JobKind;
import io.gleaner.job.Page;
import io.gleaner.job.PageContent;
import io.gleaner.job.WebhookEvent;
import io.gleaner.job.WebhookPayload;
import io.gleaner.store.StoredPage;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** One event as JSON, in the shape that the job asked for. */
final class Message {

    /** A page of more characters is told without what is in it: it is read at the API. */
    static final long PAGE_CHARS_MAX = 1_000_000;

    private static final JsonMapper JSON = JsonMapper.shared();

    private Message() {}

    /** The same for the same event, however often it is sent. */
    static String id(Job job, long position) {
        return "msg_%s_%d".formatted(job.id(), position);
    }

    /**
     * @param page what a page event tells of; null for the others
     */
    static byte[] of(Job job, WebhookEvent event, @Nullable StoredPage page, Instant now) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            if (webhookPayload(job) == WebhookPayload.FIRECRAWL) {
                firecrawl(out, job, event, page);
            } else {
                standard(out, job, event, page, now);
            }
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static WebhookPayload webhookPayload(Job job) {
        var webhook = job.spec().webhook();
        return webhook == null ? WebhookPayload.STANDARD : webhook.payload();
    }

    private static void standard(
            JsonGenerator out,
            Job job,
            WebhookEvent event,
            @Nullable StoredPage page,
            Instant now) {
        out.writeStringProperty("type", "job." + event.wireName());
        out.writeStringProperty("timestamp", now.toString());
        out.writeObjectPropertyStart("data");
        out.writeStringProperty("job", job.id().toString());
        if (page == null) {
            out.writeStringProperty("state", job.state().name().toLowerCase(Locale.ROOT));
            out.writeNumberProperty("total", job.total());
            out.writeNumberProperty("done", job.done());
            out.writeNumberProperty("failed", job.failed());
        } else {
            out.writeName("page");
            StoredPage told = bounded(page);
            new PageJson(out).write(told);
            out.writeBooleanProperty("contentLeftOut", !told.equals(page));
        }
        out.writeEndObject();
    }

    private static void firecrawl(
            JsonGenerator out, Job job, WebhookEvent event, @Nullable StoredPage page) {
        String family = job.spec().kind() == JobKind.CRAWL ? "crawl." : "batch_scrape.";
        boolean fault = page != null && page.page() instanceof Page.Fault;
        out.writeBooleanProperty("success", !fault && event != WebhookEvent.FAILED);
        out.writeStringProperty("type", family + event.wireName());
        out.writeStringProperty("id", job.id().toString());
        out.writeStringProperty("webhookId", job.id().toString());
        out.writeArrayPropertyStart("data");
        if (page != null && bounded(page).page() instanceof Page.Content content) {
            document(out, job, content);
        }
        out.writeEndArray();
        if (page != null && page.page() instanceof Page.Fault failed) {
            out.writeStringProperty("error", failed.url() + ": " + failed.detail());
        }
        out.writeObjectPropertyStart("metadata");
        out.writeEndObject();
    }

    private static void document(JsonGenerator out, Job job, Page.Content page) {
        PageContent content = page.content();
        out.writeStartObject();
        text(out, "markdown", content.markdown());
        text(out, "html", content.html());
        text(out, "rawHtml", content.rawHtml());
        if (content.links() != null) {
            out.writeArrayPropertyStart("links");
            content.links().forEach(out::writeString);
            out.writeEndArray();
        }
        out.writeObjectPropertyStart("metadata");
        if (content.metadata() != null) {
            content.metadata().forEach(out::writeStringProperty);
        }
        out.writeStringProperty("sourceURL", page.url());
        out.writeStringProperty("url", page.finalUrl());
        out.writeNumberProperty("statusCode", page.status());
        out.writeStringProperty("contentType", page.contentType());
        out.writeStringProperty("scrapeId", job.id().toString());
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void text(JsonGenerator out, String name, @Nullable String text) {
        if (text != null) {
            out.writeStringProperty(name, text);
        }
    }

    private static StoredPage bounded(StoredPage stored) {
        if (!(stored.page() instanceof Page.Content page)
                || page.content().chars() <= PAGE_CHARS_MAX) {
            return stored;
        }
        var nothing = new PageContent(null, null, null, null, null, null, null, null, null);
        return new StoredPage(
                stored.seq(),
                new Page.Content(
                        page.url(),
                        page.finalUrl(),
                        page.status(),
                        page.fetchedAt(),
                        page.depth(),
                        page.contentType(),
                        nothing,
                        page.cacheState(),
                        page.rendering(),
                        List.of()));
    }
}
