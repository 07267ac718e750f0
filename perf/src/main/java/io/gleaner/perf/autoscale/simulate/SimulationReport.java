package io.gleaner.perf.autoscale.simulate;

import io.gleaner.perf.report.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs with everything around them, for machines.
 *
 * @param command that repeats them
 */
public record SimulationReport(String command, Simulation simulation, Slo slo, List<Judged> runs) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** A run and what is said of it. */
    public record Judged(Run run, List<Verdict> verdicts) {}

    /** Judges runs. */
    public static SimulationReport of(
            String command, Simulation simulation, Slo slo, List<Run> runs) {
        return new SimulationReport(
                command,
                simulation,
                slo,
                runs.stream().map(run -> new Judged(run, slo.judge(run))).toList());
    }

    /** Every verdict of every run holds. */
    public boolean holds() {
        return runs.stream().flatMap(one -> one.verdicts().stream()).allMatch(Verdict::holds);
    }

    /** Writes {@code NAME.json} and {@code NAME.html}; answers the page. */
    public Path write(Path folder, String name) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name + ".json"), JSON.writeValueAsString(this));
            return Files.writeString(
                    folder.resolve(name + ".html"),
                    SimulationPage.of(
                            command, simulation, slo, runs.stream().map(Judged::run).toList()));
        } catch (IOException e) {
            throw new UncheckedIOException("the report cannot be written to " + folder, e);
        }
    }
}
