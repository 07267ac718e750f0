package io.gleaner.api.firecrawl;

/** Which version of the API a path is of. */
enum Version {
    V1("/v1"),
    V2("/v2");

    private final String prefix;

    Version(String prefix) {
        this.prefix = prefix;
    }

    String path(String rest) {
        return prefix + rest;
    }
}
