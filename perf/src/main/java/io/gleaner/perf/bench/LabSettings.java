package io.gleaner.perf.bench;

import io.gleaner.perf.process.DatabaseAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What all benches have in common.
 *
 * @param databaseUrl PostgreSQL to use, or empty for a new one each time
 * @param arguments more of them for {@code gleaner serve}; they win over the bench's
 * @param javaFlags more of them for the service
 * @param environment more of it for the service
 * @param keep leave data and logs
 */
public record LabSettings(
        Optional<String> databaseUrl,
        List<String> arguments,
        List<String> javaFlags,
        Map<String, String> environment,
        boolean keep) {

    public LabSettings {
        databaseUrl.ifPresent(DatabaseAddress::parse);
        arguments = List.copyOf(arguments);
        javaFlags = List.copyOf(javaFlags);
        environment = Map.copyOf(environment);
    }
}
