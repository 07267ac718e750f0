package io.gleaner.api.webhooks;

import io.gleaner.api.guard.Caller;
import io.gleaner.api.jobs.JobsHandler;
import io.gleaner.api.port.ApiConfig;
import io.gleaner.api.port.ApiParts;
import io.gleaner.api.wire.Json;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.api.wire.QueryParams;
import io.gleaner.job.JobRef;
import io.gleaner.store.WebhookStatus;
import io.gleaner.store.Webhooks;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists webhooks, shows one, tells again. */
public final class WebhooksHandler {

    private static final int LIMIT_DEFAULT = 50;

    private final ApiConfig config;
    private final Webhooks webhooks;

    public WebhooksHandler(ApiConfig config, ApiParts parts) {
        this.config = config;
        this.webhooks = parts.webhooks();
    }

    public void list(ServerRequest request, ServerResponse response) {
        var query = QueryParams.of(request, "limit", "cursor");
        int limit = query.integer("limit", 1, config.listMax(), LIMIT_DEFAULT);
        UUID before = query.uuid("cursor").orElse(null);
        List<WebhookStatus> found = webhooks.list(Caller.of(request).tenant(), before, limit);
        UUID next = found.size() < limit ? null : found.getLast().job();
        Json.send(response, new Listed(found.stream().map(WebhookView::of).toList(), next));
    }

    /** One piece of a list. */
    record Listed(List<WebhookView> webhooks, @Nullable UUID next) {}

    public void show(ServerRequest request, ServerResponse response) {
        QueryParams.of(request);
        JobRef ref = JobsHandler.ref(request);
        Json.send(response, view(ref, webhooks.find(ref.tenant(), ref.id())));
    }

    /** From a position on, or what is due next. */
    public void sendAgain(ServerRequest request, ServerResponse response) {
        var query = QueryParams.of(request, "from");
        JobRef ref = JobsHandler.ref(request);
        long from = query.number("from", 0, Long.MAX_VALUE).orElse(Long.MAX_VALUE);
        Json.send(response, view(ref, webhooks.sendAgain(ref.tenant(), ref.id(), from)));
    }

    private static WebhookView view(JobRef ref, Optional<WebhookStatus> status) {
        return status.map(WebhookView::of)
                .orElseThrow(
                        () ->
                                Problem.of(
                                                ProblemCode.NO_WEBHOOK,
                                                "no job with a webhook has the id " + ref.id())
                                        .with("field", "id")
                                        .with("value", ref.id())
                                        .raise());
    }
}
