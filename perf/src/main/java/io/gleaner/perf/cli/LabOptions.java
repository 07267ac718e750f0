package io.gleaner.perf.cli;

import io.gleaner.perf.bench.LabSettings;
import io.gleaner.perf.report.ReportFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that every bench has. */
final class LabOptions {

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Where the report goes (default perf/target/reports).")
    private Path report = Path.of("perf", "target", "reports");

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description =
                    "PostgreSQL on loopback to use; the databases gleaner_bench* in it are dropped"
                            + " and made anew. Default: the product's embedded one, a new folder"
                            + " each time.")
    private @Nullable String databaseUrl;

    @Option(
            names = "--service-arg",
            paramLabel = "ARG",
            description = "One more argument of 'gleaner serve'; may be repeated.")
    private List<String> arguments = List.of();

    @Option(
            names = "--service-java",
            paramLabel = "FLAG",
            description = "One more JVM flag of the service, like -Xmx400m; may be repeated.")
    private List<String> javaFlags = List.of();

    @Option(
            names = "--service-env",
            paramLabel = "NAME=VALUE",
            description = "An environment variable of the service; may be repeated.")
    private Map<String, String> environment = Map.of();

    @Option(names = "--keep", description = "Keep data and logs, and say where they are.")
    private boolean keep;

    LabSettings settings() {
        return new LabSettings(
                Optional.ofNullable(databaseUrl), arguments, javaFlags, environment, keep);
    }

    ReportFolder folder() {
        return new ReportFolder(report);
    }
}
