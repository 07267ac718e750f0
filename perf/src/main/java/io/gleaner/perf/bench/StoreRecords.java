package io.gleaner.perf.bench;

import io.gleaner.perf.process.BenchException;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of the store by the names of their components. Those of earlier builds have fewer,
 * or others; so this kit works with the store classes of all of them.
 */
final class StoreRecords {

    private StoreRecords() {}

    /**
     * @param parts by component; one that is missing is null, zero, false, empty or none
     */
    static <R extends Record> R make(Class<R> type, Map<String, @Nullable Object> parts) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        @Nullable Object[] values =
                Arrays.stream(components)
                        .map(it -> parts.getOrDefault(it.getName(), absent(it.getType())))
                        .toArray();
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new BenchException("the store's %s is of another shape".formatted(type), e);
        }
    }

    private static @Nullable Object absent(Class<?> type) {
        if (type == List.class) {
            return List.of();
        }
        return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : none(type);
    }

    /** What a type has for none of it. */
    private static @Nullable Object none(Class<?> type) {
        try {
            return type.getField("NONE").get(null);
        } catch (NoSuchFieldException e) {
            return null;
        } catch (IllegalAccessException e) {
            throw new BenchException("the store's %s cannot be read".formatted(type), e);
        }
    }

    /** What a component of this name holds, or null where there is none. */
    static @Nullable Object part(Record record, String name) {
        try {
            return record.getClass().getMethod(name).invoke(record);
        } catch (NoSuchMethodException e) {
            return null;
        } catch (ReflectiveOperationException e) {
            throw new BenchException("the store's %s cannot be read".formatted(record), e);
        }
    }
}
