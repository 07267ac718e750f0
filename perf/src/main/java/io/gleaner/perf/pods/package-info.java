/**
 * Pods, Deployments and a Service of Kubernetes over real processes of this machine, as far as they
 * decide whether a request fails while processes come and go.
 *
 * <p>Place in the path: a bench or drill starts {@code gleaner serve} through a {@link
 * io.gleaner.perf.pods.Deployment}, sends its load to a {@link
 * io.gleaner.perf.pods.RoundRobinProxy}, and scales or restarts. Invariants: a pod ends in the
 * order in which a kubelet ends it; the proxy learns of every change late, by a stated delay; a
 * connection stays with the process it was opened to; nothing is tried again on behalf of a client.
 *
 * <p>When it fails: a pod whose process does not start is a {@link
 * io.gleaner.perf.process.BenchException} to whoever waits for it; processes end with their
 * Deployment, and by a shutdown hook when the bench is interrupted.
 */
@NullMarked
package io.gleaner.perf.pods;

import org.jspecify.annotations.NullMarked;
