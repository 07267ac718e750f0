package io.gleaner.xpath;

import io.gleaner.select.Effort;
import io.gleaner.xpath.Expression.Binary;
import io.gleaner.xpath.Expression.Call;
import io.gleaner.xpath.Expression.Filter;
import io.gleaner.xpath.Expression.Literal;
import io.gleaner.xpath.Expression.Negation;
import io.gleaner.xpath.Expression.Path;
import io.gleaner.xpath.Expression.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jsoup.nodes.Document;

/** Evaluates an expression over one document (XPath 1.0, 2 and 3). */
final class Evaluation {

    private final Document document;
    private final Effort effort;
    private final Conversions conversions;
    private final Comparison comparison;
    private final DocumentOrder order;
    private final Calls calls;

    /**
     * What an expression is evaluated for.
     *
     * @param position of the item among those that are filtered, from 1
     * @param size how many those are
     */
    record Context(Item item, int position, int size) {}

    Evaluation(Document document, Effort effort) {
        this.document = document;
        this.effort = effort;
        this.conversions = new Conversions(effort);
        this.comparison = new Comparison(conversions);
        this.order = new DocumentOrder(effort);
        this.calls = new Calls(document, effort, conversions);
    }

    List<Item> nodes(Expression expression, Context context) {
        return items(value(expression, context));
    }

    private static List<Item> items(Value value) {
        if (value instanceof Value.Nodes(var items)) {
            return items;
        }
        throw new IllegalStateException("types were checked when it was read: " + value);
    }

    Value value(Expression expression, Context context) {
        effort.step();
        return switch (expression) {
            case Literal(var value, _) -> value;
            case Negation(var inner) ->
                    new Value.Numeric(-conversions.number(value(inner, context)));
            case Binary binary -> binary(binary, context);
            case Call(var function, var arguments) -> {
                var values = new ArrayList<Value>();
                for (var argument : arguments) {
                    values.add(value(argument, context));
                }
                yield calls.of(function, values, context);
            }
            case Filter(var inner, var predicates) ->
                    new Value.Nodes(filtered(nodes(inner, context), predicates));
            case Path path -> new Value.Nodes(path(path, context));
        };
    }

    private Value binary(Binary binary, Context context) {
        var left = value(binary.left(), context);
        return switch (binary.operator()) {
            case OR ->
                    new Value.Truth(
                            Conversions.truth(left)
                                    || Conversions.truth(value(binary.right(), context)));
            case AND ->
                    new Value.Truth(
                            Conversions.truth(left)
                                    && Conversions.truth(value(binary.right(), context)));
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                    new Value.Truth(
                            comparison.holds(
                                    binary.operator(), left, value(binary.right(), context)));
            case PLUS, MINUS, TIMES, DIV, MOD ->
                    new Value.Numeric(
                            computed(
                                    binary.operator(),
                                    conversions.number(left),
                                    conversions.number(value(binary.right(), context))));
            case UNION -> {
                var both = new ArrayList<>(items(left));
                both.addAll(nodes(binary.right(), context));
                yield new Value.Nodes(order.of(both, true));
            }
        };
    }

    private static double computed(Operator operator, double left, double right) {
        return switch (operator) {
            case PLUS -> left + right;
            case MINUS -> left - right;
            case TIMES -> left * right;
            case DIV -> left / right;
            case MOD -> left % right;
            case OR, AND, EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, UNION ->
                    throw new IllegalArgumentException("no arithmetic: " + operator);
        };
    }

    private List<Item> path(Path path, Context context) {
        List<Item> items;
        if (path.start() != null) {
            items = nodes(path.start(), context);
        } else {
            items = List.of(path.absolute() ? Item.of(document) : context.item());
        }
        for (var step : path.steps()) {
            items = step(step, items);
        }
        return items;
    }

    private List<Item> step(Step step, List<Item> from) {
        if (from.size() == 1) {
            var items = step(step, from.getFirst());
            return step.axis().isReverse() ? items.reversed() : items;
        }
        var items = new ArrayList<Item>();
        for (var item : from) {
            items.addAll(step(step, item));
        }
        return order.of(items, step.axis().mayMeet());
    }

    private List<Item> step(Step step, Item from) {
        var items = new ArrayList<Item>();
        int enough = enough(step.predicates());
        new AxisWalk(
                        effort,
                        item -> {
                            if (step.test().holds(item, step.axis())) {
                                items.add(item);
                            }
                            return items.size() < enough;
                        })
                .along(step.axis(), from);
        return filtered(items, step.predicates());
    }

    /** How many of an axis are needed: with {@code [3]} those behind the third are not. */
    private static int enough(List<Expression> predicates) {
        return !predicates.isEmpty()
                        && predicates.getFirst() instanceof Literal(Value.Numeric(var number), _)
                        && number >= 1
                ? (int) number
                : Integer.MAX_VALUE;
    }

    private List<Item> filtered(List<Item> items, List<Expression> predicates) {
        List<Item> left = items;
        for (var predicate : predicates) {
            var kept = new ArrayList<Item>();
            for (int i = 0; i < left.size(); i++) {
                var context = new Context(left.get(i), i + 1, left.size());
                if (isTrue(value(predicate, context), i + 1)) {
                    kept.add(left.get(i));
                }
            }
            left = kept;
        }
        return left.isEmpty() ? Collections.emptyList() : left;
    }

    private static boolean isTrue(Value predicate, int position) {
        return predicate instanceof Value.Numeric(var number)
                ? number == position
                : Conversions.truth(predicate);
    }
}
