package io.gleaner.perf.manifests;

import io.kubernetes.client.custom.Quantity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * API and workers ask for what {@code docs/performance/capacity.json} says, which names the reports
 * it is from; the simulator counts with the same. Every container bounds its memory.
 */
final class RequestsAreMeasured implements Rule {

    private static final Path CAPACITY = Path.of("..", "docs", "performance", "capacity.json");
    private static final BigDecimal MILLI = new BigDecimal("0.001");
    private static final BigDecimal MIB = BigDecimal.valueOf(1 << 20);

    @Override
    public Stream<Finding> check(Cluster cluster) {
        JsonNode capacity = read();
        return cluster.workloads()
                .flatMap(
                        workload ->
                                workload.containers().stream()
                                        .flatMap(
                                                it ->
                                                        check(
                                                                it.at("resources"),
                                                                capacity.path(
                                                                        workload.roles()
                                                                                + browser(it)))));
    }

    /** Whoever renders needs more. */
    private static String browser(Place container) {
        return container.at("image").text().startsWith("gleaner-browser") ? " with a browser" : "";
    }

    private static Stream<Finding> check(Place resources, JsonNode capacity) {
        Place memory = resources.at("requests", "memory");
        Place limit = resources.at("limits", "memory");
        Stream<Finding> bound =
                limit.text().equals(memory.text())
                        ? Stream.empty()
                        : Stream.of(limit.wrong("must be as the request: " + limit.text()));
        if (capacity.isMissingNode()) {
            return bound;
        }
        return Stream.concat(
                bound,
                Stream.concat(
                        same(resources.at("requests", "cpu"), capacity, "cpuRequestMilli", MILLI),
                        same(memory, capacity, "memoryRequestMiB", MIB)));
    }

    private static Stream<Finding> same(
            Place request, JsonNode capacity, String figure, BigDecimal unit) {
        BigDecimal measured = capacity.required(figure).required("value").decimalValue();
        BigDecimal asked = quantity(request);
        return asked.compareTo(measured.multiply(unit)) == 0
                ? Stream.empty()
                : Stream.of(
                        request.wrong(
                                "is not %s of capacity.json (%s): %s"
                                        .formatted(figure, measured, request.text())));
    }

    private static BigDecimal quantity(Place place) {
        return place.isThere() ? Quantity.fromString(place.text()).getNumber() : BigDecimal.ZERO;
    }

    private static JsonNode read() {
        try {
            return JsonMapper.shared().readTree(Files.readString(CAPACITY));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
