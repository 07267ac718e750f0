package io.gleaner.api.wire;

import io.helidon.http.HeaderNames;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer that is not a success (RFC 9457).
 *
 * @param members what the problem says beyond the standard members
 * @param headers response headers that belong to it
 */
public record Problem(
        int status,
        String code,
        String title,
        String detail,
        Map<String, Object> members,
        Map<String, String> headers) {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final int VALUE_MAX = 200;

    public static Problem of(ProblemCode code, String detail) {
        return new Problem(
                code.status(), code.wireName(), code.title(), detail, Map.of(), Map.of());
    }

    /** A value of the request that is refused. */
    public static Problem value(ProblemCode code, String field, String value, String accepted) {
        return of(code, "%s is %s; accepted: %s".formatted(field, shorten(value), accepted))
                .with("field", field)
                .with("value", shorten(value))
                .with("accepted", accepted);
    }

    public Problem with(String member, Object value) {
        var more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new Problem(status, code, title, detail, more, headers);
    }

    public Problem header(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Problem(status, code, title, detail, members, more);
    }

    /** Whole seconds, rounded up, as RFC 9110 wants them. */
    public Problem retryAfter(Duration delay) {
        long seconds = Math.max(1, delay.plusNanos(999_999_999).toSeconds());
        return header(HeaderNames.RETRY_AFTER_NAME, Long.toString(seconds));
    }

    public ProblemException raise() {
        return new ProblemException(this);
    }

    public byte[] json() {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "urn:gleaner:problem:" + code);
        body.put("title", title);
        body.put("status", status);
        body.put("detail", detail);
        body.put("code", code);
        body.putAll(members);
        return Json.bytes(body);
    }

    public static String shorten(String value) {
        return value.length() <= VALUE_MAX ? value : value.substring(0, VALUE_MAX) + "…";
    }
}
