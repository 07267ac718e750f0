package io.gleaner.perf.manifests;

import io.gleaner.perf.manifests.Shape.Entries;
import io.gleaner.perf.manifests.Shape.Fields;
import io.gleaner.perf.manifests.Shape.Items;
import io.gleaner.perf.manifests.Shape.Scalar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * The types that are no part of Kubernetes, as far as we use them: a hand-kept list of fields in
 * {@code custom-types.yml}. A key with {@code !} is required, {@code "*"} stands for any key, a
 * value is a word of {@link Scalar} or a model of Kubernetes.
 */
final class CustomTypes {

    private static final JsonNode ALL = read();

    private CustomTypes() {}

    static boolean has(String kind) {
        return ALL.has(kind);
    }

    static Shape of(String kind) {
        return shape(kind, ALL.required(kind));
    }

    private static Shape shape(String name, JsonNode node) {
        if (node.isArray()) {
            return new Items(shape(name, node.get(0)));
        }
        if (node.isString()) {
            String word = node.stringValue();
            return word.startsWith("V") ? KubernetesTypes.of(word) : scalar(word);
        }
        if (node.has("*")) {
            return new Entries(shape(name, node.get("*")));
        }
        Map<String, Supplier<Shape>> of = new LinkedHashMap<>();
        Set<String> required = new LinkedHashSet<>();
        for (String key : node.propertyNames()) {
            String plain = key.replace("!", "");
            of.put(plain, () -> shape(name, node.get(key)));
            if (!plain.equals(key)) {
                required.add(plain);
            }
        }
        return new Fields(name, of, required);
    }

    private static Scalar scalar(String word) {
        return Scalar.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static JsonNode read() {
        try (var in = CustomTypes.class.getResourceAsStream("custom-types.yml")) {
            byte[] bytes = Objects.requireNonNull(in).readAllBytes();
            return Yaml.parse("custom-types.yml", new String(bytes, StandardCharsets.UTF_8))
                    .getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
