package io.gleaner.api;

import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;

/**
 * One operation of the API.
 *
 * @param template path as in {@code openapi.yaml}
 */
record Route(Method method, String template, Handler handler) {}
