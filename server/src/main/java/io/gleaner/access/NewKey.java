package io.gleaner.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key to be made.
 *
 * @param name whose key it is, for people
 * @param tenant name of the tenant whose jobs it is for; one that is not known yet is made
 * @param scopes what it may be used for, at least one
 * @param perMinute most requests in a minute, or null for any number
 */
public record NewKey(String name, String tenant, Set<Scope> scopes, @Nullable Integer perMinute) {

    /** Name of the tenant that everything belongs to where nobody is told apart. */
    public static final String MAIN_TENANT = "main";

    public NewKey {
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("a key needs at least one scope");
        }
        scopes = Set.copyOf(scopes);
    }

    /** For the main tenant's jobs, as often as it likes. */
    public static NewKey named(String name) {
        return new NewKey(name, MAIN_TENANT, Scope.STANDARD, null);
    }

    public NewKey of(String otherTenant) {
        return new NewKey(name, otherTenant, scopes, perMinute);
    }

    public NewKey with(Scope... others) {
        return new NewKey(name, tenant, Set.of(others), perMinute);
    }

    public NewKey atMost(int requestsPerMinute) {
        return new NewKey(name, tenant, scopes, requestsPerMinute);
    }
}
