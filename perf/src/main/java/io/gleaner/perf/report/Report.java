package io.gleaner.perf.report;

import io.gleaner.perf.process.Machine;
import io.gleaner.perf.process.MachineAtRest;
import io.gleaner.perf.process.Revision;
import java.time.Instant;

/**
 * Findings with everything around them.
 *
 * @param name of the bench
 * @param command that repeats it
 * @param atRest what the machine adds to every latency by itself
 * @param loadBefore load average when it began
 * @param loadAfter load average when it ended
 * @param steal share of the time that the hypervisor gave to others
 * @param busy share of the time that the cores worked
 */
public record Report(
        String name,
        String command,
        Instant began,
        double seconds,
        Machine machine,
        Revision revision,
        MachineAtRest atRest,
        double loadBefore,
        double loadAfter,
        double steal,
        double busy,
        Findings findings) {}
