package io.gleaner.perf.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gleaner.perf.bench.Bench;
import io.gleaner.perf.bench.Lab;
import io.gleaner.perf.bench.LabSettings;
import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.ServerProgram;
import io.gleaner.perf.report.Bound;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Verdict;
import io.gleaner.perf.validate.ValidateBench.Part;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ValidateBenchTest {

    private final Lab lab =
            new Lab(
                    new LabSettings(Optional.empty(), List.of(), List.of(), Map.of(), false),
                    new ServerProgram(List.of(), List.of()),
                    line -> {});

    @AfterEach
    void leaveNothing() {
        lab.close();
    }

    /** Has measured 7 ms, and wants 5. */
    private static final class Seven implements Bench {
        @Override
        public String name() {
            return "seven";
        }

        @Override
        public Findings run(Lab lab) {
            return new Findings(
                    Map.of(), List.of(), List.of(Verdict.below("p99, ms", 7, 5)), List.of(), "");
        }
    }

    private Findings findings(Map<String, Goal> goals) throws IOException, InterruptedException {
        return new ValidateBench(List.of(new Part("T1", new Seven(), goals))).run(lab);
    }

    private static List<String> row(Findings findings) {
        return findings.tables().getFirst().rows().getFirst();
    }

    @Test
    void aMissedAimIsReportedAndDecidesNothing() throws Exception {
        Findings findings = findings(Map.of("p99, ms", Goal.of(Bound.below(10), Bound.below(5))));
        assertThat(row(findings))
                .containsExactly(
                        "T1", "seven", "p99, ms", "7.00", "< 10.0", "holds", "< 5.00", "missed");
        assertThat(findings.hold()).isTrue();
    }

    @Test
    void aMustThatIsMissedDecides() throws Exception {
        Findings findings = findings(Map.of("p99, ms", Goal.of(Bound.below(6), Bound.below(5))));
        assertThat(row(findings)).contains("**does not hold**");
        assertThat(findings.hold()).isFalse();
    }

    @Test
    void anAimAloneDecidesNothing() throws Exception {
        Findings findings = findings(Map.of("p99, ms", Goal.aimOnly(Bound.below(8))));
        assertThat(row(findings))
                .containsExactly("T1", "seven", "p99, ms", "7.00", "-", "-", "< 8.00", "met");
        assertThat(findings.verdicts()).isEmpty();
    }

    @Test
    void withoutAGoalTheBenchDecides() throws Exception {
        Findings findings = findings(Map.of());
        assertThat(row(findings))
                .containsExactly(
                        "T1", "seven", "p99, ms", "7.00", "< 5.00", "**does not hold**", "-", "-");
        assertThat(findings.hold()).isFalse();
    }

    @Test
    void aGoalThatNoClaimHasIsRefused() {
        assertThatExceptionOfType(BenchException.class)
                .isThrownBy(() -> findings(Map.of("p98, ms", Goal.aimOnly(Bound.below(8)))))
                .withMessageContaining("p98, ms");
    }
}
