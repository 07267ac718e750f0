package io.gleaner.perf.site;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.json.JsonMapper;

/** Answers the requests of one connection: GET only, one after the other. */
final class SiteConnection {

    private static final int HEAD_BYTES_MAX = 32 * 1024;
    private static final int DIGITS_MAX = 9;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final byte[] NOTHING = "nothing here\n".getBytes(US_ASCII);

    /** A page that is never answered. */
    static final String HOLD = "/_hold";

    private final InputStream in;
    private final OutputStream out;
    private final SitePages pages;
    private final SiteCounts counts;
    private final byte[] received = new byte[HEAD_BYTES_MAX];
    private int end;

    SiteConnection(Socket socket, SitePages pages, SiteCounts counts) throws IOException {
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.pages = pages;
        this.counts = counts;
    }

    void serve() throws IOException {
        int headEnd = readHead();
        while (headEnd > 0) {
            String path = path(headEnd);
            System.arraycopy(received, headEnd, received, 0, end - headEnd);
            end -= headEnd;
            answer(path);
            headEnd = readHead();
        }
    }

    /** The length of the next request's head, or -1 when the client is done. */
    private int readHead() throws IOException {
        int looked = 0;
        while (true) {
            for (int i = Math.max(3, looked); i < end; i++) {
                if (received[i] == '\n'
                        && received[i - 1] == '\r'
                        && received[i - 2] == '\n'
                        && received[i - 3] == '\r') {
                    return i + 1;
                }
            }
            looked = end;
            int count = end < HEAD_BYTES_MAX ? in.read(received, end, HEAD_BYTES_MAX - end) : -1;
            if (count < 0) {
                return -1;
            }
            end += count;
        }
    }

    private String path(int headEnd) {
        int from = 0;
        while (from < headEnd && received[from] != ' ') {
            from++;
        }
        int to = from + 1;
        while (to < headEnd && received[to] != ' ' && received[to] != '\r') {
            to++;
        }
        return new String(received, from + 1, to - from - 1, ISO_8859_1);
    }

    private void answer(String path) throws IOException {
        switch (path) {
            case "/_stats" -> send(200, "application/json", JSON.writeValueAsBytes(counts.stats()));
            case "/_reset" -> {
                counts.reset();
                send(200, "application/json", JSON.writeValueAsBytes(counts.stats()));
            }
            case HOLD -> hold();
            case "/_held" ->
                    send(200, "text/plain", String.valueOf(counts.held()).getBytes(US_ASCII));
            default -> {
                int n = pageNumber(path);
                if (pages.exists(n)) {
                    page(n);
                } else {
                    counts.other();
                    send(404, "text/plain", NOTHING);
                }
            }
        }
    }

    /** Keeps the client waiting until it is gone. */
    private void hold() throws IOException {
        counts.hold(1);
        try {
            while (in.read(received) >= 0) {
                Thread.onSpinWait();
            }
        } finally {
            counts.hold(-1);
        }
    }

    private void page(int n) throws IOException {
        counts.begin(n);
        try {
            pause(pages.latency(n));
        } finally {
            // Before the answer: a client that asks again at once must not count twice.
            counts.end();
        }
        if (pages.errs(n)) {
            send(404, "text/plain", NOTHING);
        } else {
            send(200, "text/html; charset=utf-8", pages.html(n));
        }
    }

    private static int pageNumber(String path) {
        String digits = path.startsWith("/p/") ? path.substring("/p/".length()) : "";
        boolean number =
                !digits.isEmpty()
                        && digits.length() <= DIGITS_MAX
                        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Integer.parseInt(digits) : -1;
    }

    /** The page's latency is what a crawl is meant to meet, so this thread does wait. */
    private static void pause(Duration latency) throws IOException {
        long wake = System.nanoTime() + latency.toNanos();
        for (long left = latency.toNanos(); left > 0; left = wake - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IOException("the site is closing");
            }
            LockSupport.parkNanos(left);
        }
    }

    private void send(int status, String type, byte[] body) throws IOException {
        byte[] head =
                ("HTTP/1.1 "
                                + status
                                + (status == 200 ? " OK" : " Not Found")
                                + "\r\nContent-Type: "
                                + type
                                + "\r\nContent-Length: "
                                + body.length
                                + "\r\n\r\n")
                        .getBytes(US_ASCII);
        byte[] answer = new byte[head.length + body.length];
        System.arraycopy(head, 0, answer, 0, head.length);
        System.arraycopy(body, 0, answer, head.length, body.length);
        out.write(answer);
    }
}
