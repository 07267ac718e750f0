package io.gleaner.perf.manifests;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lays a patch over an object: mappings are merged, lists of things with names are merged by name,
 * other lists are replaced, null removes.
 */
final class StrategicMerge {

    private StrategicMerge() {}

    static ObjectNode merge(ObjectNode base, ObjectNode patch) {
        ObjectNode merged = base.deepCopy();
        for (String key : patch.propertyNames()) {
            JsonNode change = patch.get(key);
            if (change.isNull()) {
                merged.remove(key);
            } else {
                merged.set(key, merge(merged.path(key), change));
            }
        }
        return merged;
    }

    private static JsonNode merge(JsonNode base, JsonNode patch) {
        if (base instanceof ObjectNode object && patch instanceof ObjectNode change) {
            return merge(object, change);
        }
        if (base instanceof ArrayNode list
                && patch instanceof ArrayNode change
                && isNamed(list)
                && isNamed(change)) {
            return mergeByName(list, change);
        }
        return patch;
    }

    private static boolean isNamed(ArrayNode list) {
        return list.valueStream().allMatch(item -> item.has("name"));
    }

    /** What is new comes first, as kubectl has it. */
    private static ArrayNode mergeByName(ArrayNode base, ArrayNode patch) {
        List<JsonNode> merged = new ArrayList<>(base.valueStream().toList());
        List<JsonNode> added = new ArrayList<>();
        for (JsonNode change : patch) {
            int index = 0;
            while (index < merged.size()
                    && !merged.get(index).path("name").equals(change.path("name"))) {
                index++;
            }
            if (index < merged.size()) {
                merged.set(index, merge(merged.get(index), change));
            } else {
                added.add(change);
            }
        }
        return base.arrayNode().addAll(added).addAll(merged);
    }
}
