package io.gleaner.api.wire;

import io.helidon.common.uri.UriQuery;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The query of a request: known names only, each at most once, each checked. */
public final class QueryParams {

    private static final int UUID_CHARS = 36;
    private static final Instant FAR = Instant.parse("3000-01-01T00:00:00Z");
    private static final String INSTANT_ACCEPTED =
            "a time from 1970 to 2999 such as 2026-05-01T00:00:00Z";

    private final UriQuery query;

    private QueryParams(UriQuery query) {
        this.query = query;
    }

    public static QueryParams of(ServerRequest request, String... names) {
        UriQuery query = request.query();
        if (query.isEmpty()) {
            return new QueryParams(query);
        }
        var known = List.of(names);
        for (String name : query.names()) {
            if (!known.contains(name)) {
                String accepted = known.isEmpty() ? "none" : String.join(", ", known);
                throw Problem.value(ProblemCode.UNKNOWN_PARAMETER, name, "not known", accepted)
                        .raise();
            }
            if (query.all(name).size() > 1) {
                throw BodyReader.refuse(name, "given more than once", "one value");
            }
        }
        return new QueryParams(query);
    }

    public Optional<String> text(String name) {
        return query.first(name).asOptional();
    }

    /**
     * A text that PostgreSQL stores: not empty, of a bounded length, without control characters.
     */
    public Optional<String> storable(String name, int lengthMax) {
        Optional<String> text = text(name);
        if (text.isPresent()
                && (text.get().isEmpty()
                        || text.get().length() > lengthMax
                        || text.get().codePoints().anyMatch(QueryParams::isOdd))) {
            throw BodyReader.refuse(
                    name,
                    text.get(),
                    "1 to %d characters, none of them a control".formatted(lengthMax));
        }
        return text;
    }

    private static boolean isOdd(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
    }

    /** A point in time of ISO 8601. */
    public Optional<Instant> instant(String name) {
        return text(name)
                .map(
                        text -> {
                            try {
                                Instant at = Instant.parse(text);
                                if (!at.isBefore(Instant.EPOCH) && at.isBefore(FAR)) {
                                    return at;
                                }
                            } catch (DateTimeParseException e) {
                                throw BodyReader.refuse(name, text, INSTANT_ACCEPTED);
                            }
                            throw BodyReader.refuse(name, text, INSTANT_ACCEPTED);
                        });
    }

    public int integer(String name, int min, int max, int otherwise) {
        return (int) number(name, min, max).orElse((long) otherwise).longValue();
    }

    public Optional<Long> number(String name, long min, long max) {
        return text(name).map(text -> number(name, text, min, max));
    }

    public boolean flag(String name) {
        return choice(name, Map.of("true", true, "false", false)).orElse(false);
    }

    public Optional<Duration> duration(String name, Duration max) {
        return text(name).map(text -> duration(name, text, max));
    }

    /** The constants of an enum by the names that the API has for them, in their order. */
    public static <E extends Enum<E>> Map<String, E> names(Class<E> type) {
        var byName = new LinkedHashMap<String, E>();
        for (E constant : type.getEnumConstants()) {
            byName.put(constant.name().toLowerCase(Locale.ROOT), constant);
        }
        return Collections.unmodifiableMap(byName);
    }

    public <T> Optional<T> choice(String name, Map<String, T> choices) {
        String text = text(name).orElse(null);
        if (text == null) {
            return Optional.empty();
        }
        T choice = choices.get(text);
        if (choice == null) {
            throw BodyReader.refuse(name, text, String.join(", ", choices.keySet()));
        }
        return Optional.of(choice);
    }

    public Optional<UUID> uuid(String name) {
        return text(name).map(text -> uuid(name, text));
    }

    /** Only the canonical form; {@link UUID#fromString} alone takes {@code 1-1-1-1-1}. */
    public static UUID uuid(String field, String text) {
        if (!isCanonicalUuid(text)) {
            throw notUuid(field, text);
        }
        return UUID.fromString(text);
    }

    private static boolean isCanonicalUuid(String text) {
        boolean canonical = text.length() == UUID_CHARS;
        for (int at = 0; canonical && at < UUID_CHARS; at++) {
            boolean dash = at == 8 || at == 13 || at == 18 || at == 23;
            canonical = dash ? text.charAt(at) == '-' : HexFormat.isHexDigit(text.charAt(at));
        }
        return canonical;
    }

    private static Duration duration(String name, String text, Duration max) {
        return WireDuration.parse(text)
                .filter(value -> value.compareTo(max) <= 0)
                .orElseThrow(
                        () ->
                                BodyReader.refuse(
                                        name,
                                        text,
                                        "0s to %s, as %s"
                                                .formatted(
                                                        WireDuration.text(max),
                                                        WireDuration.FORMS)));
    }

    private static ProblemException notUuid(String field, String text) {
        return Problem.value(ProblemCode.INVALID_ID, field, text, "a UUID").raise();
    }

    private static long number(String name, String text, long min, long max) {
        String accepted = "a whole number from %d to %d".formatted(min, max);
        try {
            long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw BodyReader.refuse(name, text, accepted);
        }
        throw BodyReader.refuse(name, text, accepted);
    }
}
