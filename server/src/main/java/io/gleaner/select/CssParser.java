package io.gleaner.select;

import io.gleaner.regex.Re2;
import io.gleaner.select.Matcher.Cost;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jsoup.parser.TokenQueue;
import org.jsoup.select.Evaluator;
import org.jsoup.select.QueryParser;

/**
 * Reads a selector as jsoup's {@link QueryParser} does, with the same tokens, and leaves each
 * simple selector to it.
 */
final class CssParser {

    static final int NESTING_MAX = 8;

    /** Of a regular expression in a selector, which goes over the text of whole elements. */
    private static final int PROGRAM_MAX = 1_000;

    private static final String NESTED =
            "nested at most %d deep (:has, :is, :not)".formatted(NESTING_MAX);
    private static final char[] COMBINATORS = {'>', '+', '~'};
    private static final char[] ENDS = {',', ')'};

    private final TokenQueue queue;
    private final int depth;

    private CssParser(TokenQueue queue, int depth) {
        if (depth > NESTING_MAX) {
            throw new RefusedExpressionException(NESTED);
        }
        this.queue = queue;
        this.depth = depth;
    }

    static Matcher parse(String css) {
        return parse(css, 0);
    }

    private static Matcher parse(String css, int depth) {
        try (var queue = new TokenQueue(css.trim())) {
            var matcher = new CssParser(queue, depth).group();
            queue.consumeWhitespace();
            if (!queue.isEmpty()) {
                throw unexpected(queue);
            }
            return matcher;
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private Matcher group() {
        return Any.of(branches().stream().map(Has.Branch::matcher).toList());
    }

    private List<Has.Branch> branches() {
        var branches = new ArrayList<Has.Branch>();
        do {
            branches.add(branch());
        } while (queue.matchChomp(','));
        return branches;
    }

    private Has.Branch branch() {
        queue.consumeWhitespace();
        boolean isRelative = queue.matchesAny(COMBINATORS);
        boolean after = isRelative && !queue.matches('>');
        Matcher left = isRelative ? new Itself() : compound();
        while (true) {
            boolean space = queue.consumeWhitespace();
            if (queue.matchesAny(COMBINATORS)) {
                left = related(queue.consume(), left);
            } else if (space && !queue.isEmpty() && !queue.matchesAny(ENDS)) {
                left = related(' ', left);
            } else {
                return new Has.Branch(left, after);
            }
        }
    }

    private Matcher related(char combinator, Matcher left) {
        var kind =
                switch (combinator) {
                    case '>' -> Relation.Kind.PARENT;
                    case '+' -> Relation.Kind.PREVIOUS;
                    case '~' -> Relation.Kind.EARLIER;
                    default -> Relation.Kind.ANCESTOR;
                };
        return All.of(List.of(compound(), new Relation(kind, left)));
    }

    private Matcher compound() {
        queue.consumeWhitespace();
        var parts = new ArrayList<Matcher>();
        if (queue.matchesWord() || queue.matches("*|")) {
            parts.add(tag());
        } else if (queue.matchChomp('*')) {
            parts.add(new Simple(new Evaluator.AllElements(), Cost.FLAT, 1));
        }
        boolean ofNodes = false;
        while (!queue.isEmpty()) {
            if (queue.matchChomp('#')) {
                parts.add(new Simple(new Evaluator.Id(identifier()), Cost.FLAT, 1));
            } else if (queue.matchChomp('.')) {
                parts.add(new Simple(new Evaluator.Class(identifier()), Cost.ATTRIBUTES, 1));
            } else if (queue.matches('[')) {
                parts.add(attribute());
            } else if (queue.matchChomp("::")) {
                parts.add(nodeKind());
                ofNodes = true;
            } else if (queue.matchChomp(':')) {
                parts.add(pseudo(queue.consumeCssIdentifier(), ofNodes));
            } else {
                break;
            }
        }
        if (parts.isEmpty()) {
            throw unexpected(queue);
        }
        return All.of(parts);
    }

    private String identifier() {
        String identifier = queue.consumeCssIdentifier();
        if (identifier.isEmpty()) {
            throw unexpected(queue);
        }
        return identifier.trim();
    }

    private Matcher tag() {
        String name = queue.consumeElementSelector().toLowerCase(Locale.ENGLISH).trim();
        if (name.isEmpty()) {
            throw unexpected(queue);
        }
        if (name.startsWith("*|")) {
            String plain = name.substring(2);
            return Any.of(
                    List.of(
                            new Simple(new Evaluator.Tag(plain), Cost.FLAT, 1),
                            new Simple(new Evaluator.TagEndsWith(":" + plain), Cost.FLAT, 1)));
        }
        return name.endsWith("|*")
                ? new Simple(
                        new Evaluator.TagStartsWith(name.substring(0, name.length() - 2) + ":"),
                        Cost.FLAT,
                        1)
                : new Simple(new Evaluator.Tag(name.replace('|', ':')), Cost.FLAT, 1);
    }

    private Matcher attribute() {
        String inside = queue.chompBalanced('[', ']');
        int operator = inside.indexOf('=');
        boolean isRegex = operator > 0 && inside.charAt(operator - 1) == '~';
        int weight = isRegex ? weight(inside.substring(operator + 1).strip()) : 1;
        return new Simple(QueryParser.parse("[" + inside + "]"), Cost.ATTRIBUTES, weight);
    }

    private NodeKind nodeKind() {
        var kind = NodeKind.named(queue.consumeCssIdentifier());
        if (kind == null) {
            throw unexpected(queue);
        }
        return kind;
    }

    private Matcher pseudo(String name, boolean ofNodes) {
        return switch (name) {
            case "has" -> new Has(nested(CssParser::branches));
            case "is" -> nested(CssParser::group);
            case "not" -> new Not(parse(argument(), depth + 1));
            case "contains", "containsOwn" ->
                    ofNodes
                            ? NodeKind.containing(TokenQueue.unescape(argument()))
                            : withArgument(name, argument(), Cost.TEXT, 1);
            case "containsWholeText", "containsWholeOwnText", "containsData" ->
                    withArgument(name, argument(), Cost.TEXT, 1);
            case "matches", "matchesOwn" -> {
                String regex = argument();
                int weight = weight(regex);
                yield ofNodes
                        ? NodeKind.matching(Re2.compile(regex, PROGRAM_MAX, PROGRAM_MAX), weight)
                        : withArgument(name, regex, Cost.TEXT, weight);
            }
            case "matchesWholeText", "matchesWholeOwnText" -> {
                String regex = argument();
                yield withArgument(name, regex, Cost.TEXT, weight(regex));
            }
            case "lt",
                    "gt",
                    "eq",
                    "nth-child",
                    "nth-last-child",
                    "nth-of-type",
                    "nth-last-of-type" ->
                    withArgument(name, argument(), Cost.SIBLINGS, 1);
            case "first-child",
                    "last-child",
                    "first-of-type",
                    "last-of-type",
                    "only-child",
                    "only-of-type",
                    "empty",
                    "root" ->
                    new Simple(QueryParser.parse(":" + name), Cost.SIBLINGS, 1);
            case "blank" -> NodeKind.blank();
            default -> throw unexpected(queue);
        };
    }

    private <T> T nested(Function<CssParser, T> read) {
        if (!queue.matchChomp('(')) {
            throw unexpected(queue);
        }
        T inside = read.apply(new CssParser(queue, depth + 1));
        if (!queue.matchChomp(')')) {
            throw unexpected(queue);
        }
        return inside;
    }

    private String argument() {
        String argument = queue.chompBalanced('(', ')');
        if (argument.isEmpty()) {
            throw unexpected(queue);
        }
        return argument;
    }

    private static Matcher withArgument(String name, String argument, Cost cost, int weight) {
        return new Simple(QueryParser.parse(":%s(%s)".formatted(name, argument)), cost, weight);
    }

    /** RE2 goes over a text about once for so many instructions. */
    private static int weight(String regex) {
        try {
            return 2 + Re2.compile(regex, PROGRAM_MAX, PROGRAM_MAX).programSize() / 4;
        } catch (IllegalArgumentException e) {
            throw new RefusedExpressionException(String.valueOf(e.getMessage()));
        }
    }

    private static IllegalArgumentException unexpected(TokenQueue queue) {
        return new IllegalArgumentException("unexpected token at '" + queue.remainder() + "'");
    }
}
