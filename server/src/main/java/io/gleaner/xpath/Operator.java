package io.gleaner.xpath;

import io.gleaner.xpath.Value.Type;
import java.util.Arrays;
import java.util.List;

/** What stands between two expressions; those of one level bind equally. */
enum Operator {
    OR("or", 0, Type.TRUTH),
    AND("and", 1, Type.TRUTH),
    EQUAL("=", 2, Type.TRUTH),
    NOT_EQUAL("!=", 2, Type.TRUTH),
    LESS("<", 3, Type.TRUTH),
    LESS_OR_EQUAL("<=", 3, Type.TRUTH),
    GREATER(">", 3, Type.TRUTH),
    GREATER_OR_EQUAL(">=", 3, Type.TRUTH),
    PLUS("+", 4, Type.NUMBER),
    MINUS("-", 4, Type.NUMBER),
    TIMES("*", 5, Type.NUMBER),
    DIV("div", 5, Type.NUMBER),
    MOD("mod", 5, Type.NUMBER),
    UNION("|", 7, Type.NODES);

    /** Between the two is the sign before an expression. */
    static final int LEVEL_OF_SIGN = 6;

    private final String sign;
    private final int level;
    private final Type type;

    Operator(String sign, int level, Type type) {
        this.sign = sign;
        this.level = level;
        this.type = type;
    }

    Type type() {
        return type;
    }

    static List<Operator> ofLevel(int level) {
        return Arrays.stream(values()).filter(operator -> operator.level == level).toList();
    }

    String sign() {
        return sign;
    }
}
