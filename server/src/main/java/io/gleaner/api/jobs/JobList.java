package io.gleaner.api.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Jobs, newest first unless asked for otherwise.
 *
 * @param count how many there are in all, where that was asked
 * @param next cursor of the following ones, or null at the end
 */
record JobList(
        List<JobView> jobs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer count,
        @Nullable UUID next) {}
