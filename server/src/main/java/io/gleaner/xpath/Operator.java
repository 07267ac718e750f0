package io.gleaner.xpath;

import java.util.Arrays;
import java.util.List;

/** What stands between two expressions; those of one level bind equally. */
enum Operator {
    OR("or", 0, ValueType.TRUTH),
    AND("and", 1, ValueType.TRUTH),
    EQUAL("=", 2, ValueType.TRUTH),
    NOT_EQUAL("!=", 2, ValueType.TRUTH),
    LESS("<", 3, ValueType.TRUTH),
    LESS_OR_EQUAL("<=", 3, ValueType.TRUTH),
    GREATER(">", 3, ValueType.TRUTH),
    GREATER_OR_EQUAL(">=", 3, ValueType.TRUTH),
    PLUS("+", 4, ValueType.NUMBER),
    MINUS("-", 4, ValueType.NUMBER),
    TIMES("*", 5, ValueType.NUMBER),
    DIV("div", 5, ValueType.NUMBER),
    MOD("mod", 5, ValueType.NUMBER),
    UNION("|", 7, ValueType.NODES);

    /** Between the two is the sign before an expression. */
    static final int LEVEL_OF_SIGN = 6;

    private final String sign;
    private final int level;
    private final ValueType type;

    Operator(String sign, int level, ValueType type) {
        this.sign = sign;
        this.level = level;
        this.type = type;
    }

    ValueType type() {
        return type;
    }

    static List<Operator> ofLevel(int level) {
        return Arrays.stream(values()).filter(operator -> operator.level == level).toList();
    }

    String sign() {
        return sign;
    }
}
