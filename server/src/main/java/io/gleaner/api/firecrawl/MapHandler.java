package io.gleaner.api.firecrawl;

import io.gleaner.api.port.ApiConfig;
import io.gleaner.api.port.ApiParts;
import io.gleaner.api.port.MapAnswer;
import io.gleaner.api.port.SiteMapper;
import io.gleaner.api.port.UrlRules;
import io.gleaner.api.wire.FaultProblem;
import io.gleaner.api.wire.Json;
import io.gleaner.api.wire.QueryParams;
import io.gleaner.api.wire.RequestBody;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The URLs of a site, as objects since v2. */
final class MapHandler implements Handler {

    private final ApiConfig config;
    private final UrlRules rules;
    private final SiteMapper mapper;
    private final Version version;

    MapHandler(ApiConfig config, ApiParts parts, Version version) {
        this.config = config;
        this.rules = parts.rules();
        this.mapper = parts.mapper();
        this.version = version;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws InterruptedException {
        QueryParams.of(request);
        var body = RequestBody.openJson(request, config.bodyMaxBytes());
        switch (mapper.map(MapRequest.read(body, rules, version))) {
            case MapAnswer.Mapped(List<String> links) -> send(response, links);
            case MapAnswer.NoAnswer none ->
                    throw FaultProblem.of(none.code(), none.detail(), null).raise();
        }
    }

    private void send(ServerResponse response, List<String> links) {
        var body = new LinkedHashMap<String, Object>();
        body.put("success", true);
        body.put("id", UUID.randomUUID());
        body.put(
                "links",
                version == Version.V1
                        ? links
                        : links.stream().map(url -> Map.of("url", url)).toList());
        Json.send(response, body);
    }
}
