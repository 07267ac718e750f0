package io.gleaner.api.webhooks;

import io.gleaner.store.WebhookState;
import io.gleaner.store.WebhookStatus;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A webhook as JSON. */
record WebhookView(
        String job,
        String state,
        long position,
        int attempts,
        @Nullable String nextAt,
        @Nullable String toldAt,
        @Nullable Integer status,
        @Nullable String problem) {

    static WebhookView of(WebhookStatus it) {
        return new WebhookView(
                it.job().toString(),
                it.state().name().toLowerCase(Locale.ROOT),
                it.position(),
                it.attempts(),
                it.state() == WebhookState.OPEN ? it.nextAt().toString() : null,
                it.toldAt() == null ? null : it.toldAt().toString(),
                it.status(),
                it.problem());
    }
}
