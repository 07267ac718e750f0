package io.gleaner.database;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jdbi.v3.core.ConnectionException;

/** What PostgreSQL's error codes (SQLSTATE, its manual's appendix A) mean to us. */
final class SqlStates {

    private SqlStates() {}

    /** Deadlock or serialisation failure: the transaction was undone for the sake of another. */
    static boolean brokenUp(Throwable thrown) {
        return switch (of(thrown)) {
            case "40P01", "40001" -> true;
            default -> false;
        };
    }

    /**
     * No connection, or it was lost: the server is away, restarting, or no longer the primary. Of a
     * statement that was under way it is not known whether it took effect.
     */
    static boolean connectionLost(Throwable thrown) {
        String state = of(thrown);
        return (thrown instanceof ConnectionException && !poolExhausted(thrown))
                || state.startsWith("08")
                || state.startsWith("57P0")
                || state.equals("25006");
    }

    /** The database said nothing for as long as we may wait for one answer. */
    static boolean unanswered(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    /**
     * Every connection of the pool was in use for longer than we may wait; the database is well.
     */
    static boolean poolExhausted(Throwable thrown) {
        return thrown.getCause() instanceof SQLTransientConnectionException timeout
                && timeout.getCause() == null;
    }

    /** One sentence for people. */
    static DatabaseException explained(Throwable thrown) {
        String cause = firstLine(thrown);
        if (poolExhausted(thrown)) {
            return new DatabaseException(
                    "all connections to the database are busy: " + cause, thrown);
        }
        return switch (of(thrown)) {
            case "53100" -> new DatabaseException("the database's disk is full: " + cause, thrown);
            case "53300" ->
                    new DatabaseException("the database has no connection left: " + cause, thrown);
            case "57014" -> new DatabaseException("the database took too long: " + cause, thrown);
            case "57P01", "57P02", "57P03" ->
                    new DatabaseException(
                            "the database is shutting down or starting: " + cause, thrown);
            case "25006" ->
                    new DatabaseException("the database is read-only, a standby: " + cause, thrown);
            default -> {
                if (connectionLost(thrown)) {
                    yield new DatabaseException("the database cannot be reached: " + cause, thrown);
                }
                String refused = "the database refused a statement: " + cause;
                yield dueToInput(thrown)
                        ? DatabaseException.refusal(refused, thrown)
                        : new DatabaseException(refused, thrown);
            }
        };
    }

    /** The statement or its values are at fault, by the first two characters: the class. */
    private static boolean dueToInput(Throwable thrown) {
        String state = of(thrown);
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "0A", "21", "22", "23", "2F", "38", "39", "42", "44", "54", "P0" -> true;
            case "" -> !unanswered(thrown); // The driver or the mapping refused it.
            default -> false;
        };
    }

    static String firstLine(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        String name = root.getClass().getSimpleName();
        return message == null ? name : message.lines().findFirst().orElse(name);
    }

    private static String of(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }
}
