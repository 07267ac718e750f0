/**
 * Holds {@code deploy/} against the types of Kubernetes and against the product, without a cluster.
 *
 * <p>Place in the path: {@link io.gleaner.perf.manifests.Kustomization} builds base and overlays as
 * {@code kubectl kustomize} does; {@link io.gleaner.perf.manifests.Types} refuses what the API does
 * not know or misses; each {@link io.gleaner.perf.manifests.Rule} says one thing that would go
 * wrong in a cluster. {@link io.gleaner.perf.manifests.Product} is what a running server really
 * has. Everything wrong is a {@link io.gleaner.perf.manifests.Finding} with file and field.
 */
@NullMarked
package io.gleaner.perf.manifests;

import org.jspecify.annotations.NullMarked;
