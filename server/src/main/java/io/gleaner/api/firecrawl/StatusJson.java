package io.gleaner.api.firecrawl;

import io.gleaner.job.Job;
import io.gleaner.job.JobState;
import java.time.Duration;
import tools.jackson.core.JsonGenerator;

/** Writes how far a job is. What gave no document counts neither as done nor in the total. */
final class StatusJson {

    /** How long their own results last. Ours last as long as the operator keeps them. */
    private static final Duration EXPIRES = Duration.ofHours(24);

    private StatusJson() {}

    static void write(JsonGenerator json, Job job) {
        write(json, job, name(job.state()));
    }

    static void write(JsonGenerator json, Job job, String status) {
        long documents = job.done() - job.failed();
        json.writeBooleanProperty("success", true);
        json.writeStringProperty("status", status);
        json.writeNumberProperty("completed", documents);
        json.writeNumberProperty("total", job.total() - job.failed());
        json.writeNumberProperty("creditsUsed", documents);
        json.writeStringProperty("expiresAt", job.createdAt().plus(EXPIRES).toString());
    }

    static String name(JobState state) {
        return switch (state) {
            case RUNNING -> "scraping";
            case COMPLETED -> "completed";
            case CANCELLED -> "cancelled";
            case FAILED -> "failed";
        };
    }
}
