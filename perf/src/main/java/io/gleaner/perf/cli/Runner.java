package io.gleaner.perf.cli;

import io.gleaner.perf.bench.Bench;
import io.gleaner.perf.bench.Lab;
import io.gleaner.perf.process.Machine;
import io.gleaner.perf.process.MachineAtRest;
import io.gleaner.perf.process.MachineLoad;
import io.gleaner.perf.process.Revision;
import io.gleaner.perf.process.ServerProgram;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Report;
import io.gleaner.perf.report.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Runs one bench, writes its report, says what holds. */
record Runner(PrintStream out, PrintStream err, String command) {

    int run(Bench bench, LabOptions options) throws IOException, InterruptedException {
        Instant began = Instant.now();
        MachineLoad before = MachineLoad.now();
        MachineAtRest atRest;
        Findings findings;
        try (var lab =
                new Lab(options.settings(), ServerProgram.fromEnvironment(), this::progress)) {
            atRest = lab.machineAtRest();
            findings = bench.run(lab);
        }
        MachineLoad after = MachineLoad.now();
        var report =
                new Report(
                        bench.name(),
                        command,
                        began,
                        Duration.between(began, Instant.now()).toMillis() / 1000.0,
                        Machine.here(),
                        Revision.here(),
                        atRest,
                        before.load1(),
                        after.load1(),
                        after.stealSince(before),
                        after.busySince(before),
                        findings);
        for (Verdict verdict : findings.verdicts()) {
            progress(
                    "%s  %s: %s (%s)"
                            .formatted(
                                    shown(verdict.outcome()),
                                    verdict.what(),
                                    verdict.measured(),
                                    verdict.bound()));
        }
        options.draw().forEach(page -> progress("flame graph: " + page));
        out.println(options.folder().write(report, bench.page(report)));
        return ExitCodes.of(findings.outcome());
    }

    private static String shown(Verdict.Outcome outcome) {
        return outcome == Verdict.Outcome.HOLDS
                ? "holds       "
                : outcome.text().toUpperCase(Locale.ROOT);
    }

    private void progress(String line) {
        err.println("bench: " + line);
    }
}
