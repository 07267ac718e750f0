package io.gleaner.export;

import io.gleaner.job.Change;
import io.gleaner.job.Chunk;
import io.gleaner.job.Page;
import io.gleaner.job.PageContent;
import io.gleaner.job.rendering.ActionResult;
import io.gleaner.job.rendering.Attachment;
import io.gleaner.job.rendering.Rendering;
import io.gleaner.store.StoredPage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes pages as JSON objects, straight to the stream. Parts that were not asked for are absent.
 */
public final class PageJson {

    private final JsonGenerator out;

    public PageJson(JsonGenerator out) {
        this.out = out;
    }

    public void write(StoredPage stored) {
        out.writeStartObject();
        out.writeNumberProperty("seq", stored.seq());
        switch (stored.page()) {
            case Page.Content page -> content(page);
            case Page.Fault page -> fault(page);
        }
        Change change = stored.change();
        if (change != null) {
            out.writeStringProperty("change", change.kind().wireName());
            text("diff", change.diff());
        }
        out.writeEndObject();
    }

    private void content(Page.Content page) {
        common(page, "content");
        out.writeStringProperty("finalUrl", page.finalUrl());
        out.writeNumberProperty("status", page.status());
        out.writeStringProperty("contentType", page.contentType());
        out.writeStringProperty("cacheState", page.cacheState().name().toLowerCase(Locale.ROOT));
        Rendering rendering = page.rendering();
        if (rendering != null) {
            out.writeBooleanProperty("rendered", rendering.rendered());
            out.writeStringProperty("renderedWhy", rendering.why());
            for (String name : List.of(Attachment.SCREENSHOT, Attachment.PDF)) {
                rendering
                        .attachment(name)
                        .ifPresent(made -> out.writeStringProperty(name, made.mediaType()));
            }
            actions(rendering.actions());
        }
        PageContent content = page.content();
        text("markdown", content.markdown());
        text("html", content.html());
        text("rawHtml", content.rawHtml());
        text("text", content.text());
        chunks(content.chunks());
        texts("links", content.links());
        texts("images", content.images());
        if (content.metadata() != null) {
            out.writeObjectPropertyStart("metadata");
            content.metadata().forEach(out::writeStringProperty);
            out.writeEndObject();
        }
        if (content.fields() != null) {
            fields(content.fields());
        }
    }

    private void actions(List<ActionResult> actions) {
        if (!actions.isEmpty()) {
            out.writeArrayPropertyStart("actions");
            for (ActionResult action : actions) {
                out.writeStartObject();
                out.writeStringProperty("type", action.type());
                out.writeNumberProperty("tookMillis", action.took().toMillis());
                out.writeStringProperty("url", action.url());
                text("mediaType", action.mediaType());
                out.writeEndObject();
            }
            out.writeEndArray();
        }
    }

    private void fault(Page.Fault page) {
        common(page, "fault");
        if (page.status() != null) {
            out.writeNumberProperty("status", page.status().intValue());
        }
        out.writeObjectPropertyStart("fault");
        out.writeStringProperty("code", page.code().name().toLowerCase(Locale.ROOT));
        out.writeStringProperty("detail", page.detail());
        out.writeNumberProperty("attempts", page.attempts());
        out.writeEndObject();
    }

    private void common(Page page, String outcome) {
        out.writeStringProperty("url", page.url());
        out.writeStringProperty("outcome", outcome);
        out.writeStringProperty("fetchedAt", page.fetchedAt().toString());
        out.writeNumberProperty("depth", page.depth());
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

    private void chunks(@Nullable List<Chunk> chunks) {
        if (chunks != null) {
            out.writeArrayPropertyStart("chunks");
            for (Chunk chunk : chunks) {
                out.writeStartObject();
                texts("headings", chunk.headings());
                out.writeStringProperty("markdown", chunk.markdown());
                out.writeEndObject();
            }
            out.writeEndArray();
        }
    }

    private void fields(Map<String, @Nullable Object> fields) {
        out.writeObjectPropertyStart("fields");
        fields.forEach(
                (name, value) -> {
                    out.writeName(name);
                    if (value instanceof List<?> values) {
                        out.writeStartArray();
                        values.forEach(item -> out.writeString(String.valueOf(item)));
                        out.writeEndArray();
                    } else if (value == null) {
                        out.writeNull();
                    } else {
                        out.writeString(value.toString());
                    }
                });
        out.writeEndObject();
    }
}
