package io.gleaner.api;

import io.helidon.webserver.CloseConnectionException;
import java.io.CharConversionException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Reads a JSON body value by value, without a tree, and refuses what is wrong with the path of the
 * value, the value and what is accepted.
 */
final class BodyReader {

    /** Reads the value that the reader stands on. */
    @FunctionalInterface
    interface Value {
        /**
         * @param path where the value is, such as {@code crawl.include[2]}
         */
        void read(String path);
    }

    private final JsonParser parser;

    private BodyReader(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads one JSON object that takes these keys, and the body to its end. */
    static void read(InputStream in, Consumer<BodyReader> content) {
        try (JsonParser parser = Json.parser(in)) {
            if (parser.nextToken() == null) {
                throw Problem.of(ProblemCode.MALFORMED_JSON, "the body is empty").raise();
            }
            content.accept(new BodyReader(parser));
            if (parser.nextToken() != null) {
                throw malformed(parser, "there is more after the end of the object");
            }
        } catch (JacksonIOException e) {
            if (e.getCause() instanceof CharConversionException) {
                throw Problem.of(ProblemCode.MALFORMED_JSON, "the body is not UTF-8").raise();
            }
            throw new CloseConnectionException("the client's body broke off", e);
        } catch (JacksonException e) {
            var at = e.getLocation();
            throw malformed(at.getLineNr(), at.getColumnNr(), e.getOriginalMessage());
        }
    }

    /** An object with known keys. A null value is the same as no key. */
    void object(String path, SequencedMap<String, Value> keys) {
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
    <T> Map<String, T> named(String path, int entriesMax, Named<T> value) {
        require(JsonToken.START_OBJECT, path, "an object");
        var entries = new LinkedHashMap<String, T>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (entries.size() == entriesMax) {
                throw refuse(path, "longer", "at most " + entriesMax + " entries");
            }
            parser.nextToken();
            entries.put(name, value.read(path + "." + name, name));
        }
        return entries;
    }

    /** Reads one entry of {@link #named}. */
    @FunctionalInterface
    interface Named<T> {
        T read(String path, String name);
    }

    /** An array; the value is read once for each item. */
    void array(String path, int itemsMax, Value item) {
        require(JsonToken.START_ARRAY, path, "an array");
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            if (i == itemsMax) {
                throw refuse(path, "longer", "at most " + itemsMax + " items");
            }
            item.read(path + "[" + i + "]");
        }
    }

    String string(String path, int lengthMax) {
        require(JsonToken.VALUE_STRING, path, "a string");
        String text = parser.getString();
        if (text.length() > lengthMax) {
            throw refuse(path, text, "at most " + lengthMax + " characters");
        }
        return text;
    }

    boolean bool(String path) {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case null, default -> throw refuse(path, shown(), "true or false");
        };
    }

    int integer(String path, int min, int max) {
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

    Duration duration(String path, Duration min, Duration max) {
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
    <T> T choice(String path, Map<String, T> choices) {
        String accepted = String.join(", ", choices.keySet());
        require(JsonToken.VALUE_STRING, path, accepted);
        T choice = choices.get(parser.getString());
        if (choice == null) {
            throw refuse(path, shown(), accepted);
        }
        return choice;
    }

    /** The value as the caller may see it again. */
    String shown() {
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

    static ProblemException refuse(String path, String value, String accepted) {
        return Problem.value(ProblemCode.INVALID_VALUE, path, value, accepted).raise();
    }

    private static ProblemException malformed(JsonParser parser, String why) {
        var at = parser.currentTokenLocation();
        return malformed(at.getLineNr(), at.getColumnNr(), why);
    }

    private static ProblemException malformed(int line, int column, String why) {
        return Problem.of(
                        ProblemCode.MALFORMED_JSON,
                        "line %d, column %d: %s".formatted(line, column, Problem.shorten(why)))
                .with("line", line)
                .with("column", column)
                .raise();
    }
}
