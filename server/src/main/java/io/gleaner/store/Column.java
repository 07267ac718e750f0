package io.gleaner.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/**
 * One part of many rows as a PostgreSQL array, for {@code unnest}. So a statement takes any number
 * of rows, is prepared once, and costs one round trip. The arrays are typed, because the driver
 * sends only those in binary.
 */
final class Column {

    private Column() {}

    static <R> Argument int8(List<R> rows, Function<R, Long> part) {
        return of("int8", Long[]::new, rows, part);
    }

    /** Microseconds since the epoch. */
    static <R> Argument instant(List<R> rows, Function<R, @Nullable Instant> part) {
        return of("int8", Long[]::new, rows, row -> micros(part.apply(row)));
    }

    private static @Nullable Long micros(@Nullable Instant instant) {
        return instant == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static <R> Argument int4(List<R> rows, Function<R, @Nullable Integer> part) {
        return of("int4", Integer[]::new, rows, part);
    }

    static <R> Argument text(List<R> rows, Function<R, @Nullable String> part) {
        return of("text", String[]::new, rows, part);
    }

    static <R> Argument bool(List<R> rows, Function<R, Boolean> part) {
        return of("bool", Boolean[]::new, rows, part);
    }

    static <R> Argument uuid(List<R> rows, Function<R, @Nullable UUID> part) {
        return of("uuid", UUID[]::new, rows, part);
    }

    static <R> Argument bytea(List<R> rows, Function<R, byte @Nullable []> part) {
        return of("bytea", byte[][]::new, rows, part);
    }

    private static <R, E extends @Nullable Object> Argument of(
            String type, IntFunction<E[]> newArray, List<R> rows, Function<R, E> part) {
        E[] values = newArray.apply(rows.size());
        for (int row = 0; row < values.length; row++) {
            values[row] = part.apply(rows.get(row));
        }
        return (position, statement, context) ->
                statement.setArray(position, context.getConnection().createArrayOf(type, values));
    }
}
