package io.gleaner.xpath;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression as it was read. */
sealed interface Expression {

    ValueType type();

    /** A number or a string. */
    record Literal(Value value, ValueType type) implements Expression {}

    /** {@code -x}. */
    record Negation(Expression inner) implements Expression {
        @Override
        public ValueType type() {
            return ValueType.NUMBER;
        }
    }

    /** Two expressions and what is between them. */
    record Binary(Operator operator, Expression left, Expression right) implements Expression {
        @Override
        public ValueType type() {
            return operator.type();
        }
    }

    /** A function with its arguments. */
    record Call(Function function, List<Expression> arguments) implements Expression {
        @Override
        public ValueType type() {
            return function.type();
        }
    }

    /** {@code (nodes)[predicate]}. */
    record Filter(Expression inner, List<Expression> predicates) implements Expression {
        @Override
        public ValueType type() {
            return ValueType.NODES;
        }
    }

    /**
     * Steps from somewhere.
     *
     * @param start the nodes to start from, or null for the context node or the document
     * @param absolute whether it starts from the document
     */
    record Path(@Nullable Expression start, boolean absolute, List<Step> steps)
            implements Expression {
        @Override
        public ValueType type() {
            return ValueType.NODES;
        }
    }

    /** One step of a path. */
    record Step(Axis axis, NodeTest test, List<Expression> predicates) {}
}
