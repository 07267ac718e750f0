package io.gleaner.worker;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * What a tree of a library's objects takes on the heap, counted object by object: a header of 12
 * bytes, references of 4, all in steps of 8. What is of the JDK is counted by what it holds.
 */
final class ReachableBytes {

    private static final int HEADER = 12;
    private static final int REFERENCE = 4;
    private static final int ARRAY_HEADER = 16;
    private static final int STEP = 8;

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> left = new ArrayDeque<>();
    private long bytes;

    private ReachableBytes() {}

    static long of(Object root) throws IllegalAccessException {
        var count = new ReachableBytes();
        count.meet(root);
        while (!count.left.isEmpty()) {
            count.visit(count.left.pop());
        }
        return count.bytes;
    }

    private void meet(Object object) {
        if (object != null && !(object instanceof Class) && seen.add(object)) {
            left.push(object);
        }
    }

    private void visit(Object object) throws IllegalAccessException {
        Class<?> type = object.getClass();
        if (object instanceof String text) {
            add(HEADER + REFERENCE + Integer.BYTES);
            add(ARRAY_HEADER + (isLatin(text) ? 1L : 2L) * text.length());
        } else if (type.isArray()) {
            array(object, type.componentType());
        } else {
            if (object instanceof Collection<?> elements) {
                add(ARRAY_HEADER + (long) REFERENCE * elements.size());
                elements.forEach(this::meet);
            }
            long size = HEADER;
            for (Class<?> c = type; c != null; c = c.getSuperclass()) {
                size += fields(object, c);
            }
            add(size);
        }
    }

    private void array(Object array, Class<?> component) {
        int length = Array.getLength(array);
        add(ARRAY_HEADER + (long) bytes(component) * length);
        if (!component.isPrimitive()) {
            for (Object element : (Object[]) array) {
                meet(element);
            }
        }
    }

    private long fields(Object object, Class<?> type) throws IllegalAccessException {
        long size = 0;
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                size += bytes(field.getType());
                if (!field.getType().isPrimitive() && !type.getName().startsWith("java.")) {
                    field.setAccessible(true);
                    meet(field.get(object));
                }
            }
        }
        return size;
    }

    private void add(long size) {
        bytes += (size + STEP - 1) / STEP * STEP;
    }

    private static boolean isLatin(String text) {
        return text.chars().allMatch(c -> c < 256);
    }

    private static int bytes(Class<?> type) {
        if (!type.isPrimitive()) {
            return REFERENCE;
        }
        if (type == long.class || type == double.class) {
            return Long.BYTES;
        }
        if (type == int.class || type == float.class) {
            return Integer.BYTES;
        }
        return type == char.class || type == short.class ? Character.BYTES : Byte.BYTES;
    }
}
