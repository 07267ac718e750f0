package io.gleaner.api.wire;

import io.helidon.webserver.CloseConnectionException;
import java.io.CharConversionException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;

/**
 * Reads a JSON body value by value, without a tree, and refuses what is wrong with the path of the
 * value, the value and what is accepted.
 */
public final class BodyReader {

    /** Reads the value that the reader stands on. */
    @FunctionalInterface
    public interface Value {
        /**
         * @param path where the value is, such as {@code crawl.include[2]}
         */
        public void read(String path);
    }

    // Jackson's hints are for those who configure it, not for those who send to us.
    private static final Pattern JACKSON_HINT =
            Pattern.compile("( \\(start marker at |: enable `|: maybe a \\().*", Pattern.DOTALL);

    private final JsonParser parser;

    private BodyReader(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads one JSON value and the body to its end. */
    public static void read(InputStream in, Consumer<BodyReader> content) {
        read(in, 1, content);
    }

    /**
     * Reads one JSON value and the body to its end.
     *
     * @param firstLine the line of the whole upload at which this body begins, for messages
     */
    public static void read(InputStream in, int firstLine, Consumer<BodyReader> content) {
        try (JsonParser parser = Json.parser(in)) {
            try {
                read(parser, firstLine, content);
            } catch (StreamConstraintsException e) {
                throw malformed(parser, firstLine, Json.BOUNDS);
            } catch (StreamReadException e) {
                String why = String.valueOf(e.getOriginalMessage());
                throw malformed(parser, firstLine, JACKSON_HINT.matcher(why).replaceFirst(""));
            }
        } catch (JacksonIOException e) {
            if (e.getCause() instanceof CharConversionException) {
                throw Problem.of(ProblemCode.MALFORMED_JSON, "the body is not UTF-8").raise();
            }
            throw new CloseConnectionException("the client's body broke off", e);
        }
    }

    private static void read(JsonParser parser, int firstLine, Consumer<BodyReader> content) {
        if (parser.nextToken() == null) {
            throw malformed(parser, firstLine, "the body is empty");
        }
        content.accept(new BodyReader(parser));
        if (parser.nextToken() != null) {
            throw malformed(parser, firstLine, "there is more after the end");
        }
    }

    /** Whether the value at hand is an object. */
    public boolean isObject() {
        return parser.currentToken() == JsonToken.START_OBJECT;
    }

    /** Whether the value at hand is a string. */
    public boolean isText() {
        return parser.currentToken() == JsonToken.VALUE_STRING;
    }

    /** Whether the value at hand asks for nothing: false, zero, or an empty text or array. */
    public boolean isNothing() {
        return switch (parser.currentToken()) {
            case VALUE_FALSE -> true;
            case VALUE_STRING -> parser.getString().isEmpty();
            case VALUE_NUMBER_INT -> parser.getString().equals("0");
            case null, default -> false;
        };
    }

    /** Passes over the value at hand, whatever it is. */
    public void skip() {
        parser.skipChildren();
    }

    /** An object with known keys. A null value is the same as no key. */
    public void object(String path, SequencedMap<String, Value> keys) {
        require(JsonToken.START_OBJECT, path, "an object");
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            Value value = keys.get(name);
            String at = path.isEmpty() ? name : path + "." + name;
            if (value == null) {
                throw Problem.value(
                                ProblemCode.UNKNOWN_KEY,
                                at,
                                "not known",
                                String.join(", ", keys.keySet()))
                        .raise();
            }
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                value.read(at);
            }
        }
    }

    /** An object whose keys are the caller's own names. */
    public <T> Map<String, T> named(String path, int entriesMax, Named<T> value) {
        require(JsonToken.START_OBJECT, path, "an object");
        var entries = new LinkedHashMap<String, T>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (entries.size() == entriesMax) {
                throw refuse(path, "longer", "at most " + entriesMax + " entries");
            }
            if (name.isBlank()) {
                throw refuse(path, "with an empty name", "names that are not blank");
            }
            requireStorable(path, name);
            parser.nextToken();
            entries.put(name, value.read(path + "." + name, name));
        }
        return entries;
    }

    /** Reads one entry of {@link #named}. */
    @FunctionalInterface
    public interface Named<T> {
        public T read(String path, String name);
    }

    /** An array; the value is read once for each item. */
    public void array(String path, int itemsMax, Value item) {
        require(JsonToken.START_ARRAY, path, "an array");
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            if (i == itemsMax) {
                throw refuse(path, "longer", "at most " + itemsMax + " items");
            }
            item.read(path + "[" + i + "]");
        }
    }

    public String string(String path, int lengthMax) {
        require(JsonToken.VALUE_STRING, path, "a string");
        String accepted = "at most " + lengthMax + " characters";
        String text;
        try {
            text = parser.getString();
        } catch (StreamConstraintsException e) {
            throw refuse(path, "longer", accepted);
        }
        if (text.length() > lengthMax) {
            throw refuse(path, text, accepted);
        }
        requireStorable(path, text);
        return text;
    }

    /** PostgreSQL stores neither NUL nor half of a surrogate pair. */
    private static void requireStorable(String path, String text) {
        if (text.codePoints()
                .anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE)) {
            throw refuse(path, "not storable", "whole Unicode characters other than U+0000");
        }
    }

    public boolean bool(String path) {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case null, default -> throw refuse(path, shown(), "true or false");
        };
    }

    public int integer(String path, int min, int max) {
        String accepted = "a whole number from %d to %d".formatted(min, max);
        require(JsonToken.VALUE_NUMBER_INT, path, accepted);
        try {
            int value = parser.getIntValue();
            if (value >= min && value <= max) {
                return value;
            }
        } catch (InputCoercionException e) {
            throw refuse(path, shown(), accepted);
        }
        throw refuse(path, shown(), accepted);
    }

    public double decimal(String path, double min, double max) {
        String accepted = "a number from %s to %s".formatted(min, max);
        boolean number =
                parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                        || parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT;
        double value = number ? parser.getDoubleValue() : Double.NaN;
        if (!(value >= min && value <= max)) {
            throw refuse(path, shown(), accepted);
        }
        return value;
    }

    public Duration duration(String path, Duration min, Duration max) {
        String accepted =
                "a duration from %s to %s, as %s"
                        .formatted(
                                WireDuration.text(min), WireDuration.text(max), WireDuration.FORMS);
        if (!parser.currentToken().isScalarValue()) {
            throw refuse(path, shown(), accepted);
        }
        return WireDuration.parse(parser.getString())
                .filter(value -> value.compareTo(min) >= 0 && value.compareTo(max) <= 0)
                .orElseThrow(() -> refuse(path, shown(), accepted));
    }

    /** One of the names. */
    public <T> T choice(String path, Map<String, T> choices) {
        String accepted = String.join(", ", choices.keySet());
        require(JsonToken.VALUE_STRING, path, accepted);
        T choice = choices.get(parser.getString());
        if (choice == null) {
            throw refuse(path, shown(), accepted);
        }
        return choice;
    }

    /** The value as the caller may see it again. */
    public String shown() {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case null -> "missing";
            default -> parser.getString();
        };
    }

    private void require(JsonToken token, String path, String accepted) {
        if (parser.currentToken() != token) {
            throw refuse(path.isEmpty() ? "the body" : path, shown(), accepted);
        }
    }

    public static ProblemException refuse(String path, String value, String accepted) {
        return Problem.value(ProblemCode.INVALID_VALUE, path, value, accepted).raise();
    }

    private static ProblemException malformed(JsonParser parser, int firstLine, String why) {
        var at = parser.currentLocation();
        int line = firstLine - 1 + at.getLineNr();
        return Problem.of(
                        ProblemCode.MALFORMED_JSON,
                        "line %d, column %d: %s"
                                .formatted(line, at.getColumnNr(), Problem.shorten(why)))
                .with("line", line)
                .with("column", at.getColumnNr())
                .raise();
    }
}
