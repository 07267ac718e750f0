package io.gleaner.api.firecrawl;

import static io.gleaner.access.Scope.READ;
import static io.gleaner.access.Scope.SUBMIT;
import static io.helidon.http.Method.DELETE;
import static io.helidon.http.Method.GET;
import static io.helidon.http.Method.POST;

import io.gleaner.api.guard.Drain;
import io.gleaner.api.guard.RequestGuard;
import io.gleaner.api.guard.StreamCap;
import io.gleaner.api.jobs.JobLists;
import io.gleaner.api.port.ApiConfig;
import io.gleaner.api.port.ApiParts;
import io.gleaner.api.submit.OnePage;
import io.gleaner.api.submit.Submitter;
import io.gleaner.api.wire.Json;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.Route;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.websocket.WsRouting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every operation of Firecrawl's API that is served. */
public final class FirecrawlRoutes {

    private FirecrawlRoutes() {}

    public static List<Route> of(
            ApiConfig config,
            ApiParts parts,
            Submitter submitter,
            OnePage onePage,
            JobLists lists) {
        var routes = new ArrayList<Route>();
        var status = new StatusHandler(parts, lists, config.listMax());
        var team = new TeamHandler(config, parts);
        for (Version version : Version.values()) {
            var start = new StartHandler(config, parts, submitter, onePage, version);
            routes.add(new Route(POST, version.path("/scrape"), SUBMIT, start::scrape));
            routes.add(new Route(POST, version.path("/batch/scrape"), SUBMIT, start::batch));
            routes.add(new Route(POST, version.path("/crawl"), SUBMIT, start::crawl));
            routes.add(
                    new Route(
                            POST,
                            version.path("/map"),
                            SUBMIT,
                            new MapHandler(config, parts, version)));
            // Before those of a job, whose id this word would be.
            routes.add(new Route(GET, version.path("/crawl/active"), READ, team::active));
            for (String kind : List.of("/crawl", "/batch/scrape")) {
                String job = version.path(kind + "/{id}");
                routes.add(new Route(GET, job, READ, status::status));
                routes.add(new Route(DELETE, job, SUBMIT, status::cancel));
                routes.add(new Route(GET, job + "/errors", READ, status::errors));
            }
            routes.add(new Route(GET, version.path("/team/queue-status"), READ, team::queue));
            routes.add(new Route(GET, version.path("/team/credit-usage"), READ, team::credits));
            routes.add(new Route(GET, version.path("/team/token-usage"), READ, team::tokens));
            routes.add(new Route(GET, version.path("/concurrency-check"), READ, team::concurrency));
        }
        // The SDK's class of v1 asks for errors by DELETE.
        routes.add(new Route(DELETE, "/v1/crawl/{id}/errors", READ, status::errors));
        routes.add(new Route(DELETE, "/v1/batch/scrape/{id}/errors", READ, status::errors));
        routes.add(new Route(GET, "/v0/health/liveness", null, FirecrawlRoutes::alive));
        routes.add(new Route(GET, "/v0/health/readiness", null, FirecrawlRoutes::alive));
        return routes;
    }

    /** The WebSockets of crawls and batches, each with a listener of its own. */
    public static WsRouting.Builder sockets(
            ApiParts parts, RequestGuard guard, StreamCap streams, Drain drain) {
        var sockets = WsRouting.builder();
        for (Version version : Version.values()) {
            for (String kind : List.of("/crawl", "/batch/scrape")) {
                sockets.endpoint(
                        version.path(kind + "/{id}"),
                        () -> new JobSocket(parts, guard, streams, drain));
            }
        }
        return sockets;
    }

    /** Whether a path is of a feature that is known and not served. */
    public static boolean isAbsent(String path) {
        return AbsentFeatures.isNamed(path);
    }

    /** The answer to a path of the family that is not served. */
    public static Problem absent(String path) {
        return AbsentFeatures.problem(path);
    }

    private static void alive(ServerRequest request, ServerResponse response) {
        Json.send(response, Map.of("status", "ok"));
    }
}
