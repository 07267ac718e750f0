package io.gleaner.perf.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Optional;

/**
 * One answer.
 *
 * @param head status line and header lines
 * @param body decoded of its chunks
 * @param keepAlive whether the connection may carry another request
 */
public record HttpReply(int status, byte[] head, byte[] body, boolean keepAlive) {

    /** The first header of that name. */
    public Optional<String> header(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return new String(head, ISO_8859_1)
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .findFirst();
    }

    public String text() {
        return new String(body, UTF_8);
    }
}
