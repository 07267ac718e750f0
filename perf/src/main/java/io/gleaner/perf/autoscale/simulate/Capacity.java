package io.gleaner.perf.autoscale.simulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a pod can do and takes. An item is a page for a worker and a request for an API.
 *
 * @param itemsPerSecond at most
 * @param cpuMillisPerItem milliseconds of a core
 * @param idleCpuMilli thousandths of a core without any work
 * @param idleMemoryMiB without any work
 * @param memoryPerItemInHandKiB on top, for each item that is being worked on; a JVM does not give
 *     it back
 * @param secondsInHand how long an item is worked on
 * @param cpuRequestMilli the pod's request; utilization is a share of it
 * @param memoryRequestMiB the pod's request
 * @param readySeconds from the start of the process until it is ready
 * @param scheduleSeconds from the wish for a pod to the start of its process
 * @param sources where each figure comes from, by name
 */
public record Capacity(
        double itemsPerSecond,
        double cpuMillisPerItem,
        double idleCpuMilli,
        double idleMemoryMiB,
        double memoryPerItemInHandKiB,
        double secondsInHand,
        double cpuRequestMilli,
        double memoryRequestMiB,
        double readySeconds,
        double scheduleSeconds,
        Map<String, String> sources) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Capacity {
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    }

    /**
     * Reads one tier of a capacity file.
     *
     * @param changes figures by name that are not the file's
     * @throws IllegalArgumentException it cannot be read, or a figure is missing, unknown or not a
     *     number over or equal to 0
     */
    public static Capacity read(Path file, String tier, Map<String, Double> changes) {
        JsonNode node;
        try {
            node = JSON.readTree(Files.readString(file)).path(tier);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read", e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(file + ": " + e.getOriginalMessage(), e);
        }
        if (!node.isObject()) {
            throw new IllegalArgumentException("%s: there is no '%s'".formatted(file, tier));
        }
        var figures = new Figures(file + ", " + tier, node, changes);
        return new Capacity(
                figures.of("itemsPerSecond"),
                figures.of("cpuMillisPerItem"),
                figures.of("idleCpuMilli"),
                figures.of("idleMemoryMiB"),
                figures.of("memoryPerItemInHandKiB"),
                figures.of("secondsInHand"),
                figures.of("cpuRequestMilli"),
                figures.of("memoryRequestMiB"),
                figures.of("readySeconds"),
                figures.of("scheduleSeconds"),
                figures.sources());
    }

    /** The same with other work. */
    Capacity withWork(double items, double cpuMillis, double idleMilli) {
        return new Capacity(
                items,
                cpuMillis,
                idleMilli,
                idleMemoryMiB,
                memoryPerItemInHandKiB,
                secondsInHand,
                cpuRequestMilli,
                memoryRequestMiB,
                readySeconds,
                scheduleSeconds,
                sources);
    }

    private record Figures(
            String place, JsonNode node, Map<String, Double> changes, Map<String, String> sources) {

        Figures(String place, JsonNode node, Map<String, Double> changes) {
            this(place, node, changes, new LinkedHashMap<>());
            for (String name : changes.keySet()) {
                if (!node.has(name)) {
                    throw new IllegalArgumentException(
                            "%s: '%s' is not one of %s"
                                    .formatted(place, name, node.propertyNames()));
                }
            }
        }

        double of(String name) {
            JsonNode entry = node.path(name);
            Double changed = changes.get(name);
            JsonNode given = entry.path("value");
            if (!given.isNumber() || !entry.path("from").isString()) {
                throw new IllegalArgumentException(
                        "%s.%s must have a 'value' and say where it is 'from'"
                                .formatted(place, name));
            }
            double value = changed == null ? given.doubleValue() : changed;
            if (!(value >= 0)) {
                throw new IllegalArgumentException(
                        "%s.%s must not be negative: %s".formatted(place, name, value));
            }
            sources.put(
                    name,
                    changed == null
                            ? "%s: %s (%s)"
                                    .formatted(
                                            given.asString(),
                                            entry.path("from").stringValue(),
                                            entry.path("how").asString(""))
                            : changed + ": given on the command line");
            return value;
        }
    }
}
