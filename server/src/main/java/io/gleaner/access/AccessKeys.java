package io.gleaner.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.database.Sql;
import io.gleaner.database.Transactions;
import io.gleaner.job.Tenant;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Access keys in the database, by their hashes, and the tenants that they belong to. */
public final class AccessKeys {

    /** Of {@code access_key} as {@code key}, joined with its tenant. */
    private static final String COLUMNS =
            "key.id, key.name, key.tenant, tenant.name AS tenant_name, key.scopes, key.admin,"
                    + " key.hint, key.per_minute, key.created_at, key.revoked_at";

    private static final String RETURNED =
            "id, name, tenant, scopes, admin, hint, per_minute, created_at, revoked_at";

    private static final Sql ADD_TENANT =
            Sql.named(
                    "tenant-add",
                    "INSERT INTO tenant (name) VALUES (:tenant) ON CONFLICT (name) DO NOTHING");

    // Written twice, for a release that knows of no scopes knows who is an operator.
    private static final Sql CREATE =
            Sql.named(
                    "key-create",
                    """
                    WITH key AS (
                        INSERT INTO access_key (name, tenant, scopes, admin, hint, hash, per_minute)
                        SELECT :name, id, :scopes, :admin, :hint, :hash, :perMinute
                        FROM tenant
                        WHERE name = :tenant
                        RETURNING %s
                    )
                    SELECT %s
                    FROM key
                    JOIN tenant ON tenant.id = key.tenant
                    """
                            .formatted(RETURNED, COLUMNS));

    private static final Sql FIND =
            Sql.named(
                    "key-find",
                    """
                    SELECT %s
                    FROM access_key key
                    JOIN tenant ON tenant.id = key.tenant
                    WHERE key.hash = :hash AND key.revoked_at IS NULL
                    """
                            .formatted(COLUMNS));

    private static final Sql LIST =
            Sql.named(
                    "key-list",
                    """
                    SELECT %s
                    FROM access_key key
                    JOIN tenant ON tenant.id = key.tenant
                    ORDER BY key.id
                    """
                            .formatted(COLUMNS));

    private static final Sql USABLE =
            Sql.named(
                    "key-usable",
                    "SELECT EXISTS (SELECT FROM access_key WHERE revoked_at IS NULL)");

    private static final Sql EVER = Sql.named("key-ever", "SELECT EXISTS (SELECT FROM access_key)");

    private static final Sql REVOKE =
            Sql.named(
                    "key-revoke",
                    """
                    WITH key AS (
                        UPDATE access_key
                        SET revoked_at = coalesce(revoked_at, now())
                        WHERE id = :id
                        RETURNING %s
                    )
                    SELECT %s
                    FROM key
                    JOIN tenant ON tenant.id = key.tenant
                    """
                            .formatted(RETURNED, COLUMNS));

    private static final String PREFIX = "gk_";
    private static final int SECRET_BYTES = 32;
    private static final int HINT_LENGTH = 8;

    private final Transactions transactions;

    public AccessKeys(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * A key that was just made.
     *
     * @param secret what callers send; nowhere kept
     */
    public record Created(AccessKey key, String secret) {

        /** Without the secret. */
        @Override
        public String toString() {
            return key.toString();
        }
    }

    /** Makes a key, and its tenant unless it is known. */
    public Created create(NewKey wanted) {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        AccessKey key = transactions.run("key-create", handle -> insert(handle, wanted, secret));
        return new Created(key, secret);
    }

    private static AccessKey insert(Handle handle, NewKey wanted, String secret) {
        handle.createUpdate(ADD_TENANT.text()).bind("tenant", wanted.tenant()).execute();
        return handle.createQuery(CREATE.text())
                .bind("name", wanted.name())
                .bind("tenant", wanted.tenant())
                .bind("scopes", Scope.text(wanted.scopes()))
                .bind("admin", wanted.scopes().contains(Scope.ADMIN))
                .bind("hint", secret.substring(0, HINT_LENGTH))
                .bind("hash", hash(secret))
                .bindByType("perMinute", wanted.perMinute(), Integer.class)
                .map(AccessKeys::map)
                .one();
    }

    /** The key with this hash, unless it was revoked. */
    public Optional<AccessKey> find(byte[] hash) {
        return transactions.single(
                "key-find",
                handle ->
                        handle.createQuery(FIND.text())
                                .bind("hash", hash)
                                .map(AccessKeys::map)
                                .findOne());
    }

    /** All keys in the order of their making, revoked ones too. */
    public List<AccessKey> list() {
        return transactions.single(
                "key-list", handle -> handle.createQuery(LIST.text()).map(AccessKeys::map).list());
    }

    /** Whether there is a key that is accepted. */
    public boolean anyUsable() {
        return is("key-usable", USABLE);
    }

    /** Whether there was ever a key, be it one that is revoked now. */
    public boolean everMade() {
        return is("key-ever", EVER);
    }

    private boolean is(String name, Sql question) {
        return transactions.single(
                name, handle -> handle.createQuery(question.text()).mapTo(Boolean.class).one());
    }

    /** Empty when there is no key with this id. Revoking one that is revoked changes nothing. */
    public Optional<AccessKey> revoke(long id) {
        return transactions.single(
                "key-revoke",
                handle ->
                        handle.createQuery(REVOKE.text())
                                .bind("id", id)
                                .map(AccessKeys::map)
                                .findOne());
    }

    /** How a key is known here. */
    public static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static AccessKey map(ResultSet row, StatementContext context) throws SQLException {
        int perMinute = row.getInt("per_minute");
        @Nullable Integer bounded = row.wasNull() ? null : perMinute;
        @Nullable Timestamp revoked = row.getTimestamp("revoked_at");
        return new AccessKey(
                row.getLong("id"),
                row.getString("name"),
                new Tenant(row.getLong("tenant")),
                row.getString("tenant_name"),
                scopes(row.getString("scopes"), row.getBoolean("admin")),
                row.getString("hint"),
                bounded,
                row.getTimestamp("created_at").toInstant(),
                revoked == null ? null : revoked.toInstant());
    }

    /** The release before says who is an operator, and leaves the scopes at their default. */
    private static Set<Scope> scopes(String names, boolean admin) {
        var scopes = EnumSet.copyOf(Scope.parse(names));
        if (admin) {
            scopes.add(Scope.ADMIN);
        }
        return Set.copyOf(scopes);
    }
}
