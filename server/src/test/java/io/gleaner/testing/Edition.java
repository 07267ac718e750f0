package io.gleaner.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Pages of a site that come in editions: each has an entity tag, is sent only to who does not have
 * it (RFC 9110, section 13.1.2), and may be replaced, added and removed.
 */
public final class Edition {

    private final String root;
    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger unchanged = new AtomicInteger();
    private final AtomicLong sentBytes = new AtomicLong();

    /**
     * @param root what all paths begin with, such as {@code /book/}
     */
    public Edition(TestSite site, String root) {
        this.root = root;
        site.route(root + "*", this::answer);
    }

    /** Puts a page there, in place of one that may have been there. */
    public Edition put(String name, String html) {
        pages.put(root + name, html);
        return this;
    }

    /** A page of a title, a sentence and links. */
    public Edition put(String name, String title, String text, String... links) {
        var list = new StringBuilder();
        for (String link : links) {
            list.append("<li><a href='").append(link).append("'>").append(link).append("</a></li>");
        }
        return put(
                name,
                "<!doctype html><html><head><title>%s</title></head><body><main><h1>%s</h1><p>%s</p></main><nav><ul>%s</ul></nav></body></html>"
                        .formatted(title, title, text, list));
    }

    public Edition remove(String name) {
        pages.remove(root + name);
        return this;
    }

    /** Forgets what was sent so far. */
    public void count() {
        sent.set(0);
        unchanged.set(0);
        sentBytes.set(0);
    }

    /** Pages sent since the last {@link #count}. */
    public int sent() {
        return sent.get();
    }

    /** How often it was said since then that a page is unchanged. */
    public int unchanged() {
        return unchanged.get();
    }

    /** Bytes of pages sent since then, without headers. */
    public long sentBytes() {
        return sentBytes.get();
    }

    private void answer(RecordedRequest request, RawResponse out) throws IOException {
        String html = pages.get(request.path());
        if (html == null) {
            out.status(404);
            return;
        }
        String tag = "\"" + Integer.toHexString(html.hashCode()) + "\"";
        out.header("ETag", tag);
        if (request.header("If-None-Match").equals(tag)) {
            unchanged.incrementAndGet();
            out.status(304);
            return;
        }
        sent.incrementAndGet();
        sentBytes.addAndGet(html.getBytes(StandardCharsets.UTF_8).length);
        out.html(html);
    }
}
