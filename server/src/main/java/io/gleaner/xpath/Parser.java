package io.gleaner.xpath;

import io.gleaner.select.RefusedExpressionException;
import io.gleaner.xpath.Expression.Binary;
import io.gleaner.xpath.Expression.Call;
import io.gleaner.xpath.Expression.Filter;
import io.gleaner.xpath.Expression.Literal;
import io.gleaner.xpath.Expression.Negation;
import io.gleaner.xpath.Expression.Path;
import io.gleaner.xpath.Expression.Step;
import io.gleaner.xpath.Lexer.Kind;
import io.gleaner.xpath.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an expression (the grammar of XPath 1.0) and checks the types of its parts. */
final class Parser {

    static final int NESTING_MAX = 12;

    private static final Set<String> NODE_TYPES =
            Set.of("node", "text", "comment", "processing-instruction");

    private final List<Token> tokens;
    private int at;
    private int depth;
    private int positionsAsked;

    private Parser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Expression parse(String text) {
        var parser = new Parser(Lexer.tokens(text));
        var expression = parser.expression();
        parser.expect(Kind.END);
        return expression;
    }

    private Expression expression() {
        if (++depth > NESTING_MAX) {
            throw new RefusedExpressionException(
                    "nested at most %d deep (predicates, functions, parentheses)"
                            .formatted(NESTING_MAX));
        }
        var expression = binary(0);
        depth--;
        return expression;
    }

    private Expression binary(int level) {
        if (level == Operator.LEVEL_OF_SIGN) {
            return signed();
        }
        var operators = Operator.ofLevel(level);
        if (operators.isEmpty()) {
            return path();
        }
        var left = binary(level + 1);
        while (true) {
            var operator = next(operators);
            if (operator.isEmpty()) {
                return left;
            }
            var right = binary(level + 1);
            if (operator.get() == Operator.UNION) {
                nodes(left);
                nodes(right);
            }
            left = new Binary(operator.get(), left, right);
        }
    }

    private Optional<Operator> next(List<Operator> operators) {
        for (var operator : operators) {
            if (take(operator.sign())) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }

    private Expression signed() {
        boolean negative = false;
        boolean isNumber = false;
        while (take("-")) {
            negative = !negative;
            isNumber = true;
        }
        var inner = binary(Operator.LEVEL_OF_SIGN + 1);
        if (negative) {
            return new Negation(inner);
        }
        return isNumber ? new Negation(new Negation(inner)) : inner;
    }

    private Expression path() {
        if (isPrimary()) {
            var primary = primary();
            var predicates = predicates();
            var start = predicates.isEmpty() ? primary : new Filter(nodes(primary), predicates);
            if (!peek().is("/") && !peek().is("//")) {
                return start;
            }
            return new Path(nodes(start), false, steps());
        }
        if (peek().is("/")) {
            boolean alone = !startsStep(tokens.get(at + 1));
            if (alone) {
                at++;
                return new Path(null, true, List.of());
            }
            return new Path(null, true, steps());
        }
        if (peek().is("//")) {
            return new Path(null, true, steps());
        }
        var steps = new ArrayList<Step>();
        steps.add(step());
        steps.addAll(steps());
        return new Path(null, false, List.copyOf(steps));
    }

    /** Steps of which each has a slash before it. */
    private List<Step> steps() {
        var steps = new ArrayList<Step>();
        while (true) {
            if (take("//")) {
                int asked = positionsAsked;
                var step = step();
                boolean positional = positionsAsked != asked || hasNumber(step.predicates());
                if (step.axis() == Axis.CHILD && !positional) {
                    steps.add(new Step(Axis.DESCENDANT, step.test(), step.predicates()));
                } else {
                    steps.add(new Step(Axis.DESCENDANT_OR_SELF, new NodeTest.AnyNode(), List.of()));
                    steps.add(step);
                }
            } else if (take("/")) {
                steps.add(step());
            } else {
                return List.copyOf(steps);
            }
        }
    }

    private static boolean hasNumber(List<Expression> predicates) {
        return predicates.stream().anyMatch(predicate -> predicate.type() == ValueType.NUMBER);
    }

    private static boolean startsStep(Token token) {
        return token.kind() == Kind.NAME || token.is("@") || token.is(".") || token.is("..");
    }

    private Step step() {
        if (take(".")) {
            return new Step(Axis.SELF, new NodeTest.AnyNode(), predicates());
        }
        if (take("..")) {
            return new Step(Axis.PARENT, new NodeTest.AnyNode(), predicates());
        }
        var axis = axis();
        return new Step(axis, test(), predicates());
    }

    private Axis axis() {
        if (take("@")) {
            return Axis.ATTRIBUTE;
        }
        if (peek().kind() == Kind.NAME && tokens.get(at + 1).is("::")) {
            var axis = Axis.named(peek().text());
            at += 2;
            return axis.orElseThrow(this::unexpected);
        }
        return Axis.CHILD;
    }

    private NodeTest test() {
        String name = expect(Kind.NAME);
        if (name.equals("*")) {
            return new NodeTest.Principal();
        }
        if (!NODE_TYPES.contains(name) || !take("(")) {
            return new NodeTest.Named(name);
        }
        if (name.equals("processing-instruction") && peek().kind() == Kind.LITERAL) {
            at++;
        }
        require(")");
        return switch (name) {
            case "node" -> new NodeTest.AnyNode();
            case "text" -> new NodeTest.TextOnly();
            case "comment" -> new NodeTest.CommentOnly();
            default -> new NodeTest.Nothing();
        };
    }

    private List<Expression> predicates() {
        var predicates = new ArrayList<Expression>();
        while (take("[")) {
            predicates.add(expression());
            require("]");
        }
        return List.copyOf(predicates);
    }

    private boolean isPrimary() {
        var token = peek();
        return switch (token.kind()) {
            case LITERAL, NUMBER -> true;
            case NAME -> tokens.get(at + 1).is("(") && !NODE_TYPES.contains(token.text());
            case SIGN -> token.is("(");
            case OPERATOR_NAME, END -> false;
        };
    }

    private Expression primary() {
        var token = tokens.get(at++);
        return switch (token.kind()) {
            case LITERAL -> new Literal(new Value.Text(token.text()), ValueType.TEXT);
            case NUMBER ->
                    new Literal(
                            new Value.Numeric(Double.parseDouble(token.text())), ValueType.NUMBER);
            case NAME -> call(token.text());
            case SIGN, OPERATOR_NAME, END -> {
                var inner = expression();
                require(")");
                yield inner;
            }
        };
    }

    private Expression call(String name) {
        var function = Function.named(name).orElseThrow(this::unexpected);
        require("(");
        var arguments = new ArrayList<Expression>();
        if (!take(")")) {
            do {
                arguments.add(expression());
            } while (take(","));
            require(")");
        }
        if (!function.takes(arguments.size())) {
            throw unexpected();
        }
        if (function.takesNodes()) {
            arguments.forEach(this::nodes);
        }
        if (function == Function.POSITION || function == Function.LAST) {
            positionsAsked++;
        }
        return new Call(function, List.copyOf(arguments));
    }

    private Expression nodes(Expression expression) {
        if (expression.type() != ValueType.NODES) {
            throw unexpected();
        }
        return expression;
    }

    private Token peek() {
        return tokens.get(at);
    }

    private boolean take(String sign) {
        boolean isNext = peek().is(sign);
        at += isNext ? 1 : 0;
        return isNext;
    }

    private void require(String sign) {
        if (!take(sign)) {
            throw unexpected();
        }
    }

    private String expect(Kind kind) {
        var token = peek();
        if (token.kind() != kind) {
            throw unexpected();
        }
        at += kind == Kind.END ? 0 : 1;
        return token.text();
    }

    private IllegalArgumentException unexpected() {
        @Nullable Token token = at < tokens.size() ? tokens.get(at) : null;
        return new IllegalArgumentException(
                "unexpected " + (token == null ? "end" : "'" + token.text() + "'"));
    }
}
