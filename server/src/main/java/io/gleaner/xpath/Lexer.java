package io.gleaner.xpath;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Cuts an expression into tokens (XPath 1.0, 3.7). */
final class Lexer {

    enum Kind {
        SIGN,
        OPERATOR_NAME,
        NAME,
        NUMBER,
        LITERAL,
        END
    }

    /**
     * @param text a literal's without its quotes
     */
    record Token(Kind kind, String text) {
        boolean is(String sign) {
            return (kind == Kind.SIGN || kind == Kind.OPERATOR_NAME) && text.equals(sign);
        }
    }

    private static final List<String> SIGNS =
            List.of(
                    "::", "//", "!=", "<=", ">=", "..", "(", ")", "[", "]", ".", "@", ",", "/", "|",
                    "+", "-", "=", "<", ">", "*");

    /** After these an operator cannot stand: a star is a name, and so are and, or, div, mod. */
    private static final Set<String> NO_OPERATOR_AFTER =
            Set.of(
                    "::", "//", "!=", "<=", ">=", "(", "[", "@", ",", "/", "|", "+", "-", "=", "<",
                    ">");

    private static final Set<String> OPERATOR_NAMES = Set.of("and", "or", "div", "mod");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) {
        return new Lexer(text).all();
    }

    private List<Token> all() {
        while (true) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                tokens.add(new Token(Kind.END, ""));
                return tokens;
            }
            tokens.add(next());
        }
    }

    private Token next() {
        char c = text.charAt(at);
        if (c == '"' || c == '\'') {
            int end = text.indexOf(c, at + 1);
            if (end < 0) {
                throw unexpected();
            }
            var literal = new Token(Kind.LITERAL, text.substring(at + 1, end));
            at = end + 1;
            return literal;
        }
        if (isDigit(at) || (c == '.' && isDigit(at + 1))) {
            return number();
        }
        if (isNameStart(c)) {
            return name();
        }
        for (String sign : SIGNS) {
            if (text.startsWith(sign, at)) {
                at += sign.length();
                return sign.equals("*") && !mayBeOperator()
                        ? new Token(Kind.NAME, "*")
                        : new Token(Kind.SIGN, sign);
            }
        }
        throw unexpected();
    }

    private Token number() {
        int start = at;
        while (isDigit(at)) {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            while (isDigit(at)) {
                at++;
            }
        }
        return new Token(Kind.NUMBER, text.substring(start, at));
    }

    private Token name() {
        int start = at;
        while (at < text.length() && isNamePart(text.charAt(at))) {
            at++;
        }
        String name = text.substring(start, at);
        return OPERATOR_NAMES.contains(name) && mayBeOperator()
                ? new Token(Kind.OPERATOR_NAME, name)
                : new Token(Kind.NAME, name);
    }

    private boolean mayBeOperator() {
        if (tokens.isEmpty()) {
            return false;
        }
        var before = tokens.getLast();
        return before.kind() != Kind.OPERATOR_NAME
                && !(before.kind() == Kind.SIGN
                        && (NO_OPERATOR_AFTER.contains(before.text())
                                || before.text().equals("*")));
    }

    private boolean isDigit(int i) {
        return i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }

    private static boolean isNameStart(char c) {
        return Character.isLetter(c) || c == '_' || Character.isSurrogate(c);
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c)
                || Character.isDigit(c)
                || c == '-'
                || c == '.'
                || c == '\u00b7'
                || Character.getType(c) == Character.NON_SPACING_MARK;
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("unexpected character at " + at);
    }
}
