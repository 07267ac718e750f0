package io.gleaner.api;

import static io.helidon.http.Method.DELETE;
import static io.helidon.http.Method.GET;
import static io.helidon.http.Method.POST;

import io.helidon.http.HeaderNames;
import io.helidon.http.PathMatchers;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.stream.Stream;

/** Every operation of the API, and what is answered where there is none. */
final class Routes {

    private final List<Route> routes;

    private Routes(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    static Routes of(ApiConfig config, ApiParts parts, Drain drain, Health health) {
        var streams = new StreamCap(config.connections().streamsPerKeyMax());
        var statuses = new JobStatuses(config, parts);
        var lists = new JobLists(parts);
        var submitter = new Submitter(parts, lists);
        var watch = new JobWatch(statuses, parts.signals(), drain);
        var jobs = new JobsHandler(config, parts, watch, lists);
        var pages = new PagesHandler(config, parts, drain);
        var site = new SiteHandler(config, parts);
        var events = new EventsHandler(parts, statuses, drain);
        List<Route> routes =
                List.of(
                        new Route(POST, "/api/jobs", new SubmitHandler(config, parts, submitter)),
                        new Route(GET, "/api/jobs", jobs::list),
                        new Route(GET, "/api/jobs/{id}", streams.cap(Routes::waits, jobs::status)),
                        new Route(DELETE, "/api/jobs/{id}", jobs::cancel),
                        new Route(
                                GET,
                                "/api/jobs/{id}/pages",
                                streams.cap(Routes::follows, pages::pages)),
                        new Route(GET, "/api/jobs/{id}/faults", pages::faults),
                        new Route(GET, "/api/jobs/{id}/events", streams.cap(_ -> true, events)),
                        new Route(
                                POST,
                                "/api/scrape",
                                new ScrapeHandler(config, parts, watch, submitter)),
                        new Route(POST, "/api/map", site::map),
                        new Route(GET, "/api/hosts/{name}", site::host));
        return new Routes(
                Stream.concat(routes.stream(), operation(parts, health).stream()).toList());
    }

    /** What an operator asks of every process. */
    static Routes ofOperation(ApiParts parts, Health health) {
        return new Routes(operation(parts, health));
    }

    private static List<Route> operation(ApiParts parts, Health health) {
        var operation = new OperationHandler(parts, health);
        return List.of(
                new Route(GET, "/health/live", operation::live),
                new Route(GET, "/health/ready", operation::ready),
                new Route(GET, "/health/started", operation::started),
                new Route(GET, "/metrics", operation::metrics),
                new Route(
                        GET, "/admin/profile", new ProfileHandler(parts.profiler(), parts.clock())),
                new Route(GET, "/openapi.yaml", operation::openapi),
                new Route(GET, "/", operation::root));
    }

    private static boolean waits(ServerRequest request) {
        return request.query().contains("wait");
    }

    private static boolean follows(ServerRequest request) {
        return request.query().contains("follow");
    }

    List<Route> all() {
        return routes;
    }

    /** The template that a request's path fits, whatever its method. */
    void nothingHere(ServerRequest request, ServerResponse response) {
        var path = request.prologue().uriPath();
        List<String> allowed =
                routes.stream()
                        .filter(it -> PathMatchers.create(it.template()).match(path).accepted())
                        .map(route -> route.method().text())
                        .toList();
        String shown = Problem.shorten(path.path());
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
