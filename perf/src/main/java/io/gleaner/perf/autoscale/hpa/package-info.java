/**
 * The HorizontalPodAutoscaler controller of Kubernetes, rule by rule, as plain arithmetic.
 *
 * <p>Place in the path: {@link io.gleaner.perf.autoscale.hpa.Hpa} is asked every sync period; it
 * reads scale, pods and metrics through {@link io.gleaner.perf.autoscale.hpa.Cluster} and writes
 * the number of replicas back. A simulation or real processes stand behind that interface.
 * Invariants: the rules are those of {@code pkg/controller/podautoscaler} as of mid-2026, each
 * method names the Go function it follows; time comes from the given clock only, so the same inputs
 * give the same decisions. {@code docs/scaling-hpa.md} lists what differs in other versions and
 * what is left out.
 *
 * <p>When it fails: what the cluster cannot tell is a {@link
 * io.gleaner.perf.autoscale.hpa.ClusterException} and ends up as a condition of the decision, as in
 * Kubernetes; the replicas then stay as they are.
 */
@NullMarked
package io.gleaner.perf.autoscale.hpa;

import org.jspecify.annotations.NullMarked;
