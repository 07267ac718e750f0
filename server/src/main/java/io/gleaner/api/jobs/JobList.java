package io.gleaner.api.jobs;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Jobs, newest first.
 *
 * @param next cursor of the following ones, or null at the end
 */
record JobList(List<JobView> jobs, @Nullable UUID next) {}
