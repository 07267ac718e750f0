package io.gleaner.perf.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.process.ServerProgram;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Verdict;
import io.gleaner.perf.site.SitePlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jfr.FlightRecorder;
import org.junit.jupiter.api.Test;

class RecordingBenchIT {

    @Test
    void eachPairIsACrawlWithAndOneWithout() throws Exception {
        var settings =
                new RecordingSettings(SitePlan.of(100, 4), 64, 8, 1, 2, Duration.ofMinutes(5));
        Findings findings;
        try (var lab =
                new Lab(
                        new LabSettings(Optional.empty(), List.of(), List.of(), Map.of(), false),
                        new ServerProgram(
                                List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"),
                                ServerProgram.onClassPath()),
                        line -> {})) {
            findings = new RecordingBench(settings).run(lab);
        }
        assertThat(findings.verdicts())
                .filteredOn(verdict -> verdict.what().startsWith("pages without"))
                .singleElement()
                .matches(Verdict::holds);
        assertThat(findings.verdicts().getFirst().value()).isFinite();
    }

    @Test
    void theAgentSwitchesTheProductsRecording() {
        int before = FlightRecorder.getFlightRecorder().getRecordings().size();
        RecordingAgent.agentmain(RecordingAgent.ON);
        assertThat(FlightRecorder.getFlightRecorder().getRecordings()).hasSize(before + 1);
        RecordingAgent.agentmain(RecordingAgent.ON);
        assertThat(FlightRecorder.getFlightRecorder().getRecordings()).hasSize(before + 1);
        RecordingAgent.agentmain(RecordingAgent.OFF);
        assertThat(FlightRecorder.getFlightRecorder().getRecordings()).hasSize(before);
    }
}
