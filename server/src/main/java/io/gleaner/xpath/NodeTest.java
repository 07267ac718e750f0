package io.gleaner.xpath;

/** Which nodes of an axis a step takes (XPath 1.0, 2.3). */
sealed interface NodeTest {

    boolean holds(Item item, Axis axis);

    /** {@code p}; on the attribute axis an attribute's name. */
    record Named(String name) implements NodeTest {
        @Override
        public boolean holds(Item item, Axis axis) {
            return new Principal().holds(item, axis) && item.name().equals(name);
        }
    }

    /** {@code *}. */
    record Principal() implements NodeTest {
        @Override
        public boolean holds(Item item, Axis axis) {
            return axis == Axis.ATTRIBUTE ? item.attribute() != null : item.isElement();
        }
    }

    /** {@code node()}. */
    record AnyNode() implements NodeTest {
        @Override
        public boolean holds(Item item, Axis axis) {
            return item.isNode();
        }
    }

    /** {@code text()}. */
    record TextOnly() implements NodeTest {
        @Override
        public boolean holds(Item item, Axis axis) {
            return item.isText();
        }
    }

    /** {@code comment()}. */
    record CommentOnly() implements NodeTest {
        @Override
        public boolean holds(Item item, Axis axis) {
            return item.isComment();
        }
    }

    /** {@code processing-instruction()}: HTML has none. */
    record Nothing() implements NodeTest {
        @Override
        public boolean holds(Item item, Axis axis) {
            return false;
        }
    }
}
