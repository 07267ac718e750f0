package io.gleaner.perf.autoscale.hpa;

/**
 * The scale subresource.
 *
 * @param specReplicas what was asked for; what the controller calls current
 * @param statusReplicas pods that the Deployment has just now; AverageValue of Object and External
 *     divides by these
 */
public record Scale(int specReplicas, int statusReplicas) {}
