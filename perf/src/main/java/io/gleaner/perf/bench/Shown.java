package io.gleaner.perf.bench;

import io.gleaner.perf.process.BenchException;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.TreeMap;

/** Settings as a report shows them. */
public final class Shown {

    private Shown() {}

    /** The components of a settings record, what the lab was given, and more. */
    public static Map<String, String> settings(Lab lab, Record settings, Map<String, String> more) {
        var shown = new TreeMap<>(lab.shownSettings());
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            try {
                shown.put(
                        component.getName(),
                        String.valueOf(component.getAccessor().invoke(settings)));
            } catch (ReflectiveOperationException e) {
                throw new BenchException("settings cannot be read", e);
            }
        }
        shown.putAll(more);
        return shown;
    }
}
