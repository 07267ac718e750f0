package io.gleaner.perf.cli;

import io.gleaner.perf.bench.LabSettings;
import io.gleaner.perf.profile.Profiles;
import io.gleaner.perf.report.ReportFolder;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that every bench has. */
final class LabOptions {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

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

    @Option(
            names = "--profile",
            description =
                    "Record the service with Java Flight Recorder and draw flame graphs of its CPU"
                            + " and allocations; it costs some of both.")
    private boolean profile;

    private @Nullable Profiles profiles;

    LabSettings settings() {
        var flags = new ArrayList<>(javaFlags);
        if (profile) {
            profiles = new Profiles(report.resolve("profile-" + STAMP.format(Instant.now())));
            flags.add(profiles.flag());
        }
        return new LabSettings(
                Optional.ofNullable(databaseUrl), arguments, flags, environment, keep);
    }

    /** The flame graphs of what was recorded. */
    List<Path> draw() {
        return profiles == null ? List.of() : profiles.draw();
    }

    ReportFolder folder() {
        return new ReportFolder(report);
    }
}
