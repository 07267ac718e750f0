package io.gleaner.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.job.Page;
import io.gleaner.store.StoredPage;
import java.io.IOException;
import java.io.OutputStream;

/**
 * All pages in one Markdown file, of a size that fits where it is to go, such as a model's context.
 * Each begins with its title and address. What does not fit is left out, and the last lines say so.
 */
final class SingleMarkdown {

    /** Kept for the last lines. */
    private static final int END_BYTES = 200;

    private final long maxBytes;
    private final OutputStream out;
    private long written;
    private long left;
    private boolean cut;

    SingleMarkdown(long maxBytes, OutputStream out) {
        this.maxBytes = maxBytes;
        this.out = out;
    }

    void write(PageFeed feed) throws IOException, InterruptedException {
        feed.pages(this::page);
        if (cut) {
            write(
                    "\n---\n\n*The page above is cut, and %d more are left out: the file may have %d bytes.*\n"
                            .formatted(left, maxBytes));
        }
    }

    private void page(StoredPage stored) throws IOException {
        if (!(stored.page() instanceof Page.Content page) || page.content().markdown() == null) {
            return;
        }
        if (cut) {
            left++;
            return;
        }
        String text = head(page) + page.content().markdown().strip() + "\n";
        long room = maxBytes - END_BYTES - written;
        if (text.getBytes(UTF_8).length <= room) {
            write(text);
        } else {
            cut = true;
            write(beginning(text, room));
        }
    }

    private String head(Page.Content page) {
        var metadata = page.content().metadata();
        String title = metadata == null ? "" : metadata.getOrDefault("title", "");
        String name = title.isBlank() ? page.url() : title.replaceAll("\\s+", " ").strip();
        return (written == 0 ? "" : "\n---\n\n") + "# " + name + "\n\n<" + page.url() + ">\n\n";
    }

    /** Whole lines, as many as fit. */
    private static String beginning(String text, long room) {
        byte[] bytes = text.getBytes(UTF_8);
        int end = (int) Math.min(Math.max(0, room), bytes.length);
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return new String(bytes, 0, end, UTF_8);
    }

    private void write(String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        out.write(bytes);
        written += bytes.length;
    }
}
