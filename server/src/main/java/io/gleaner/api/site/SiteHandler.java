package io.gleaner.api.site;

import io.gleaner.access.Scope;
import io.gleaner.api.guard.Caller;
import io.gleaner.api.port.ApiConfig;
import io.gleaner.api.port.ApiParts;
import io.gleaner.api.port.HostInsight;
import io.gleaner.api.port.MapAnswer;
import io.gleaner.api.port.SiteMapper;
import io.gleaner.api.port.UrlRules;
import io.gleaner.api.wire.FaultProblem;
import io.gleaner.api.wire.Json;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.api.wire.ProblemException;
import io.gleaner.api.wire.QueryParams;
import io.gleaner.api.wire.RequestBody;
import io.gleaner.store.HostStatus;
import io.gleaner.store.Hosts;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** {@code /api/map} and {@code /api/hosts/{name}}: what a site has, and how we treat its host. */
public final class SiteHandler {

    private final ApiConfig config;
    private final UrlRules rules;
    private final SiteMapper mapper;
    private final Hosts hosts;
    private final HostInsight insight;
    private final InstantSource clock;

    public SiteHandler(ApiConfig config, ApiParts parts) {
        this.config = config;
        this.rules = parts.rules();
        this.mapper = parts.mapper();
        this.hosts = parts.hosts();
        this.insight = parts.insight();
        this.clock = parts.clock();
    }

    /** A site's URLs. */
    record LinkList(List<String> links) {}

    public void map(ServerRequest request, ServerResponse response) throws InterruptedException {
        QueryParams.of(request);
        var body = RequestBody.openJson(request, config.bodyMaxBytes());
        switch (mapper.map(MapBody.read(body, rules))) {
            case MapAnswer.Mapped(List<String> links) -> Json.send(response, new LinkList(links));
            case MapAnswer.NoAnswer none ->
                    throw FaultProblem.of(none.code(), none.detail(), null).raise();
        }
    }

    public void host(ServerRequest request, ServerResponse response) {
        QueryParams.of(request);
        String name = request.path().pathParameters().get("name").toLowerCase(Locale.ROOT);
        if (name.indexOf('\0') >= 0) {
            throw unknown(name); // PostgreSQL does not even take the question.
        }
        Caller caller = Caller.of(request);
        boolean operator = caller.scopes().contains(Scope.ADMIN);
        HostStatus host =
                (operator ? hosts.find(name) : hosts.find(caller.tenant(), name))
                        .orElseThrow(() -> unknown(name));
        HostView view = HostView.of(host, insight.of(name), clock.instant());
        Json.send(response, operator ? view : view.ofOneTenant());
    }

    private static ProblemException unknown(String name) {
        return Problem.of(
                        ProblemCode.UNKNOWN_HOST,
                        "no task of yours is queued for " + Problem.shorten(name))
                .with("field", "name")
                .with("value", Problem.shorten(name))
                .with("accepted", "a host name, with :port unless it is the scheme's default")
                .raise();
    }
}
