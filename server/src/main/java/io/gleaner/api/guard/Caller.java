package io.gleaner.api.guard;

import io.gleaner.access.AccessKey;
import io.gleaner.access.Scope;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.api.wire.ProblemException;
import io.gleaner.job.Tenant;
import io.helidon.webserver.http.ServerRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param keyId of the key that was shown, or null where none is needed
 * @param tenant whose jobs they see
 * @param scopes what they may do
 */
public record Caller(@Nullable Long keyId, Tenant tenant, Set<Scope> scopes) {

    /** Whoever works on this machine, where no key is asked for. */
    static final Caller KEYLESS = new Caller(null, Tenant.MAIN, Scope.ALL);

    /** Who shows no key where one is needed, and is told what everybody may know. */
    static final Caller NOBODY = new Caller(null, new Tenant(0), Set.of());

    public static Caller of(AccessKey key) {
        return new Caller(key.id(), key.tenant(), key.scopes());
    }

    /** Whose request this is: {@link RequestGuard} said so before any route was reached. */
    public static Caller of(ServerRequest request) {
        return request.context()
                .get(Caller.class)
                .orElseThrow(() -> new IllegalStateException("nobody asked who asks"));
    }

    /**
     * @throws ProblemException 403 without the scope
     */
    public void require(Scope scope) {
        if (scopes.contains(scope)) {
            return;
        }
        throw Problem.of(
                        scope == Scope.ADMIN ? ProblemCode.ADMIN_ONLY : ProblemCode.SCOPE_MISSING,
                        "the key has not the scope '%s'; an operator makes one that has it"
                                .formatted(scope.wireName()))
                .with("accepted", "a key with the scope " + scope.wireName())
                .raise();
    }
}
