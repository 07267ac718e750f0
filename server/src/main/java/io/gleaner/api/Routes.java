package io.gleaner.api;

import static io.gleaner.access.Scope.ADMIN;
import static io.gleaner.access.Scope.METRICS;
import static io.gleaner.access.Scope.READ;
import static io.gleaner.access.Scope.SUBMIT;
import static io.helidon.http.Method.DELETE;
import static io.helidon.http.Method.GET;
import static io.helidon.http.Method.POST;

import io.gleaner.api.dashboard.DashboardHandler;
import io.gleaner.api.dashboard.History;
import io.gleaner.api.dashboard.OverviewHandler;
import io.gleaner.api.firecrawl.FirecrawlRoutes;
import io.gleaner.api.guard.Drain;
import io.gleaner.api.guard.RequestGuard;
import io.gleaner.api.guard.StreamCap;
import io.gleaner.api.jobs.AttachmentsHandler;
import io.gleaner.api.jobs.EventsHandler;
import io.gleaner.api.jobs.ExportHandler;
import io.gleaner.api.jobs.JobLists;
import io.gleaner.api.jobs.JobStatuses;
import io.gleaner.api.jobs.JobWatch;
import io.gleaner.api.jobs.JobsHandler;
import io.gleaner.api.jobs.PagesHandler;
import io.gleaner.api.mcp.McpHandler;
import io.gleaner.api.mcp.Tools;
import io.gleaner.api.operation.Health;
import io.gleaner.api.operation.OperationHandler;
import io.gleaner.api.operation.ProfileHandler;
import io.gleaner.api.port.ApiConfig;
import io.gleaner.api.port.ApiParts;
import io.gleaner.api.schedules.SchedulesHandler;
import io.gleaner.api.site.SiteHandler;
import io.gleaner.api.submit.OnePage;
import io.gleaner.api.submit.RerunHandler;
import io.gleaner.api.submit.ScrapeHandler;
import io.gleaner.api.submit.SubmitHandler;
import io.gleaner.api.submit.Submitter;
import io.gleaner.api.webhooks.WebhooksHandler;
import io.gleaner.api.wire.Face;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.api.wire.Route;
import io.helidon.http.HeaderNames;
import io.helidon.http.PathMatchers;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.websocket.WsRouting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every operation of the API, and what is answered where there is none. */
final class Routes {

    private final List<Route> routes;
    private final List<Route> foreign;
    private final @Nullable StreamCap streams;
    private final Set<String> open;

    /**
     * @param streams what one caller may hold of answers that last, or null where there are none
     */
    private Routes(List<Route> routes, List<Route> foreign, @Nullable StreamCap streams) {
        this.streams = streams;
        this.routes = List.copyOf(routes);
        this.foreign = List.copyOf(foreign);
        this.open =
                all().stream()
                        .filter(route -> route.scope() == null)
                        .map(Route::template)
                        .collect(Collectors.toUnmodifiableSet());
    }

    static Routes of(
            ApiConfig config, ApiParts parts, Drain drain, Health health, History history) {
        var streams = new StreamCap(config.connections().streamsPerKeyMax());
        var statuses = new JobStatuses(config, parts);
        var lists = new JobLists(parts);
        var submitter = new Submitter(parts, lists);
        var watch = new JobWatch(statuses, parts.signals(), drain);
        var onePage = new OnePage(submitter, watch, parts.pages());
        var jobs = new JobsHandler(config, parts, watch, lists);
        var pages = new PagesHandler(config, parts, drain);
        var webhooks = new WebhooksHandler(config, parts);
        var schedules = new SchedulesHandler(config, parts);
        var attachments = new AttachmentsHandler(parts);
        var site = new SiteHandler(config, parts);
        var events = new EventsHandler(parts, statuses, drain);
        List<Route> routes =
                List.of(
                        new Route(
                                POST,
                                "/api/jobs",
                                SUBMIT,
                                new SubmitHandler(config, parts, submitter)),
                        new Route(GET, "/api/jobs", READ, jobs::list),
                        new Route(
                                GET,
                                "/api/jobs/{id}",
                                READ,
                                streams.cap(Routes::waits, jobs::status)),
                        new Route(DELETE, "/api/jobs/{id}", SUBMIT, jobs::cancel),
                        new Route(
                                GET,
                                "/api/jobs/{id}/pages",
                                READ,
                                streams.cap(Routes::follows, pages::pages)),
                        new Route(POST, "/api/schedules", SUBMIT, schedules::create),
                        new Route(GET, "/api/schedules", READ, schedules::list),
                        new Route(GET, "/api/schedules/{id}", READ, schedules::show),
                        new Route(DELETE, "/api/schedules/{id}", SUBMIT, schedules::delete),
                        new Route(POST, "/api/schedules/{id}/pause", SUBMIT, schedules::pause),
                        new Route(POST, "/api/schedules/{id}/resume", SUBMIT, schedules::resume),
                        new Route(GET, "/api/webhooks", READ, webhooks::list),
                        new Route(GET, "/api/jobs/{id}/webhook", READ, webhooks::show),
                        new Route(
                                POST, "/api/jobs/{id}/webhook/again", SUBMIT, webhooks::sendAgain),
                        new Route(GET, "/api/jobs/{id}/faults", READ, pages::faults),
                        new Route(GET, "/api/jobs/{id}/faults/counts", READ, pages::faultCounts),
                        new Route(
                                POST,
                                "/api/jobs/{id}/rerun",
                                SUBMIT,
                                new RerunHandler(config, parts, submitter)),
                        new Route(
                                GET,
                                "/api/jobs/{id}/export",
                                READ,
                                streams.cap(_ -> true, new ExportHandler(parts))),
                        new Route(
                                GET,
                                "/api/jobs/{id}/pages/{seq}/screenshot",
                                READ,
                                attachments::screenshot),
                        new Route(GET, "/api/jobs/{id}/pages/{seq}/pdf", READ, attachments::pdf),
                        new Route(
                                GET,
                                "/api/jobs/{id}/pages/{seq}/actions/{index}",
                                READ,
                                attachments::action),
                        new Route(
                                GET, "/api/jobs/{id}/events", READ, streams.cap(_ -> true, events)),
                        new Route(
                                POST,
                                "/api/scrape",
                                SUBMIT,
                                new ScrapeHandler(config, parts, onePage)),
                        new Route(POST, "/api/map", SUBMIT, site::map),
                        new Route(GET, "/api/hosts/{name}", READ, site::host));
        var tools = new Tools(config, parts, submitter, onePage, watch, lists);
        var foreign =
                new ArrayList<Route>(FirecrawlRoutes.of(config, parts, submitter, onePage, lists));
        foreign.add(new McpHandler(config, tools).route());
        return new Routes(
                Stream.concat(routes.stream(), operation(parts, health, history).stream()).toList(),
                foreign,
                streams);
    }

    /** What an operator asks of every process. */
    static Routes ofOperation(ApiParts parts, Health health, History history) {
        return new Routes(operation(parts, health, history), List.of(), null);
    }

    private static List<Route> operation(ApiParts parts, Health health, History history) {
        var operation = new OperationHandler(parts, health);
        var dashboard = new DashboardHandler(operation::root);
        var overview = new OverviewHandler(parts, history);
        return List.of(
                new Route(GET, "/health/live", null, operation::live),
                new Route(GET, "/health/ready", null, operation::ready),
                new Route(GET, "/health/started", null, operation::started),
                new Route(GET, "/metrics", METRICS, operation::metrics),
                new Route(
                        GET,
                        "/admin/profile",
                        ADMIN,
                        new ProfileHandler(parts.profiler(), parts.clock())),
                new Route(GET, "/openapi.yaml", null, operation::openapi),
                new Route(GET, "/admin/overview", ADMIN, overview::overview),
                new Route(GET, "/admin/keys", ADMIN, overview::keys),
                new Route(GET, "/dashboard/{version}/{file}", null, dashboard::file),
                new Route(GET, "/", null, dashboard::root));
    }

    private static boolean waits(ServerRequest request) {
        return request.query().contains("wait");
    }

    private static boolean follows(ServerRequest request) {
        return request.query().contains("follow");
    }

    /** The operations that are WebSockets. */
    WsRouting.Builder sockets(ApiParts parts, RequestGuard guard, Drain drain) {
        return streams == null
                ? WsRouting.builder()
                : FirecrawlRoutes.sockets(parts, guard, streams, drain);
    }

    /** Those of {@code openapi.yaml}. */
    List<Route> own() {
        return routes;
    }

    List<Route> all() {
        return Stream.concat(routes.stream(), foreign.stream()).toList();
    }

    /** Whether this path is for everybody: what probes ask, and what explains the API. */
    boolean isOpen(String path) {
        return open.contains(path) || path.startsWith("/dashboard/");
    }

    /** The template that a request's path fits, whatever its method. */
    void nothingHere(ServerRequest request, ServerResponse response) {
        var path = request.prologue().uriPath();
        List<String> allowed =
                all().stream()
                        .filter(it -> PathMatchers.create(it.template()).match(path).accepted())
                        .map(route -> route.method().text())
                        .toList();
        String shown = Problem.shorten(path.path());
        if (Face.of(path.path()) == Face.FIRECRAWL
                && (allowed.isEmpty() || FirecrawlRoutes.isAbsent(path.path()))) {
            throw FirecrawlRoutes.absent(path.path()).raise();
        }
        if (allowed.isEmpty()) {
            throw Problem.of(ProblemCode.UNKNOWN_PATH, "there is nothing at " + shown)
                    .with("accepted", "the paths in /openapi.yaml")
                    .raise();
        }
        String methods = String.join(", ", allowed);
        throw Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "%s takes %s".formatted(shown, methods))
                .with("accepted", methods)
                .header(HeaderNames.ALLOW_NAME, methods)
                .raise();
    }
}
