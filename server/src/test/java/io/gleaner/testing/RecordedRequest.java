package io.gleaner.testing;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request as the site received it.
 *
 * @param path as sent, still escaped, without the query
 * @param query as sent, without the question mark; empty if there is none
 * @param headers by name, case-insensitive; repeated headers joined by {@code ", "}
 * @param body decoded as UTF-8; empty if there is none
 * @param arrivedAt when the last header line had been read
 * @param ordinal 1 for the first request of this path since the start or the last reset
 */
public record RecordedRequest(
        String method,
        String path,
        String query,
        Map<String, String> headers,
        String body,
        Instant arrivedAt,
        int ordinal) {

    public RecordedRequest {
        var sorted = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        headers = Collections.unmodifiableMap(sorted);
    }

    /** The header's value, or an empty string. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    public String userAgent() {
        return header("User-Agent");
    }

    /** The path's parts: {@code /graph/5/3} is {@code [graph, 5, 3]}. */
    public List<String> segments() {
        return List.of(path.substring(1).split("/", -1));
    }

    /** One part of the path, counted from 0. */
    public String segment(int index) {
        return segments().get(index);
    }

    /** One part of the path as a number. */
    public int number(int index) {
        return Integer.parseInt(segment(index));
    }

    /** The site's own root as the client addressed it, such as {@code http://127.0.0.1:4321}. */
    public String origin() {
        return "http://" + header("Host");
    }
}
