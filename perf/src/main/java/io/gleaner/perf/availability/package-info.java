/**
 * Whether anybody notices that the service is restarted or upgraded.
 *
 * <p>Place in the path: two benches start a cluster of real processes behind the proxy of {@code
 * pods}, load it, and replace every process. Invariants: each request of the load and each probe
 * counts, the first as the last; nothing is tried again but the job stream's submissions, whose
 * failures are counted, too; what was acknowledged is audited row by row.
 *
 * <p>When it fails: a verdict does not hold and the failed requests are listed with their times
 * beside those of the pods' ends. What keeps a bench from measuring is a {@link
 * io.gleaner.perf.process.BenchException}.
 */
@NullMarked
package io.gleaner.perf.availability;

import org.jspecify.annotations.NullMarked;
