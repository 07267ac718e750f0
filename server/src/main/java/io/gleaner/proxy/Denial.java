package io.gleaner.proxy;

import io.gleaner.job.FaultCode;

/**
 * Why a host was not reached.
 *
 * @param detail one clause for people
 */
public record Denial(FaultCode code, String detail) {}
