package io.gleaner.job;

import java.util.UUID;

/** A job as a tenant asks for it. Another tenant's job is as one that never was. */
public record JobRef(Tenant tenant, UUID id) {}
