package io.gleaner.api.mcp;

import io.gleaner.api.wire.Json;
import io.gleaner.export.PageJson;
import io.gleaner.job.Page;
import io.gleaner.store.StoredPage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pages as text for an assistant, up to a length. A page that does not fit is cut, and the next
 * answer goes on amid it.
 */
final class PagesText {

    /** Most characters of one answer: some ten thousand tokens. */
    static final int CHARS_MAX = 40_000;

    private final StringBuilder text = new StringBuilder();
    private long cursor;
    private int offset;
    private int pages;

    /**
     * @param cursor the last page that was told
     * @param offset how much was told of the page after it
     */
    PagesText(long cursor, int offset) {
        this.cursor = cursor;
        this.offset = offset;
    }

    /** Adds a page, or as much of it as fits. */
    void add(StoredPage stored) {
        String body = body(stored.page());
        int from = Math.min(offset, body.length());
        String head = head(stored, from);
        int room = CHARS_MAX - text.length() - head.length();
        if (room < 1) {
            return;
        }
        int to = whole(body, Math.min(body.length(), from + room));
        if (to == from && from < body.length()) {
            return;
        }
        text.append(head).append(body, from, to).append("\n\n");
        pages++;
        if (to == body.length()) {
            cursor = stored.seq();
            offset = 0;
        } else {
            offset = to;
        }
    }

    /** Not between the two halves of a character. */
    private static int whole(String body, int at) {
        return at > 0 && at < body.length() && Character.isHighSurrogate(body.charAt(at - 1))
                ? at - 1
                : at;
    }

    /** The last page that was told to its end. */
    long cursor() {
        return cursor;
    }

    /** Whether no other page fits. */
    boolean isFull() {
        return offset > 0 || text.length() >= CHARS_MAX;
    }

    /**
     * @param more whether there is more to tell, now or later
     */
    ToolAnswer answer(String id, String state, boolean more) {
        var next = new LinkedHashMap<String, @Nullable Object>();
        next.put("id", id);
        next.put("state", state);
        next.put("pages", pages);
        next.put("next", more ? Map.of("cursor", cursor, "offset", offset) : null);
        String how =
                more
                        ? "[job %s is %s; for more: crawl_pages with this id, cursor %d, offset %d]"
                                .formatted(id, state, cursor, offset)
                        : "[job %s is %s; this is the end]".formatted(id, state);
        return ToolAnswer.text(text.append(how).toString(), next);
    }

    private static String head(StoredPage stored, int from) {
        String what =
                switch (stored.page()) {
                    case Page.Content page -> "status " + page.status();
                    case Page.Fault page -> "no page: " + page.code().meaning();
                };
        return "[page %d, %s, %s%s]\n"
                .formatted(
                        stored.seq(),
                        stored.page().url(),
                        what,
                        from == 0 ? "" : ", from character " + from);
    }

    private static String body(Page page) {
        return switch (page) {
            case Page.Fault fault -> fault.detail();
            case Page.Content content -> {
                String markdown = content.content().markdown();
                yield markdown == null ? json(content) : markdown;
            }
        };
    }

    /** Of a job that was submitted elsewhere, and has other formats. */
    private static String json(Page page) {
        var bytes = new ByteArrayOutputStream();
        try (var out = Json.generator(bytes)) {
            new PageJson(out).write(new StoredPage(0, page));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
