package io.gleaner.perf.manifests;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * A place in a manifest, where something may be or not.
 *
 * @param where file, kind and name
 * @param path from the top of the object
 */
record Place(String where, String path, JsonNode node) {

    Place at(String... keys) {
        Place place = this;
        for (String key : keys) {
            String path = place.path.isEmpty() ? key : place.path + "." + key;
            place = new Place(where, path, place.node.path(key));
        }
        return place;
    }

    boolean isThere() {
        return !node.isMissingNode() && !node.isNull();
    }

    /** The entries of a list; none where there is no list. */
    List<Place> items() {
        List<Place> items = new ArrayList<>();
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            items.add(new Place(where, "%s[%d]".formatted(path, i), node.get(i)));
        }
        return items;
    }

    /** The entries of a mapping; none where there is no mapping. */
    Map<String, Place> entries() {
        Map<String, Place> entries = new LinkedHashMap<>();
        if (node.isObject()) {
            node.propertyNames().forEach(key -> entries.put(key, at(key)));
        }
        return entries;
    }

    /** The scalar here as text; empty where there is none. */
    String text() {
        return node.isValueNode() && !node.isNull() ? node.asString() : "";
    }

    OptionalInt integer() {
        return node.isInt() ? OptionalInt.of(node.intValue()) : OptionalInt.empty();
    }

    /** A mapping of scalars. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        entries().forEach((key, value) -> texts.put(key, value.text()));
        return texts;
    }

    Finding wrong(String why) {
        return new Finding(where, path, why);
    }
}
