package io.gleaner.perf.process;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How to run the service.
 *
 * @param databaseUrl its PostgreSQL, or empty for its embedded one in a new folder
 * @param arguments of {@code gleaner serve}
 * @param javaFlags after the launcher's, so they win
 * @param environment {@code GLEANER_*} variables
 * @param group cgroup to start it in
 */
public record ServicePlan(
        Optional<String> databaseUrl,
        List<String> arguments,
        List<String> javaFlags,
        Map<String, String> environment,
        Optional<MemoryGroup> group) {

    public ServicePlan {
        arguments = List.copyOf(arguments);
        javaFlags = List.copyOf(javaFlags);
        environment = Map.copyOf(environment);
    }
}
