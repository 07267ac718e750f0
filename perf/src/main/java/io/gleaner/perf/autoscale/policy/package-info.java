/**
 * What a HorizontalPodAutoscaler asks for: the {@code autoscaling/v2} spec as values, and its YAML
 * read strictly.
 *
 * <p>Place in the path: {@link io.gleaner.perf.autoscale.policy.PolicyFile} reads {@code
 * deploy/k8s/base/hpa.yml}; the controller in {@code autoscale.hpa} decides by what it read.
 * Invariants: a value here is valid as the API server understands it ({@code
 * pkg/apis/autoscaling/validation/validation.go}) and has the API's defaults filled in ({@code
 * pkg/apis/autoscaling/v2/defaults.go}); quantities are milli-units, as the controller counts.
 *
 * <p>When it fails: a file that is wrong is refused as a {@link
 * io.gleaner.perf.autoscale.policy.PolicyException} that names file, document and field.
 */
@NullMarked
package io.gleaner.perf.autoscale.policy;

import org.jspecify.annotations.NullMarked;
