package io.gleaner.perf.manifests;

/**
 * Something wrong in a manifest.
 *
 * @param where file, kind and name, such as {@code base/api.yml, Deployment gleaner-api}
 * @param field such as {@code spec.template.spec.containers[0].image}; empty for the whole
 */
record Finding(String where, String field, String why) {

    @Override
    public String toString() {
        return "%s: %s %s".formatted(where, field, why);
    }
}
