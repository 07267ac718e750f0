package io.gleaner.store;

import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What matters of a plan: which indexes it goes by and which tables it reads whole. The day is left
 * out of a partition's name.
 */
record QueryPlan(Set<String> indexes, Set<String> wholeTables, String text) {

    /**
     * @param json the answer of {@code EXPLAIN (FORMAT JSON)}
     * @param text the same for people
     */
    static QueryPlan of(String json, String text) {
        var plan = new QueryPlan(new TreeSet<>(), new TreeSet<>(), text);
        plan.collect(JsonMapper.shared().readTree(json).path(0).path("Plan"));
        return plan;
    }

    private void collect(JsonNode node) {
        add(indexes, node.path("Index Name"));
        if (node.path("Node Type").asString("").equals("Seq Scan")) {
            add(wholeTables, node.path("Relation Name"));
        }
        // INSERT ... ON CONFLICT names the index that tells of the conflict.
        node.path("Conflict Arbiter Indexes").forEach(index -> add(indexes, index));
        node.path("Plans").forEach(this::collect);
    }

    private static void add(Set<String> names, JsonNode name) {
        if (!name.isMissingNode()) {
            names.add(name.asString("").replaceFirst("_\\d{8}", ""));
        }
    }
}
