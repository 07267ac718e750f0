package io.gleaner.access;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a key may be used for. */
public enum Scope {
    /** See the tenant's jobs, pages and events. */
    READ,
    /** Begin and cancel jobs of the tenant, scrape and map. */
    SUBMIT,
    /** Ask for the metrics of the installation. */
    METRICS,
    /** What only an operator may: profiles, and host queues across all tenants. */
    ADMIN;

    /** What a key is for unless it says otherwise. */
    public static final Set<Scope> STANDARD = Set.of(READ, SUBMIT);

    public static final Set<Scope> ALL = Set.of(values());

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Names joined by commas, in the order of this enum. */
    public static String text(Set<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::wireName).collect(joining(","));
    }

    /**
     * Reads names joined by commas or blanks.
     *
     * @throws IllegalArgumentException for a name that is none, or for no name at all
     */
    public static Set<Scope> parse(String text) {
        var scopes = EnumSet.noneOf(Scope.class);
        for (String name : text.strip().split("[,\\s]+", -1)) {
            scopes.add(
                    Arrays.stream(values())
                            .filter(scope -> scope.wireName().equals(name))
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "scope is '%s'; accepted: %s"
                                                            .formatted(name, text(ALL)))));
        }
        return Collections.unmodifiableSet(scopes);
    }
}
