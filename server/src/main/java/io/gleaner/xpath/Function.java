package io.gleaner.xpath;

import io.gleaner.xpath.Value.Type;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The functions of XPath 1.0 (chapter 4). */
enum Function {
    LAST(0, 0, Type.NUMBER),
    POSITION(0, 0, Type.NUMBER),
    COUNT(1, 1, Type.NUMBER),
    ID(1, 1, Type.NODES),
    LOCAL_NAME(0, 1, Type.TEXT),
    NAMESPACE_URI(0, 1, Type.TEXT),
    NAME(0, 1, Type.TEXT),
    STRING(0, 1, Type.TEXT),
    CONCAT(2, Integer.MAX_VALUE, Type.TEXT),
    STARTS_WITH(2, 2, Type.TRUTH),
    CONTAINS(2, 2, Type.TRUTH),
    SUBSTRING_BEFORE(2, 2, Type.TEXT),
    SUBSTRING_AFTER(2, 2, Type.TEXT),
    SUBSTRING(2, 3, Type.TEXT),
    STRING_LENGTH(0, 1, Type.NUMBER),
    NORMALIZE_SPACE(0, 1, Type.TEXT),
    TRANSLATE(3, 3, Type.TEXT),
    BOOLEAN(1, 1, Type.TRUTH),
    NOT(1, 1, Type.TRUTH),
    TRUE(0, 0, Type.TRUTH),
    FALSE(0, 0, Type.TRUTH),
    LANG(1, 1, Type.TRUTH),
    NUMBER(0, 1, Type.NUMBER),
    SUM(1, 1, Type.NUMBER),
    FLOOR(1, 1, Type.NUMBER),
    CEILING(1, 1, Type.NUMBER),
    ROUND(1, 1, Type.NUMBER);

    private final int argumentsMin;
    private final int argumentsMax;
    private final Type type;

    Function(int argumentsMin, int argumentsMax, Type type) {
        this.argumentsMin = argumentsMin;
        this.argumentsMax = argumentsMax;
        this.type = type;
    }

    static Optional<Function> named(String name) {
        return Arrays.stream(values())
                .filter(
                        function ->
                                function.name()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', '-')
                                        .equals(name))
                .findFirst();
    }

    Type type() {
        return type;
    }

    boolean takes(int arguments) {
        return arguments >= argumentsMin && arguments <= argumentsMax;
    }

    /** Whether its argument must be nodes: there is nothing else to count, to add up, to name. */
    boolean takesNodes() {
        return switch (this) {
            case COUNT, SUM, LOCAL_NAME, NAMESPACE_URI, NAME -> true;
            case LAST,
                    POSITION,
                    ID,
                    STRING,
                    CONCAT,
                    STARTS_WITH,
                    CONTAINS,
                    SUBSTRING_BEFORE,
                    SUBSTRING_AFTER,
                    SUBSTRING,
                    STRING_LENGTH,
                    NORMALIZE_SPACE,
                    TRANSLATE,
                    BOOLEAN,
                    NOT,
                    TRUE,
                    FALSE,
                    LANG,
                    NUMBER,
                    FLOOR,
                    CEILING,
                    ROUND ->
                    false;
        };
    }
}
