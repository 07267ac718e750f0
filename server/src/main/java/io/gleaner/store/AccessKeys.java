package io.gleaner.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.gleaner.database.Sql;
import io.gleaner.database.Transactions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Access keys in the database, by their hashes. */
public final class AccessKeys {

    private static final String COLUMNS =
            "id, name, hint, admin, per_minute, created_at, revoked_at";

    private static final Sql CREATE =
            Sql.named(
                    "key-create",
                    """
                    INSERT INTO access_key (name, hint, hash, admin, per_minute)
                    VALUES (:name, :hint, :hash, :admin, :perMinute)
                    RETURNING
                    """
                            + COLUMNS);

    private static final Sql FIND =
            Sql.named(
                    "key-find",
                    "SELECT "
                            + COLUMNS
                            + " FROM access_key WHERE hash = :hash AND revoked_at IS NULL");

    private static final Sql LIST =
            Sql.named("key-list", "SELECT " + COLUMNS + " FROM access_key ORDER BY id");

    private static final Sql ANY =
            Sql.named("key-any", "SELECT EXISTS (SELECT FROM access_key WHERE revoked_at IS NULL)");

    private static final Sql REVOKE =
            Sql.named(
                    "key-revoke",
                    """
                    UPDATE access_key
                    SET revoked_at = coalesce(revoked_at, now())
                    WHERE id = :id
                    RETURNING
                    """
                            + COLUMNS);

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

    /**
     * @param perMinute most requests in a minute, or null for any number
     */
    public Created create(String name, boolean admin, @Nullable Integer perMinute) {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        AccessKey key =
                transactions.run(
                        "key-create",
                        handle ->
                                handle.createQuery(CREATE.text())
                                        .bind("name", name)
                                        .bind("hint", secret.substring(0, HINT_LENGTH))
                                        .bind("hash", hash(secret))
                                        .bind("admin", admin)
                                        .bindByType("perMinute", perMinute, Integer.class)
                                        .map(AccessKeys::map)
                                        .one());
        return new Created(key, secret);
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
    public boolean any() {
        return transactions.single(
                "key-any", handle -> handle.createQuery(ANY.text()).mapTo(Boolean.class).one());
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
        return new AccessKey(
                row.getLong("id"),
                row.getString("name"),
                row.getString("hint"),
                row.getBoolean("admin"),
                bounded,
                requireNonNull(JobRows.instant(row.getTimestamp("created_at"))),
                JobRows.instant(row.getTimestamp("revoked_at")));
    }
}
