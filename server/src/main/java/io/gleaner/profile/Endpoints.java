package io.gleaner.profile;

import java.util.Map;
import java.util.Optional;

/** The operation of the API that each handler's method serves. */
public final class Endpoints {

    /** Method and path template by class and method. A test holds it against the routes. */
    private static final Map<String, String> BY_HANDLER =
            Map.ofEntries(
                    Map.entry("io.gleaner.api.submit.SubmitHandler.handle", "POST /api/jobs"),
                    Map.entry("io.gleaner.api.jobs.JobsHandler.list", "GET /api/jobs"),
                    Map.entry("io.gleaner.api.jobs.JobsHandler.status", "GET /api/jobs/{id}"),
                    Map.entry("io.gleaner.api.jobs.JobsHandler.cancel", "DELETE /api/jobs/{id}"),
                    Map.entry("io.gleaner.api.jobs.PagesHandler.pages", "GET /api/jobs/{id}/pages"),
                    Map.entry(
                            "io.gleaner.api.jobs.PagesHandler.faults", "GET /api/jobs/{id}/faults"),
                    Map.entry(
                            "io.gleaner.api.jobs.PagesHandler.faultCounts",
                            "GET /api/jobs/{id}/faults/counts"),
                    Map.entry(
                            "io.gleaner.api.submit.RerunHandler.handle",
                            "POST /api/jobs/{id}/rerun"),
                    Map.entry(
                            "io.gleaner.api.jobs.ExportHandler.handle",
                            "GET /api/jobs/{id}/export"),
                    Map.entry(
                            "io.gleaner.api.schedules.SchedulesHandler.create",
                            "POST /api/schedules"),
                    Map.entry(
                            "io.gleaner.api.schedules.SchedulesHandler.list", "GET /api/schedules"),
                    Map.entry(
                            "io.gleaner.api.schedules.SchedulesHandler.show",
                            "GET /api/schedules/{id}"),
                    Map.entry(
                            "io.gleaner.api.schedules.SchedulesHandler.delete",
                            "DELETE /api/schedules/{id}"),
                    Map.entry(
                            "io.gleaner.api.schedules.SchedulesHandler.pause",
                            "POST /api/schedules/{id}/pause"),
                    Map.entry(
                            "io.gleaner.api.schedules.SchedulesHandler.resume",
                            "POST /api/schedules/{id}/resume"),
                    Map.entry("io.gleaner.api.webhooks.WebhooksHandler.list", "GET /api/webhooks"),
                    Map.entry(
                            "io.gleaner.api.webhooks.WebhooksHandler.show",
                            "GET /api/jobs/{id}/webhook"),
                    Map.entry(
                            "io.gleaner.api.webhooks.WebhooksHandler.sendAgain",
                            "POST /api/jobs/{id}/webhook/again"),
                    Map.entry(
                            "io.gleaner.api.jobs.AttachmentsHandler.screenshot",
                            "GET /api/jobs/{id}/pages/{seq}/screenshot"),
                    Map.entry(
                            "io.gleaner.api.jobs.AttachmentsHandler.pdf",
                            "GET /api/jobs/{id}/pages/{seq}/pdf"),
                    Map.entry(
                            "io.gleaner.api.jobs.AttachmentsHandler.action",
                            "GET /api/jobs/{id}/pages/{seq}/actions/{index}"),
                    Map.entry(
                            "io.gleaner.api.jobs.EventsHandler.handle",
                            "GET /api/jobs/{id}/events"),
                    Map.entry("io.gleaner.api.submit.ScrapeHandler.handle", "POST /api/scrape"),
                    Map.entry("io.gleaner.api.site.SiteHandler.map", "POST /api/map"),
                    Map.entry("io.gleaner.api.site.SiteHandler.host", "GET /api/hosts/{name}"),
                    Map.entry("io.gleaner.api.operation.OperationHandler.live", "GET /health/live"),
                    Map.entry(
                            "io.gleaner.api.operation.OperationHandler.ready", "GET /health/ready"),
                    Map.entry(
                            "io.gleaner.api.operation.OperationHandler.started",
                            "GET /health/started"),
                    Map.entry("io.gleaner.api.operation.OperationHandler.metrics", "GET /metrics"),
                    Map.entry(
                            "io.gleaner.api.operation.ProfileHandler.handle", "GET /admin/profile"),
                    Map.entry(
                            "io.gleaner.api.operation.OperationHandler.openapi",
                            "GET /openapi.yaml"),
                    Map.entry(
                            "io.gleaner.api.dashboard.OverviewHandler.overview",
                            "GET /admin/overview"),
                    Map.entry("io.gleaner.api.dashboard.OverviewHandler.keys", "GET /admin/keys"),
                    Map.entry(
                            "io.gleaner.api.dashboard.DashboardHandler.file",
                            "GET /dashboard/{version}/{file}"),
                    Map.entry("io.gleaner.api.dashboard.DashboardHandler.root", "GET /"));

    private Endpoints() {}

    /** By class and method, as in {@code io.gleaner.api.jobs.JobsHandler.list}. */
    public static Map<String, String> byHandler() {
        return BY_HANDLER;
    }

    static Optional<String> of(String className, String method) {
        return Optional.ofNullable(BY_HANDLER.get(className + "." + method));
    }
}
