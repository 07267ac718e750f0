package io.gleaner.browser;

import tools.jackson.databind.JsonNode;

/**
 * Something that happened to a target, told without being asked.
 *
 * @param method as the protocol names it, such as {@code Page.lifecycleEvent}
 */
public record Event(String method, JsonNode params) {}
