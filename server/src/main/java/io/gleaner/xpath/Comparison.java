package io.gleaner.xpath;

import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Equality and order (XPath 1.0, 3.4): of node sets, whether it holds for any of their nodes. */
final class Comparison {

    private final Conversions conversions;

    Comparison(Conversions conversions) {
        this.conversions = conversions;
    }

    boolean holds(Operator operator, Value left, Value right) {
        if (left instanceof Value.Truth || right instanceof Value.Truth) {
            return single(
                    operator,
                    new Value.Truth(Conversions.truth(left)),
                    new Value.Truth(Conversions.truth(right)));
        }
        return any(left, one -> any(right, other -> single(operator, one, other)));
    }

    private boolean any(Value value, Predicate<Value> test) {
        if (!(value instanceof Value.Nodes(var items))) {
            return test.test(value);
        }
        for (var item : items) {
            if (test.test(new Value.Text(conversions.text(item)))) {
                return true;
            }
        }
        return false;
    }

    private boolean single(Operator operator, Value left, Value right) {
        return switch (operator) {
            case EQUAL -> areEqual(left, right);
            case NOT_EQUAL -> !areEqual(left, right);
            case LESS -> numbers(left, right, (a, b) -> a < b);
            case LESS_OR_EQUAL -> numbers(left, right, (a, b) -> a <= b);
            case GREATER -> numbers(left, right, (a, b) -> a > b);
            case GREATER_OR_EQUAL -> numbers(left, right, (a, b) -> a >= b);
            case OR, AND, PLUS, MINUS, TIMES, DIV, MOD, UNION ->
                    throw new IllegalArgumentException("no comparison: " + operator);
        };
    }

    private boolean areEqual(Value left, Value right) {
        if (left instanceof Value.Truth(var a) && right instanceof Value.Truth(var b)) {
            return a == b;
        }
        return (left instanceof Value.Numeric || right instanceof Value.Numeric)
                ? numbers(left, right, (a, b) -> a.doubleValue() == b.doubleValue())
                : conversions.text(left).equals(conversions.text(right));
    }

    private boolean numbers(Value left, Value right, BiPredicate<Double, Double> test) {
        return test.test(conversions.number(left), conversions.number(right));
    }
}
