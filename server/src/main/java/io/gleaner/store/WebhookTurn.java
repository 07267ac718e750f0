package io.gleaner.store;

import io.gleaner.job.Job;
import io.gleaner.job.WebhookSpec;
import java.util.UUID;

/**
 * A webhook that is this process' for a while.
 *
 * @param lease by which its progress is stored
 * @param job as it was when the turn began
 * @param webhook with its secrets
 * @param position the event that is told next
 * @param attempts failed ones of that event
 */
public record WebhookTurn(UUID lease, Job job, WebhookSpec webhook, long position, int attempts) {}
