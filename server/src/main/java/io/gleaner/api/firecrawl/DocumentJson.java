package io.gleaner.api.firecrawl;

import io.gleaner.api.jobs.JobView;
import io.gleaner.api.wire.Json;
import io.gleaner.job.CacheState;
import io.gleaner.job.FieldSpec;
import io.gleaner.job.Job;
import io.gleaner.job.JobKind;
import io.gleaner.job.Page;
import io.gleaner.job.PageContent;
import io.gleaner.job.rendering.ActionResult;
import io.gleaner.job.rendering.Attachment;
import io.gleaner.job.rendering.Rendering;
import io.gleaner.store.Pages;
import io.gleaner.store.StoredAttachment;
import io.gleaner.store.StoredPage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Writes pages as documents, straight to the stream. */
final class DocumentJson {

    private final JsonGenerator out;
    private final Job job;
    private final Origin origin;
    private final Pages pages;

    /**
     * @param origin where the caller reached this server, for the address of a screenshot
     */
    DocumentJson(JsonGenerator out, Job job, Origin origin, Pages pages) {
        this.out = out;
        this.job = job;
        this.origin = origin;
        this.pages = pages;
    }

    /**
     * @param warning what was not honoured, or null
     */
    void write(StoredPage stored, @Nullable String warning) {
        out.writeStartObject();
        switch (stored.page()) {
            case Page.Content page -> content(stored.seq(), page);
            // The site answered, and that is what a caller who asked for one page is told.
            case Page.Fault _ -> out.writeStringProperty("markdown", "");
        }
        if (warning != null) {
            out.writeStringProperty("warning", warning);
        }
        out.writeObjectPropertyStart("metadata");
        metadata(stored);
        out.writeEndObject();
        out.writeEndObject();
    }

    private void content(long seq, Page.Content page) {
        PageContent content = page.content();
        text("markdown", content.markdown());
        text("html", content.html());
        text("rawHtml", content.rawHtml());
        texts("links", content.links());
        texts("images", content.images());
        Rendering rendering = page.rendering();
        if (rendering != null) {
            if (rendering.attachment(Attachment.SCREENSHOT).isPresent()) {
                out.writeStringProperty("screenshot", address(seq, Attachment.SCREENSHOT));
            }
            if (!rendering.actions().isEmpty()) {
                actions(seq, rendering.actions());
            }
        }
        if (content.fields() != null && !job.spec().content().fields().isEmpty()) {
            attributes(content.fields());
        }
    }

    private String address(long seq, String attachment) {
        return origin.url("%s/pages/%d/%s".formatted(JobView.path(job.id()), seq, attachment));
    }

    private void actions(long seq, List<ActionResult> done) {
        out.writeObjectPropertyStart("actions");
        addresses("screenshots", "screenshot", seq, done);
        addresses("pdfs", "pdf", seq, done);
        out.writeArrayPropertyStart("scrapes");
        for (int i = 0; i < done.size(); i++) {
            if (done.get(i).type().equals("scrape")) {
                out.writeStartObject();
                out.writeStringProperty("url", done.get(i).url());
                out.writeStringProperty("html", read(seq, i));
                out.writeEndObject();
            }
        }
        out.writeEndArray();
        out.writeArrayPropertyStart("javascriptReturns");
        for (int i = 0; i < done.size(); i++) {
            if (done.get(i).type().equals("executeJavascript")) {
                returned(read(seq, i));
            }
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private void addresses(String name, String type, long seq, List<ActionResult> done) {
        out.writeArrayPropertyStart(name);
        for (int i = 0; i < done.size(); i++) {
            if (done.get(i).type().equals(type)) {
                out.writeString(address(seq, Attachment.ofAction(i)));
            }
        }
        out.writeEndArray();
    }

    private void returned(String json) {
        out.writeStartObject();
        JsonNode value =
                json.isEmpty()
                        ? null
                        : Json.tree(
                                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        out.writeStringProperty("type", type(value));
        out.writeName("value");
        out.writeRawValue(json.isEmpty() ? "null" : json);
        out.writeEndObject();
    }

    private static String type(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return "undefined";
        }
        return value.isString()
                ? "string"
                : value.isNumber() ? "number" : value.isBoolean() ? "boolean" : "object";
    }

    /** What an action came to, or nothing when that is too long to be in a document. */
    private String read(long seq, int index) {
        var found = pages.attachment(job.id(), seq, Attachment.ofAction(index));
        if (found.isEmpty() || found.get().bytes() > StoredAttachment.PART_BYTES) {
            return "";
        }
        var bytes = new ByteArrayOutputStream();
        try {
            found.get().writeTo(bytes);
        } catch (IOException e) {
            return ""; // Retention took the job meanwhile.
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void attributes(Map<String, @Nullable Object> found) {
        out.writeArrayPropertyStart("attributes");
        job.spec().content().fields().forEach((name, field) -> attribute(field, found.get(name)));
        out.writeEndArray();
    }

    private void attribute(FieldSpec field, @Nullable Object found) {
        if (field.css() == null || field.attribute() == null) {
            return; // Of a job that was not submitted here.
        }
        out.writeStartObject();
        out.writeStringProperty("selector", field.css());
        out.writeStringProperty("attribute", field.attribute());
        out.writeArrayPropertyStart("values");
        if (found instanceof List<?> values) {
            values.forEach(value -> out.writeString(String.valueOf(value)));
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private void metadata(StoredPage stored) {
        switch (stored.page()) {
            case Page.Content page -> {
                Map<String, String> found = page.content().metadata();
                if (found != null) {
                    found.forEach(out::writeStringProperty);
                }
                common(stored, page.finalUrl(), page.status());
                out.writeStringProperty("contentType", page.contentType());
                boolean fetched = page.cacheState() == CacheState.MISS;
                out.writeStringProperty("cacheState", fetched ? "miss" : "hit");
                if (!fetched) {
                    out.writeStringProperty("cachedAt", page.fetchedAt().toString());
                }
            }
            case Page.Fault page -> {
                common(stored, page.url(), page.status());
                out.writeStringProperty("error", page.detail());
                out.writeStringProperty("cacheState", "miss");
            }
        }
        out.writeStringProperty("proxyUsed", "basic");
        out.writeNumberProperty("creditsUsed", 1);
    }

    private void common(StoredPage stored, String url, @Nullable Integer status) {
        out.writeStringProperty("sourceURL", stored.page().url());
        out.writeStringProperty("url", url);
        if (status != null) {
            out.writeNumberProperty("statusCode", status.intValue());
        }
        out.writeStringProperty("scrapeId", scrapeId(job, stored.seq()).toString());
    }

    /** The same for the same page, whoever asks, and however often. */
    static UUID scrapeId(Job job, long seq) {
        return job.spec().kind() == JobKind.SCRAPE
                ? job.id()
                : UUID.nameUUIDFromBytes(
                        (job.id() + "/" + seq).getBytes(StandardCharsets.US_ASCII));
    }

    private void text(String name, @Nullable String text) {
        if (text != null) {
            out.writeStringProperty(name, text);
        }
    }

    private void texts(String name, @Nullable List<String> texts) {
        if (texts != null) {
            out.writeArrayPropertyStart(name);
            texts.forEach(out::writeString);
            out.writeEndArray();
        }
    }
}
