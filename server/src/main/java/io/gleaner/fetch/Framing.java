package io.gleaner.fetch;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import okhttp3.Headers;
import okhttp3.Protocol;
import okhttp3.Response;

/** What an HTTP/1 answer says about its own end (RFC 9112, 6.3 and 9.3). */
final class Framing {

    private Framing() {}

    /** Whether nobody can tell where the answer ends: it has two lengths, and no chunks. */
    static boolean contradictsItself(Headers headers) {
        List<String> lengths = tokens(headers, "Content-Length");
        return lengths.size() > 1
                && lengths.stream().distinct().count() > 1
                && headers.get("Transfer-Encoding") == null;
    }

    /** Whether the connection may carry another request once the answer has been read. */
    static boolean keepsConnection(Response answer) {
        Headers headers = answer.headers();
        List<String> options = tokens(headers, "Connection");
        boolean persistent =
                !options.contains("close")
                        && (answer.protocol() != Protocol.HTTP_1_0
                                || options.contains("keep-alive"));
        // After an interim answer the final one is still to come.
        return persistent && answer.code() >= 200 && isPlain(headers);
    }

    /** One length or chunks and nothing else. */
    private static boolean isPlain(Headers headers) {
        List<String> codings = tokens(headers, "Transfer-Encoding");
        return codings.isEmpty()
                || (codings.equals(List.of("chunked")) && headers.get("Content-Length") == null);
    }

    private static List<String> tokens(Headers headers, String name) {
        List<String> values = headers.values(name);
        if (values.isEmpty()) {
            return values;
        }
        if (values.size() == 1 && values.getFirst().indexOf(',') < 0) {
            return token(values.getFirst()); // As nearly all hosts say it; asked of every page.
        }
        return values.stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .flatMap(value -> token(value).stream())
                .toList();
    }

    private static List<String> token(String value) {
        String token = value.strip().toLowerCase(Locale.ROOT);
        return token.isEmpty() ? List.of() : List.of(token);
    }
}
