package io.gleaner.webhook;

import java.time.Duration;

/**
 * Limits on telling receivers.
 *
 * @param sendsMax messages on their way at once
 * @param sendsPerReceiverMax of them to one host
 * @param patience longest time for a message and its answer
 * @param lease how long a receiver is this process' without a sign of life
 * @param turnMax most events of one job in a row, then others come
 * @param poll pause between two looks for something to tell
 */
public record WebhookConfig(
        int sendsMax,
        int sendsPerReceiverMax,
        Duration patience,
        Duration lease,
        int turnMax,
        Duration poll) {

    public static WebhookConfig standard() {
        return new WebhookConfig(
                64, 8, Duration.ofSeconds(10), Duration.ofSeconds(30), 200, Duration.ofMillis(500));
    }
}
