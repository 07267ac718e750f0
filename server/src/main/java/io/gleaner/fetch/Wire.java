package io.gleaner.fetch;

import io.gleaner.job.Capture;
import io.gleaner.job.FetchSpec;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Protocol;
import okhttp3.Request;

/** An exchange as it went over the wire, in the words of HTTP/1.1, whatever the protocol was. */
final class Wire {

    /** Of a framing that is undone before anybody sees the body (RFC 9112, section 6.1). */
    private static final Set<String> FRAMING = Set.of("transfer-encoding", "trailer");

    /** Names no secret, and nothing is understood without it. */
    private static final Set<String> PLAIN = Set.of("host", "connection");

    private Wire() {}

    /**
     * @param body as received
     * @param whole whether it was read
     */
    static Capture capture(okhttp3.Response answer, Instant at, byte[] body, boolean whole) {
        okhttp3.Response sent = answer.networkResponse();
        Request request = sent == null ? answer.request() : sent.request();
        Protocol protocol = answer.protocol();
        return new Capture.Exchange(
                request.url().toString(),
                at,
                protocol.toString(),
                requestHead(request),
                "HTTP/1.1 %d %s\r\n".formatted(answer.code(), answer.message())
                        + lines(answer.headers(), name -> !FRAMING.contains(lower(name)))
                        + "\r\n",
                body,
                whole);
    }

    private static String requestHead(Request request) {
        HttpUrl url = request.url();
        String query = url.encodedQuery();
        return "%s %s%s HTTP/1.1\r\n"
                        .formatted(
                                request.method(),
                                url.encodedPath(),
                                query == null ? "" : "?" + query)
                + (request.header("Host") == null ? "Host: " + host(url) + "\r\n" : "")
                + lines(request.headers(), Wire::tellsNoSecret)
                + "\r\n";
    }

    private static String host(HttpUrl url) {
        return url.port() == HttpUrl.defaultPort(url.scheme())
                ? url.host()
                : url.host() + ":" + url.port();
    }

    private static boolean tellsNoSecret(String name) {
        return PLAIN.contains(lower(name)) || !FetchSpec.mayBeSecret(name);
    }

    private static String lines(Headers headers, Predicate<String> wanted) {
        var lines = new StringBuilder();
        for (int i = 0; i < headers.size(); i++) {
            if (wanted.test(headers.name(i))) {
                lines.append(headers.name(i)).append(": ").append(headers.value(i)).append("\r\n");
            }
        }
        return lines.toString();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
