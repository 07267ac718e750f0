package io.gleaner.api.wire;

import io.gleaner.access.Scope;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the API.
 *
 * @param template path as in {@code openapi.yaml}
 * @param scope what a key must be for, or null where nobody is asked for a key
 */
public record Route(Method method, String template, @Nullable Scope scope, Handler handler) {}
