package io.gleaner.testing;

import java.util.List;

/**
 * One application of {@link ApplicationRoutes}.
 *
 * @param path of its page
 * @param what it is, for people
 * @param needsBrowser whether its content is only there once its scripts have run
 * @param content what its Markdown must have, however it was made
 */
public record Application(String path, String what, boolean needsBrowser, List<String> content) {}
