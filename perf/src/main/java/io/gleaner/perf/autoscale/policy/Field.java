package io.gleaner.perf.autoscale.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A place in a YAML document. Every question it cannot answer is a {@link PolicyException} that
 * names the place.
 *
 * @param document file and number of the document in it
 * @param path such as {@code spec.metrics[2].type}; empty at the top
 */
record Field(String document, String path, JsonNode node) {

    /** The mapping here, in which no other keys than these may be. */
    Field only(String... keys) {
        if (!node.isObject()) {
            throw refused("must be a mapping");
        }
        Set<String> known = Set.of(keys);
        for (String key : node.propertyNames()) {
            if (!known.contains(key)) {
                throw at(key).refused("is unknown here; known are " + String.join(", ", keys));
            }
        }
        return this;
    }

    Field required(String key) {
        return maybe(key).orElseThrow(() -> at(key).refused("is missing"));
    }

    Optional<Field> maybe(String key) {
        JsonNode child = node.get(key);
        return child == null || child.isNull() ? Optional.empty() : Optional.of(at(key));
    }

    List<Field> items() {
        if (!node.isArray()) {
            throw refused("must be a list");
        }
        List<Field> items = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            items.add(new Field(document, "%s[%d]".formatted(path, i), node.get(i)));
        }
        return items;
    }

    String text() {
        if (!node.isString() || node.stringValue().isBlank()) {
            throw refused("must be a text");
        }
        return node.stringValue();
    }

    /** A name of this kind. */
    String name(Names kind) {
        if (!kind.accept(text())) {
            throw refused("must be a %s as Kubernetes names things: %s".formatted(kind, text()));
        }
        return text();
    }

    int integer(int min, int max) {
        if (!node.isInt() || node.intValue() < min || node.intValue() > max) {
            throw refused("must be a whole number from %d to %d: %s".formatted(min, max, node));
        }
        return node.intValue();
    }

    /** A quantity in milli-units, more than nothing. */
    long quantity() {
        long milli = read(Quantity::milli);
        if (milli < 1) {
            throw refused("must be positive: " + node);
        }
        return milli;
    }

    /** Reads the scalar here; what the reader objects to is refused. */
    <T> T read(Function<String, T> reader) {
        if (!node.isValueNode()) {
            throw refused("must be a single value");
        }
        try {
            return reader.apply(node.asString());
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    /** The value behind the word here. */
    <T> T oneOf(Map<String, T> words) {
        T value = words.get(text());
        if (value == null) {
            throw refused(
                    "must be one of %s: %s"
                            .formatted(words.keySet().stream().sorted().toList(), text()));
        }
        return value;
    }

    void exactly(String word) {
        if (!text().equals(word)) {
            throw refused("must be %s: %s".formatted(word, text()));
        }
    }

    /** Labels, or a selection by them. */
    Map<String, String> labels() {
        Map<String, String> labels = annotations();
        labels.forEach(
                (key, value) -> {
                    if (!Names.LABEL_VALUE.accept(value)) {
                        throw at(key).refused("must be a label's value: " + value);
                    }
                });
        return labels;
    }

    /** Any texts, under the keys of labels. */
    Map<String, String> annotations() {
        if (!node.isObject()) {
            throw refused("must be a mapping");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (String key : node.propertyNames()) {
            Field entry = at(key);
            if (!Names.acceptKey(key)) {
                throw entry.refused("must be a label's key");
            }
            if (!entry.node.isString()) {
                throw entry.refused("must be a text");
            }
            texts.put(key, entry.node.stringValue());
        }
        return texts;
    }

    PolicyException refused(String why) {
        return new PolicyException(
                "%s: %s %s".formatted(document, path.isEmpty() ? "the document" : path, why));
    }

    Field at(String key) {
        return new Field(document, path.isEmpty() ? key : path + "." + key, node.path(key));
    }
}
