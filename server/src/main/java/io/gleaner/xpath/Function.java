package io.gleaner.xpath;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The functions of XPath 1.0 (chapter 4). */
enum Function {
    LAST(0, 0, ValueType.NUMBER),
    POSITION(0, 0, ValueType.NUMBER),
    COUNT(1, 1, ValueType.NUMBER),
    ID(1, 1, ValueType.NODES),
    LOCAL_NAME(0, 1, ValueType.TEXT),
    NAMESPACE_URI(0, 1, ValueType.TEXT),
    NAME(0, 1, ValueType.TEXT),
    STRING(0, 1, ValueType.TEXT),
    CONCAT(2, Integer.MAX_VALUE, ValueType.TEXT),
    STARTS_WITH(2, 2, ValueType.TRUTH),
    CONTAINS(2, 2, ValueType.TRUTH),
    SUBSTRING_BEFORE(2, 2, ValueType.TEXT),
    SUBSTRING_AFTER(2, 2, ValueType.TEXT),
    SUBSTRING(2, 3, ValueType.TEXT),
    STRING_LENGTH(0, 1, ValueType.NUMBER),
    NORMALIZE_SPACE(0, 1, ValueType.TEXT),
    TRANSLATE(3, 3, ValueType.TEXT),
    BOOLEAN(1, 1, ValueType.TRUTH),
    NOT(1, 1, ValueType.TRUTH),
    TRUE(0, 0, ValueType.TRUTH),
    FALSE(0, 0, ValueType.TRUTH),
    LANG(1, 1, ValueType.TRUTH),
    NUMBER(0, 1, ValueType.NUMBER),
    SUM(1, 1, ValueType.NUMBER),
    FLOOR(1, 1, ValueType.NUMBER),
    CEILING(1, 1, ValueType.NUMBER),
    ROUND(1, 1, ValueType.NUMBER);

    private final int argumentsMin;
    private final int argumentsMax;
    private final ValueType type;

    Function(int argumentsMin, int argumentsMax, ValueType type) {
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

    ValueType type() {
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
