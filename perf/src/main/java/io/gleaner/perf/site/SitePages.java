package io.gleaner.perf.site;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.SplittableRandom;

/** The pages of a plan: everything about page n is a function of the seed and n. */
public final class SitePages {

    private static final String[] WORDS = {
        "river", "stone", "garden", "winter", "letter", "market", "harbour", "window", "bread",
        "field", "lantern", "bridge", "summer", "teacher", "forest", "paper", "village", "morning",
        "engine", "music", "island", "silver", "question", "journey", "kitchen", "valley"
    };
    private static final int WORDS_PER_PARAGRAPH = 60;
    private static final long ERROR_SALT = 1;
    private static final long SIZE_SALT = 2;
    private static final long LATENCY_SALT = 3;
    private static final long LINK_SALT = 4;
    private static final byte[] TAIL = "</p></article></body></html>\n".getBytes(US_ASCII);

    private final SitePlan plan;
    private final int port;
    // One long text for all pages; a page takes a piece of it that begins where its number says.
    private final byte[] text;

    /**
     * @param port of the site, for links to its other hosts
     */
    public SitePages(SitePlan plan, int port) {
        this.plan = plan;
        this.port = port;
        this.text = text(plan);
    }

    boolean exists(int n) {
        return n >= 0 && n < plan.pages();
    }

    /** Whether page n is a 404. */
    boolean errs(int n) {
        return n > 0 && share(n, ERROR_SALT) < plan.errorRate();
    }

    Duration latency(int n) {
        long min = plan.latencyMin().toNanos();
        long span = plan.latencyMax().toNanos() - min;
        return Duration.ofNanos(min + (long) (share(n, LATENCY_SALT) * span));
    }

    /** Bytes of page n's text. */
    int size(int n) {
        int span = plan.sizeMax() - plan.sizeMin();
        return plan.sizeMin() + (int) (share(n, SIZE_SALT) * span);
    }

    /** The document, in ASCII. */
    public byte[] html(int n) {
        byte[] head = head(n).getBytes(US_ASCII);
        int size = size(n);
        int from = Math.floorMod(n * 31, text.length - size);
        byte[] page = new byte[head.length + size + TAIL.length];
        System.arraycopy(head, 0, page, 0, head.length);
        System.arraycopy(text, from, page, head.length, size);
        System.arraycopy(TAIL, 0, page, head.length + size, TAIL.length);
        return page;
    }

    private String head(int n) {
        var head = new StringBuilder(1_024);
        head.append("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Page ")
                .append(n)
                .append("</title></head><body><nav>");
        for (long child = (long) n * plan.links() + 1; child <= lastChild(n); child++) {
            link(head, (int) child);
        }
        link(head, Math.max(0, (n - 1) / plan.links()));
        link(head, (int) (share(n, LINK_SALT) * plan.pages()));
        return head.append("</nav><article><h1>Page ").append(n).append("</h1><p>").toString();
    }

    private long lastChild(int n) {
        return Math.min(plan.pages() - 1L, ((long) n + 1) * plan.links());
    }

    private void link(StringBuilder to, int n) {
        to.append("<a href=\"");
        if (plan.hosts() > 1) {
            to.append("http://")
                    .append(SitePlan.address(n % plan.hosts()))
                    .append(':')
                    .append(port);
        }
        to.append("/p/").append(n).append("\">Page ").append(n).append("</a> ");
    }

    /** A number from 0 to 1 that only the seed, the page and its use decide. */
    private double share(int n, long salt) {
        long mixed = plan.seed() * 0x9E3779B97F4A7C15L + n * 0xD1B54A32D192ED03L + salt;
        return new SplittableRandom(mixed).nextDouble();
    }

    private static byte[] text(SitePlan plan) {
        var random = new SplittableRandom(plan.seed());
        int length = plan.sizeMax() + 64 * 1024;
        var text = new StringBuilder(length + 64);
        for (int word = 1; text.length() < length; word++) {
            text.append(WORDS[random.nextInt(WORDS.length)]);
            text.append(word % WORDS_PER_PARAGRAPH == 0 ? ".</p>\n<p>" : " ");
        }
        return text.toString().getBytes(US_ASCII);
    }
}
