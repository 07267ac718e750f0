package io.gleaner.perf.manifests;

import io.gleaner.perf.manifests.Shape.Entries;
import io.gleaner.perf.manifests.Shape.Fields;
import io.gleaner.perf.manifests.Shape.Items;
import io.gleaner.perf.manifests.Shape.Scalar;
import io.kubernetes.client.custom.Quantity;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Holds a place against a shape: what is unknown, missing or of the wrong type is a finding, as
 * {@code kubectl apply --validate=strict} has it.
 *
 * @param whole false for a patch, which may leave out what is required
 */
record ShapeCheck(boolean whole, List<Finding> findings) {

    static List<Finding> check(Place place, Shape shape, boolean whole) {
        var check = new ShapeCheck(whole, new ArrayList<>());
        check.check(place, shape);
        return check.findings;
    }

    private void check(Place place, Shape shape) {
        switch (shape) {
            case Fields fields -> checkFields(place, fields);
            case Items(Shape each) -> {
                expect(place, place.node().isArray(), "must be a list");
                place.items().forEach(item -> check(item, each));
            }
            case Entries(Shape each) -> {
                expect(place, place.node().isObject(), "must be a mapping");
                place.entries().values().forEach(entry -> check(entry, each));
            }
            case Scalar scalar ->
                    expect(place, fits(place.node(), scalar), "must be " + words(scalar));
        }
    }

    private void checkFields(Place place, Fields fields) {
        expect(place, place.node().isObject(), "must be a mapping");
        place.entries()
                .forEach(
                        (key, value) -> {
                            var shape = fields.of().get(key);
                            if (shape != null) {
                                check(value, shape.get());
                            } else if (whole || !key.equals("$patch")) {
                                findings.add(value.wrong("is unknown in " + fields.name()));
                            }
                        });
        if (whole && place.node().isObject()) {
            fields.required().stream()
                    .map(place::at)
                    .filter(field -> !field.isThere())
                    .forEach(field -> findings.add(field.wrong("is missing")));
        }
    }

    private void expect(Place place, boolean holds, String why) {
        if (!holds) {
            findings.add(place.wrong(why + ": " + place.node()));
        }
    }

    private static boolean fits(JsonNode node, Scalar scalar) {
        return switch (scalar) {
            case TEXT -> node.isString();
            case INTEGER -> node.isIntegralNumber();
            case NUMBER -> node.isNumber();
            case TRUTH -> node.isBoolean();
            case QUANTITY -> isQuantity(node);
            case INTEGER_OR_TEXT -> node.isIntegralNumber() || node.isString();
            case ANYTHING -> true;
        };
    }

    private static boolean isQuantity(JsonNode node) {
        if (!node.isNumber() && !node.isString()) {
            return false;
        }
        try {
            return Quantity.fromString(node.asString()).getNumber().signum() >= 0;
        } catch (RuntimeException e) {
            return false; // It says so with several types.
        }
    }

    private static String words(Scalar scalar) {
        return switch (scalar) {
            case TEXT -> "a text (in quotes, if it looks like a number)";
            case INTEGER -> "a whole number";
            case NUMBER -> "a number";
            case TRUTH -> "true or false";
            case QUANTITY -> "a quantity like 500m or 1Gi";
            case INTEGER_OR_TEXT -> "a whole number or a text";
            case ANYTHING -> "anything";
        };
    }
}
